//! What the crate that receives the generated code decides about it.

/// Settings of one generation, from the package that the code is generated into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// A path to the type of the state that the generated client carries, which its hooks use; the crate
    /// then implements `ClientHooks` for the client. Without it, the client carries none and has no hooks.
    pub client_state: Option<syn::Path>,
    /// A path to the error type that operations return in place of progenitor's. It is `From` that of every
    /// operation and has a method `with_operation`, which takes the `operationId`.
    pub operation_error: Option<syn::Path>,
    /// A path to the function that checks a raw path value, in place of `runtime::raw_path`: a crate may know
    /// more of such a value than that it must not fold. It takes the parameter's name and value and gives what
    /// goes into the path, or a message.
    pub raw_path: Option<syn::Path>,
    /// The feature of the crate behind which the generated types implement `schemars::JsonSchema`; without
    /// it they do not.
    pub schemars_feature: Option<String>,
    /// Rust types for formats of strings and numbers, by the `format`: a path, read and written by serde as the
    /// document has the value.
    pub formats: Vec<(String, syn::Path)>,
}

impl Settings {
    /// The Rust type for a `format`.
    #[must_use]
    pub fn format(&self, format: &str) -> Option<&syn::Path> {
        self.formats
            .iter()
            .find(|(name, _)| name == format)
            .map(|(_, path)| path)
    }
}
