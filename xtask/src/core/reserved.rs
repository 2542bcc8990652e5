//! Names that generated code needs for itself.

/// Fields and methods of every builder. A setter with one of these names gets an underscore at its end.
pub const RESERVED_SETTERS: [&str; 10] = [
    "acts_on_all",
    "all",
    "body",
    "client",
    "header",
    "new",
    "parts",
    "query",
    "request",
    "send",
];

/// Fields and methods of the client. A method of an operation with one of these names gets an underscore at its end.
pub const RESERVED_METHODS: [&str; 4] = ["new", "request", "state", "with_client"];
