//! What the tables cannot say: fields that need or exclude each other.

use super::super::context::{Context, Object};
use super::super::grammar::Kind;
use crate::pointer::Pointer;

/// Checks the fields of one object against each other.
pub(super) fn check(object: &mut Object, kind: Kind, at: &Pointer, context: &mut Context<'_>) {
    match kind {
        Kind::Parameter => {
            schema_or_content(object, kind, at, context);
            parameter_style(object, at, context);
        }
        Kind::Header => schema_or_content(object, kind, at, context),
        Kind::Link => exactly_one(object, ["operationId", "operationRef"], kind, at, context),
        Kind::SecurityScheme => security_scheme(object, at, context),
        Kind::OAuthFlows => oauth_flows(object, at, context),
        _ => {}
    }
}

/// Reports a field that has to be there.
pub(super) fn missing(name: &str, kind: Kind, at: &Pointer, context: &mut Context<'_>) {
    context.error(
        "lower/missing-field",
        at,
        format!("the {} has no `{name}`", kind.noun()),
        format!("Add `{name}` with an overlay action."),
    );
}

fn schema_or_content(object: &Object, kind: Kind, at: &Pointer, context: &mut Context<'_>) {
    exactly_one(object, ["schema", "content"], kind, at, context);
}

fn exactly_one(
    object: &Object,
    [first, second]: [&str; 2],
    kind: Kind,
    at: &Pointer,
    context: &mut Context<'_>,
) {
    let both = object.contains_key(first) && object.contains_key(second);
    if both || !(object.contains_key(first) || object.contains_key(second)) {
        let count = if both { "both" } else { "neither" };
        context.error(
            "lower/missing-field",
            at,
            format!(
                "the {} has {count} of `{first}` and `{second}`",
                kind.noun()
            ),
            format!("Let it have exactly one of the two, `{first}` where possible."),
        );
    }
}

/// Each place of a parameter has its own styles.
fn parameter_style(object: &mut Object, at: &Pointer, context: &mut Context<'_>) {
    let text = |name: &str| object.get(name).and_then(|value| value.as_str());
    let (Some(place), Some(style)) = (text("in"), text("style")) else {
        return;
    };
    let styles: &[&str] = match place {
        "path" => &["matrix", "label", "simple"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    };
    if !styles.contains(&style) {
        context.error(
            "lower/wrong-type",
            &at.join("style"),
            format!("a {place} parameter cannot have the style `{style}`"),
            format!("Write one of {}.", styles.join(", ")),
        );
        object.shift_remove("style");
    }
}

fn security_scheme(object: &Object, at: &Pointer, context: &mut Context<'_>) {
    let needed: &[&str] = match object.get("type").and_then(|value| value.as_str()) {
        Some("apiKey") => &["name", "in"],
        Some("http") => &["scheme"],
        Some("oauth2") => &["flows"],
        Some("openIdConnect") => &["openIdConnectUrl"],
        _ => &[],
    };
    for name in needed {
        if !object.contains_key(*name) {
            missing(name, Kind::SecurityScheme, at, context);
        }
    }
}

fn oauth_flows(object: &Object, at: &Pointer, context: &mut Context<'_>) {
    const NEEDED: [(&str, &[&str]); 4] = [
        ("implicit", &["authorizationUrl"]),
        ("password", &["tokenUrl"]),
        ("clientCredentials", &["tokenUrl"]),
        ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ];
    for (flow, needed) in NEEDED {
        let Some(flow_object) = object.get(flow).and_then(|value| value.as_object()) else {
            continue;
        };
        for name in needed {
            if !flow_object.contains_key(*name) {
                missing(name, Kind::OAuthFlow, &at.join(flow), context);
            }
        }
    }
}
