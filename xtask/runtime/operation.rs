//! The types of the operation table.

/// One operation of the API, as the description and its corrections have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The `operationId`, which is also the name of the client's method.
    pub id: &'static str,
    /// The HTTP method, in capitals.
    pub method: &'static str,
    /// The path template: `/v1/things/{thingId}`.
    pub path: &'static str,
    /// The tag under which the description lists the operation.
    pub tag: &'static str,
    /// What the operation does, in a few words.
    pub summary: &'static str,
    /// Whether the description marks it as deprecated.
    pub deprecated: bool,
    /// Whether sending the request twice leaves the service as if it was sent once.
    pub idempotent: bool,
    /// Query parameters of which at least one must be given, for the operation not to act on everything.
    /// Empty for operations that are not in this danger.
    pub needs_filter: &'static [&'static str],
    /// Path, query and header parameters.
    pub parameters: &'static [Parameter],
    /// Families of headers that share a prefix.
    pub header_families: &'static [HeaderFamily],
    /// The media types that the request body may have; empty where there is no body.
    pub media_types: &'static [&'static str],
    /// Whether a request body must be given.
    pub body_required: bool,
    /// The statuses of success: `200`, or `2XX` for all of them.
    pub success: &'static [&'static str],
    /// The statuses of errors: `404`, or `4XX` for all of them.
    pub errors: &'static [&'static str],
}

/// One parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// Whether it must be given.
    pub required: bool,
    /// Whether a path parameter goes into the path as it is, not percent-encoded.
    pub raw: bool,
    /// Whether it takes several values.
    pub repeated: bool,
    /// Whether the description marks it as deprecated.
    pub deprecated: bool,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Into the path template.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// Headers that share a prefix; the rest of the name is the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeaderFamily {
    /// The prefix, with its last hyphen.
    pub prefix: &'static str,
}
