//! A loopback QStash server.
