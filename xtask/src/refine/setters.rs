//! Documents the setters of builders, marks deprecated ones, and lets nobody drop a builder unsent.
//!
//! progenitor writes a parameter's description into the list at the operation, not at its setter, and drops
//! `deprecated`. Retired when it does otherwise.

use syn::{ImplItem, parse_quote};

use super::{Builder, Missing, documentation, find, marks};

/// Adds attributes to the builder and its functions.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    for parameter in &builder.operation.parameters {
        let name = parameter.setter_name();
        let setter = find::function(builder.implementation, &name)
            .ok_or_else(|| format!("no function `{name}`"))?;
        let wire = match parameter.place.as_str() {
            "header" => format!("Sets the header `{}`.", parameter.name),
            "query" if parameter.repeated => {
                format!(
                    "Sets the query parameter `{}`, once for each value.",
                    parameter.name
                )
            }
            "query" => format!("Sets the query parameter `{}`.", parameter.name),
            _ => format!("Sets `{}` in the path. Required.", parameter.name),
        };
        let mut text = wire;
        if parameter.required && parameter.place != "path" {
            text.push_str(" Required.");
        }
        append(&mut text, &parameter.description);
        setter.attrs.extend(documentation::attributes(&text));
        if parameter.deprecated {
            setter.attrs.push(marks::deprecated());
        }
    }
    if let Some(body) = &builder.operation.body
        && let Some(setter) = find::function(builder.implementation, "body")
    {
        let mut text = format!(
            "Sets the request body{}.",
            if body.required {
                ", which is required"
            } else {
                ""
            }
        );
        append(&mut text, &body.description);
        setter.attrs.extend(documentation::attributes(&text));
    }
    for item in &mut builder.implementation.items {
        if let ImplItem::Fn(function) = item {
            let name = function.sig.ident.to_string();
            match name.as_str() {
                "new" => function.attrs.extend(documentation::attributes(
                    "Begins the request; the client's method of the same name does this.",
                )),
                "body_map" => function.attrs.extend(documentation::attributes(
                    "Changes the request body, which begins empty.",
                )),
                _ => {}
            }
        }
    }
    builder.structure.attrs.push(parse_quote! {
        #[must_use = "a request is sent by `send`"]
    });
    Ok(())
}

fn append(text: &mut String, description: &str) {
    if !description.is_empty() {
        text.push_str("\n\n");
        text.push_str(description);
    }
}
