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
    /// The operation in a few words.
    pub summary: &'static str,
    /// The description marks it as deprecated.
    pub deprecated: bool,
    /// Sending the request twice leaves the service as if it was sent once.
    pub idempotent: bool,
    /// Headers with which a request is idempotent although the operation is not; where the operation has no such
    /// header, those of each item of its body.
    pub idempotency_headers: &'static [&'static str],
    /// The failures after which a request that is not idempotent may be sent again.
    pub retry: Retry,
    /// Query parameters of which at least one must be given, for the operation not to act on everything.
    /// Empty for operations that are not in this danger.
    pub needs_filter: &'static [&'static str],
    /// Path, query, header and cookie parameters.
    pub parameters: &'static [Parameter],
    /// Families of headers that share a prefix.
    pub header_families: &'static [HeaderFamily],
    /// The media types that the request body may have; empty where there is no body.
    pub media_types: &'static [&'static str],
    /// A request body must be given.
    pub body_required: bool,
    /// The statuses of success: `200`, or `2XX` for a hundred of them.
    pub success: &'static [&'static str],
    /// The statuses of errors: `404`, `4XX` for a hundred of them, or `default` for all that are not declared.
    pub errors: &'static [&'static str],
}

/// The failures after which a request that is not idempotent may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Retry {
    /// None.
    Never,
    /// Those after which it surely has not reached the service.
    Unsent,
    /// Those, and the refusal of the service for now, with 429.
    Refused,
}

/// One parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// The name of the setter, public or not.
    pub setter: &'static str,
    /// The place that it goes to.
    pub place: Place,
    /// It must be given.
    pub required: bool,
    /// It goes into the path as it is, not percent-encoded.
    pub raw: bool,
    /// The answer repeats it, as a member of the same name. An answer that leaves it out means the one that was asked
    /// for.
    pub echoed: bool,
    /// It takes several values.
    pub repeated: bool,
    /// The description marks it as deprecated.
    pub deprecated: bool,
    /// It has no public setter, because hand-written code has another way to say it.
    pub internal: bool,
    /// Query parameters that must not be given beside it.
    pub excludes: &'static [&'static str],
}

/// The place of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// Into the path template.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into the header `Cookie`.
    Cookie,
}

/// Headers that share a prefix; the rest of the name is the caller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeaderFamily {
    /// The prefix, with its last hyphen.
    pub prefix: &'static str,
    /// It has no public setter, because hand-written code has another way to say it.
    pub internal: bool,
}
