//! What the client puts on the wire, recorded by a loopback server.

#[cfg(test)]
mod answers;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod destinations;
#[cfg(test)]
mod fleet;
#[cfg(test)]
mod in_bulk;
#[cfg(test)]
mod official;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod providers;
#[cfg(test)]
mod recorder;
#[cfg(test)]
mod recovered;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod uses;
#[cfg(test)]
mod webhooks;
