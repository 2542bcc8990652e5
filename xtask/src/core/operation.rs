//! Operations: what a request is made of, and what comes back.

use std::fmt;

use super::About;
use super::types::Slot;

/// The methods of a path item, in the order in which OpenAPI lists them.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// An HTTP method: an index into [`METHODS`], so that there is no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method(usize);

impl Method {
    /// Returns the method with this lower-case name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        METHODS.iter().position(|method| *method == name).map(Self)
    }

    /// Returns the name in lower case, as a path item has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        METHODS.get(self.0).copied().unwrap_or("get")
    }

    /// RFC 9110, section 9.2.2, defines it as idempotent.
    #[must_use]
    pub fn is_idempotent(self) -> bool {
        !matches!(self.name(), "post" | "patch")
    }
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The `operationId`, made unique.
    pub id: String,
    /// The Rust name of the client's method.
    pub method_name: String,
    /// The Rust name of the builder.
    pub builder_name: String,
    /// The HTTP method.
    pub method: Method,
    /// The path template, `/v1/things/{thingId}`; every name in braces is that of a path parameter.
    pub path: String,
    /// The first tag; empty where there is none.
    pub tag: String,
    /// The summary; empty where there is none.
    pub summary: String,
    /// Its documentation, and its place.
    pub about: About,
    /// Other names under which its method is found: `x-doc-aliases`.
    pub doc_aliases: Vec<String>,
    /// A call of it in Rust: `x-example`; empty where there is none.
    pub example: String,
    /// Sending the request twice leaves the service as if it was sent once.
    pub idempotent: bool,
    /// Headers with which a request is idempotent although the operation is not.
    pub idempotency_headers: Vec<String>,
    /// The failures after which a request that is not idempotent may be sent again.
    pub retry: Retry,
    /// Query parameters of which at least one must be given, for the operation not to act on everything.
    pub needs_filter: Vec<String>,
    /// Path, query, header and cookie parameters, in the order of the document. Those of the path are required.
    pub parameters: Vec<Parameter>,
    /// Families of headers that share a prefix.
    pub header_families: Vec<HeaderFamily>,
    /// The request body.
    pub body: Option<Body>,
    /// The answers of success.
    pub success: Answers,
    /// The answers of failure.
    pub errors: Answers,
}

/// The failures after which a request that is not idempotent may be sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retry {
    /// None.
    Never,
    /// Those after which it surely has not reached the service.
    Unsent,
    /// Those, and the refusal of the service for now.
    #[default]
    Refused,
}

/// The part of a request that a parameter goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into the header `Cookie`.
    Cookie,
}

impl Place {
    /// Returns the name in a document.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The way in which the value of a parameter becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A list repeats the name, and an object has a name for each member: `form` with `explode`, of queries.
    Exploded,
    /// A list, or the members of an object, are joined with this.
    Joined(&'static str),
    /// An object has a name for each member, `name[member]`: `deepObject`, of queries.
    Deep,
    /// The value as JSON: a parameter with `content`.
    Json,
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The Rust name of the field and the setter.
    pub field: String,
    /// The name on the wire.
    pub name: String,
    /// The part of the request that it goes into.
    pub place: Place,
    /// It must be given.
    pub required: bool,
    /// It goes into the path as it is, not percent-encoded.
    pub raw: bool,
    /// The answer repeats it, as a member of the same name: `x-echoed`.
    pub echoed: bool,
    /// Hand-written code has another way to say it, so its setter is not public: `x-internal`.
    pub internal: bool,
    /// Query parameters that must not be given beside it.
    pub excludes: Vec<String>,
    /// The way in which its value becomes text.
    pub style: Style,
    /// The values. Never nullable.
    pub slot: Slot,
    /// Its documentation, and its place.
    pub about: About,
}

/// Headers that share a prefix; the rest of the name is the caller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderFamily {
    /// The Rust name of the setter.
    pub setter: String,
    /// The prefix, with its last hyphen.
    pub prefix: String,
    /// Hand-written code has another way to say it, so its setter is not public: `x-internal`.
    pub internal: bool,
    /// The description; empty where there is none.
    pub description: String,
}

/// The statuses that one answer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status: `200`.
    Code(u16),
    /// A hundred statuses by their first digit: `2XX`.
    Class(u8),
    /// Every status that is not declared: `default`.
    Default,
}

/// Everything that an operation may answer when it succeeds, or when it fails.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// The Rust name of the union of the cases, in [`Api::types`](super::Api::types)' namespace; `None` where there
    /// is at most one case, or one and an empty one.
    pub union: Option<String>,
    /// The cases, each content once.
    pub cases: Vec<Case>,
}

/// A case of an answer.
#[derive(Clone, Debug)]
pub struct Case {
    /// The Rust name of the variant where there are several.
    pub variant: String,
    /// The statuses, most specific first.
    pub statuses: Vec<Status>,
    /// The content of the answer.
    pub content: Content,
    /// Members of an object under which a list may come instead.
    pub members: Vec<String>,
    /// The description of the first of the responses; empty where there is none.
    pub description: String,
}

/// The content of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing, or nothing that is read.
    Empty,
    /// JSON.
    Json(Slot),
    /// Text.
    Text,
    /// Bytes, which the caller may read as they come.
    Bytes,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => code.fmt(f),
            Self::Class(digit) => write!(f, "{digit}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// Names that setters of parameters and bodies do not get, since every builder has them.
pub const RESERVED_SETTERS: [&str; 11] = [
    "acts_on_all",
    "all",
    "body",
    "client",
    "header",
    "headers",
    "new",
    "parts",
    "query",
    "request",
    "send",
];

/// Names that methods of operations do not get, since every client has them.
pub const RESERVED_METHODS: [&str; 9] = [
    "base_url",
    "builder",
    "clone",
    "default",
    "fmt",
    "new",
    "request",
    "state",
    "with_client",
];

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// It must be given.
    pub required: bool,
    /// Its documentation, and its place.
    pub about: About,
    /// The media types, at least one, the one that most callers want first; each has a setter of its own.
    pub media: Vec<Media>,
    /// All media types of the document, for the operation table.
    pub declared: Vec<String>,
}

/// One thing that a body may be.
#[derive(Clone, Debug)]
pub struct Media {
    /// The Rust name of the setter: `body` for the first, `body_form` and the like for others.
    pub setter: String,
    /// The media type that is sent. A range such as `image/*` is sent as its caller names it.
    pub media_type: String,
    /// The way in which it is written.
    pub kind: BodyKind,
}

/// The way in which a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// As JSON.
    Json(Slot),
    /// As a form in the way of URLs, from an object.
    Form(Slot),
    /// As a form in parts, which the caller makes with the HTTP client's type for them.
    Multipart,
    /// As it is, from text.
    Text,
    /// As it is, from bytes. With a range for a media type, the caller says what it is.
    Bytes,
}
