//! The grammar of OpenAPI documents as tables: which fields each kind of object has, and what they hold.
//!
//! The check of shapes, the walk and the lowering of references all read these tables, so that they
//! agree on what is a keyword and what is data. So does the merge of descriptions into a revision.

mod description;
mod schema;

pub(super) use schema::SCHEMA;

/// A kind of object that has a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Header,
    Response,
    Example,
    Link,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Schema,
    Discriminator,
    Xml,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Data, whatever it is.
    Any,
    /// A list of data.
    Values,
    Text,
    Flag,
    Number,
    /// A number that is not negative and has no fraction.
    Size,
    /// A number (3.1) or a boolean (3.0).
    Bound,
    /// The name of a type, or a list of such names.
    Types,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// An object whose members are data.
    Data,
    /// An object whose members are texts.
    TextMap,
    /// A list of security requirements.
    Security,
    One(Kind),
    List(Kind),
    /// An object with any names, whose members are of one kind.
    Map(Kind),
    /// Path templates with path items.
    Paths,
    /// Status codes with responses.
    Responses,
}

/// In which versions a field means something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Era {
    /// 3.0 only.
    Older,
    /// 3.0 and 3.1.
    Both,
    /// 3.1 only.
    Newer,
}

/// One field of a kind of object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
    pub(crate) era: Era,
    pub(crate) required: bool,
}

impl Field {
    const fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            shape,
            era: Era::Both,
            required: false,
        }
    }

    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn newer(mut self) -> Self {
        self.era = Era::Newer;
        self
    }

    const fn older(mut self) -> Self {
        self.era = Era::Older;
        self
    }
}

/// The types of JSON Schema.
pub(super) const TYPES: [&str; 7] = [
    "string", "integer", "number", "boolean", "object", "array", "null",
];

/// The fields of a path item that hold an operation.
pub(super) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

impl Kind {
    /// The fields of this kind of object.
    pub(super) fn fields(self) -> &'static [Field] {
        match self {
            Self::Schema => SCHEMA,
            Self::Discriminator => schema::DISCRIMINATOR,
            Self::Xml => schema::XML,
            other => description::fields(other),
        }
    }

    /// The field of this name.
    pub(crate) fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }

    /// The member of `components` under which objects of this kind are kept.
    ///
    /// These are the kinds in whose place a reference may stand.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            _ => return None,
        })
    }

    /// The noun with its article.
    pub(crate) fn a_noun(self) -> String {
        let noun = self.noun();
        let article = if noun.starts_with(['e', 'i', 'o', 'O']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {noun}")
    }

    /// What such an object is called in a sentence.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Info => "info object",
            Self::Contact => "contact",
            Self::License => "licence",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Tag => "tag",
            Self::ExternalDocs => "link to documentation",
            Self::Components => "components object",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::MediaType => "media type object",
            Self::Encoding => "encoding",
            Self::Header => "header",
            Self::Response => "response",
            Self::Example => "example",
            Self::Link => "link",
            Self::SecurityScheme => "security scheme",
            Self::OAuthFlows => "set of OAuth flows",
            Self::OAuthFlow => "OAuth flow",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::Xml => "XML object",
        }
    }
}

/// Whether `name` is that of an extension, which holds data unless a table says otherwise.
pub(crate) fn is_extension(name: &str) -> bool {
    name.starts_with("x-")
}
