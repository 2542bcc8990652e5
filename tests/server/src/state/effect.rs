use crate::operation::Operation;

/// One change that a request made to the state of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The operation that made it.
    pub operation: Operation,
    /// The thing that was changed: the id of a message, the name of a queue, a key.
    pub subject: String,
}
