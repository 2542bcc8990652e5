//! Request bodies.

use super::About;
use super::types::Slot;

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
