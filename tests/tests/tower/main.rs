//! The tower layer, with a real axum server and a real hyper server, with
//! deliveries of the loopback QStash server and with forged ones.

mod bodies;
mod deliveries;
mod forgeries;
mod subject;
mod verifiers;
mod world;
