//! What the crate that receives the generated code decides about it.

/// Settings of one generation, from the package that the code is generated into.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// A path to the type of the state that the generated client carries, which its hooks use; the crate
    /// then implements `ClientHooks` for the client. Without it, the client carries none and has no hooks.
    pub client_state: Option<syn::Path>,
    /// The feature of the crate behind which the generated types implement `schemars::JsonSchema`; without
    /// it they do not.
    pub schemars_feature: Option<String>,
}
