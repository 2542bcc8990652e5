//! The decisions about the generated code of the crate that receives it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// Settings of one generation: `[package.metadata.codegen]` of the package that the code is generated into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// A path to the type of the state that the generated client shares with its clones, in place of
    /// `runtime::State`. It has `base_url(&self) -> &str` and `execute(&self, Request, &'static Operation)`, which
    /// sends a request and gives a `runtime::Received`, or an error that becomes a `runtime::Error`; and its crate
    /// makes the client.
    pub client_state: Option<RustPath>,
    /// A path to the error type that operations return in place of `runtime::Error`. It is `From` that of every
    /// operation and has a method `with_operation`, which takes the `operationId`.
    pub operation_error: Option<RustPath>,
    /// A path to the function that checks a raw path value, in place of `runtime::raw_path`: a crate may know
    /// more of such a value than that it must not fold. It takes the parameter's name and value and gives what
    /// goes into the path, or a message.
    pub raw_path: Option<RustPath>,
    /// The feature of the crate behind which the generated types implement `schemars::JsonSchema`; without
    /// it they do not.
    pub schemars_feature: Option<String>,
    /// The lines around an example of a call, in which `{}` stands for the call. Without them `x-example` is not read:
    /// nothing says that it is Rust.
    pub example: Option<String>,
    /// Rust types for formats of strings and numbers, by the `format`: a path, read and written by serde as the
    /// document has the value.
    pub formats: BTreeMap<String, RustPath>,
}

impl Settings {
    /// Returns an example for documentation, if there is a call and its surroundings are known.
    #[must_use]
    pub fn example(&self, call: &str) -> Option<String> {
        let (around, call) = (self.example.as_ref()?.trim(), call.trim());
        (!call.is_empty()).then(|| format!("```no_run\n{}\n```", around.replace("{}", call)))
    }
}

/// A path of Rust, such as `crate::State`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustPath(String);

impl TryFrom<String> for RustPath {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match syn::parse_str::<syn::Path>(&text) {
            Ok(_) => Ok(Self(text)),
            Err(error) => Err(format!(
                "`{text}` is no path of Rust, such as `crate::State`: {error}"
            )),
        }
    }
}

impl ToTokens for RustPath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // What is a path is tokens.
        tokens.extend(self.0.parse::<TokenStream>().unwrap_or_default());
    }
}

/// Returns the name of a feature, or what is wrong with it.
pub(crate) fn feature(text: String) -> Result<String, String> {
    let allowed = |c: char| c.is_alphanumeric() || "_-+.".contains(c);
    if text.is_empty() || !text.chars().all(allowed) {
        return Err(format!(
            "{text:?} is no name of a feature, such as `schemars`"
        ));
    }
    Ok(text)
}
