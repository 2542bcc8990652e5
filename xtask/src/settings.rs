//! What the crate that receives the generated code decides about it.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// Settings of one generation: `[package.metadata.codegen]` of the package that the code is generated into.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(
    default,
    deny_unknown_fields,
    expecting = "a table",
    rename_all = "kebab-case"
)]
pub struct Settings {
    /// A path to the type of the state that the generated client shares with its clones, in place of
    /// `runtime::State`. It has `base_url(&self) -> &str` and `execute(&self, Request, &'static Operation)`, which
    /// sends a request and gives a `runtime::Received`, or an error that becomes a `runtime::Error`; and its crate
    /// makes the client.
    #[serde(deserialize_with = "path")]
    pub client_state: Option<syn::Path>,
    /// A path to the error type that operations return in place of `runtime::Error`. It is `From` that of every
    /// operation and has a method `with_operation`, which takes the `operationId`.
    #[serde(deserialize_with = "path")]
    pub operation_error: Option<syn::Path>,
    /// A path to the function that checks a raw path value, in place of `runtime::raw_path`: a crate may know
    /// more of such a value than that it must not fold. It takes the parameter's name and value and gives what
    /// goes into the path, or a message.
    #[serde(deserialize_with = "path")]
    pub raw_path: Option<syn::Path>,
    /// The feature of the crate behind which the generated types implement `schemars::JsonSchema`; without
    /// it they do not.
    #[serde(deserialize_with = "feature")]
    pub schemars_feature: Option<String>,
    /// Rust types for formats of strings and numbers, by the `format`: a path, read and written by serde as the
    /// document has the value.
    #[serde(deserialize_with = "formats")]
    pub formats: Vec<(String, syn::Path)>,
}

impl Settings {
    /// The Rust type for a `format`.
    #[must_use]
    pub fn format(&self, format: &str) -> Option<&syn::Path> {
        let found = self.formats.iter().find(|(name, _)| name == format);
        found.map(|(_, path)| path)
    }
}

fn rust_path<E: Error>(text: &str) -> Result<syn::Path, E> {
    let no_path = |error| {
        E::custom(format!(
            "`{text}` is no path of Rust, such as `crate::State`: {error}"
        ))
    };
    syn::parse_str(text).map_err(no_path)
}

fn path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<syn::Path>, D::Error> {
    rust_path(&String::deserialize(deserializer)?).map(Some)
}

fn formats<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<(String, syn::Path)>, D::Error> {
    let formats = BTreeMap::<String, String>::deserialize(deserializer)?;
    let parsed = formats
        .into_iter()
        .map(|(name, text)| Ok((name, rust_path(&text)?)));
    parsed.collect()
}

fn feature<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let allowed = |c: char| c.is_alphanumeric() || "_-+.".contains(c);
    if text.is_empty() || !text.chars().all(allowed) {
        return Err(Error::custom(format!(
            "{text:?} is no name of a feature, such as `schemars`"
        )));
    }
    Ok(Some(text))
}
