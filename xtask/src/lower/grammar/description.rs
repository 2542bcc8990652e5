//! The fields of everything that is not a schema.

use super::Kind::{
    self, Components, Contact, Document, Encoding, Example, ExternalDocs, Header, Info, License,
    Link, MediaType, OAuthFlow, OAuthFlows, Operation, Parameter, PathItem, RequestBody, Response,
    Schema, SecurityScheme, Server, ServerVariable, Tag,
};
use super::Shape::{
    Any, Data, Flag, List, Map, One, Paths, Responses, Security, Text, TextMap, Texts, Word,
};
use super::{Field, Shape};

const fn f(name: &'static str, shape: Shape) -> Field {
    Field::new(name, shape)
}

pub(super) fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Document => DOCUMENT,
        Info => INFO,
        Contact => CONTACT,
        License => LICENSE,
        Server => SERVER,
        ServerVariable => SERVER_VARIABLE,
        Tag => TAG,
        ExternalDocs => EXTERNAL_DOCS,
        Components => COMPONENTS,
        PathItem => PATH_ITEM,
        Operation => OPERATION,
        Parameter => PARAMETER,
        RequestBody => REQUEST_BODY,
        MediaType => MEDIA_TYPE,
        Encoding => ENCODING,
        Header => HEADER,
        Response => RESPONSE,
        Example => EXAMPLE,
        Link => LINK,
        SecurityScheme => SECURITY_SCHEME,
        OAuthFlows => OAUTH_FLOWS,
        OAuthFlow => OAUTH_FLOW,
        Schema | Kind::Discriminator | Kind::Xml => &[],
    }
}

const DOCUMENT: &[Field] = &[
    f("openapi", Text).required(),
    f("info", One(Info)).required(),
    f("jsonSchemaDialect", Text).newer(),
    f("servers", List(Server)),
    f("paths", Paths),
    f("components", One(Components)),
    f("security", Security),
    f("tags", List(Tag)),
    f("externalDocs", One(ExternalDocs)),
    f("x-any-success", Flag),
    f("x-error-response", One(Response)),
];

const INFO: &[Field] = &[
    f("title", Text).required(),
    f("summary", Text).newer(),
    f("description", Text),
    f("termsOfService", Text),
    f("contact", One(Contact)),
    f("license", One(License)),
    f("version", Text).required(),
];

const CONTACT: &[Field] = &[f("name", Text), f("url", Text), f("email", Text)];

const EXTERNAL_DOCS: &[Field] = &[f("description", Text), f("url", Text).required()];

const LICENSE: &[Field] = &[
    f("name", Text).required(),
    f("identifier", Text).newer(),
    f("url", Text),
];

const SERVER: &[Field] = &[
    f("url", Text).required(),
    f("description", Text),
    f("variables", Map(ServerVariable)),
];

const SERVER_VARIABLE: &[Field] = &[
    f("enum", Texts),
    f("default", Text).required(),
    f("description", Text),
];

const TAG: &[Field] = &[
    f("name", Text).required(),
    f("description", Text),
    f("externalDocs", One(ExternalDocs)),
];

const COMPONENTS: &[Field] = &[
    f("schemas", Map(Schema)),
    f("responses", Map(Response)),
    f("parameters", Map(Parameter)),
    f("examples", Map(Example)),
    f("requestBodies", Map(RequestBody)),
    f("headers", Map(Header)),
    f("securitySchemes", Map(SecurityScheme)),
    f("links", Map(Link)),
    f("pathItems", Map(PathItem)).newer(),
];

const PATH_ITEM: &[Field] = &[
    f("$ref", Text),
    f("summary", Text),
    f("description", Text),
    f("get", One(Operation)),
    f("put", One(Operation)),
    f("post", One(Operation)),
    f("delete", One(Operation)),
    f("options", One(Operation)),
    f("head", One(Operation)),
    f("patch", One(Operation)),
    f("trace", One(Operation)),
    f("servers", List(Server)),
    f("parameters", List(Parameter)),
];

const OPERATION: &[Field] = &[
    f("tags", Texts),
    f("summary", Text),
    f("description", Text),
    f("externalDocs", One(ExternalDocs)),
    f("operationId", Text),
    f("parameters", List(Parameter)),
    f("requestBody", One(RequestBody)),
    f("responses", Responses),
    f("deprecated", Flag),
    f("security", Security),
    f("servers", List(Server)),
    f("x-idempotent", Flag),
    f("x-needs-filter", Data),
];

const PARAMETER: &[Field] = &[
    f("name", Text).required(),
    f("in", Word(&["query", "header", "path", "cookie"])).required(),
    f("description", Text),
    f("required", Flag),
    f("deprecated", Flag),
    f("allowEmptyValue", Flag),
    f(
        "style",
        Word(&[
            "matrix",
            "label",
            "form",
            "simple",
            "spaceDelimited",
            "pipeDelimited",
            "deepObject",
        ]),
    ),
    f("explode", Flag),
    f("allowReserved", Flag),
    f("schema", One(Schema)),
    f("example", Any),
    f("examples", Map(Example)),
    f("content", Map(MediaType)),
    f("x-raw", Flag),
];

const REQUEST_BODY: &[Field] = &[
    f("description", Text),
    f("content", Map(MediaType)).required(),
    f("required", Flag),
];

const MEDIA_TYPE: &[Field] = &[
    f("schema", One(Schema)),
    f("example", Any),
    f("examples", Map(Example)),
    f("encoding", Map(Encoding)),
];

const ENCODING: &[Field] = &[
    f("contentType", Text),
    f("headers", Map(Header)),
    f(
        "style",
        Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ),
    f("explode", Flag),
    f("allowReserved", Flag),
];

const HEADER: &[Field] = &[
    f("description", Text),
    f("required", Flag),
    f("deprecated", Flag),
    f("style", Word(&["simple"])),
    f("explode", Flag),
    f("schema", One(Schema)),
    f("example", Any),
    f("examples", Map(Example)),
    f("content", Map(MediaType)),
];

const RESPONSE: &[Field] = &[
    f("description", Text).required(),
    f("headers", Map(Header)),
    f("content", Map(MediaType)),
    f("links", Map(Link)),
];

const EXAMPLE: &[Field] = &[
    f("summary", Text),
    f("description", Text),
    f("value", Any),
    f("externalValue", Text),
];

const LINK: &[Field] = &[
    f("operationRef", Text),
    f("operationId", Text),
    f("parameters", Data),
    f("requestBody", Any),
    f("description", Text),
    f("server", One(Server)),
];

const SECURITY_SCHEME: &[Field] = &[
    f(
        "type",
        Word(&["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"]),
    )
    .required(),
    f("description", Text),
    f("name", Text),
    f("in", Word(&["query", "header", "cookie"])),
    f("scheme", Text),
    f("bearerFormat", Text),
    f("flows", One(OAuthFlows)),
    f("openIdConnectUrl", Text),
];

const OAUTH_FLOWS: &[Field] = &[
    f("implicit", One(OAuthFlow)),
    f("password", One(OAuthFlow)),
    f("clientCredentials", One(OAuthFlow)),
    f("authorizationCode", One(OAuthFlow)),
];

const OAUTH_FLOW: &[Field] = &[
    f("authorizationUrl", Text),
    f("tokenUrl", Text),
    f("refreshUrl", Text),
    f("scopes", TextMap).required(),
];
