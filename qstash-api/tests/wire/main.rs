//! What the client puts on the wire, recorded by a loopback server.

#[cfg(test)]
mod bulk;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod destinations;
#[cfg(test)]
mod official;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod recorder;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod uses;
