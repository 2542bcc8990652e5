//! The client's state and hooks.

use progenitor_client::ClientHooks;

use crate::generated::Client;

/// The state that a client carries.
#[derive(Clone, Debug)]
pub struct State {}

impl ClientHooks<State> for Client {}
