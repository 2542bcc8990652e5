//! Requests of the client on the wire, recorded by a loopback server.

mod answers;
mod bulk;
mod cases;
mod cron;
mod destinations;
mod fleet;
mod forwards;
mod in_bulk;
mod official;
mod pages;
mod properties;
mod providers;
mod recorder;
mod recovered;
mod refusals;
mod uses;
mod varied;
mod webhooks;
