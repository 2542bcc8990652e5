//! Makes the runtime known to the generated code.

use syn::{File, parse_quote};

use super::find;

/// Declares the module, and brings it to where the builders of types look for it.
pub(super) fn apply(file: &mut File) {
    file.items.push(parse_quote! {
        pub mod runtime;
    });
    // typify writes the path of a secret the same way in `types` and in `types::builder`, one level deeper.
    if let Some(types) = find::module(&mut file.items, "types") {
        types.insert(
            0,
            parse_quote! {
                #[allow(unused_imports, reason = "only types with a secret need it")]
                use super::runtime;
            },
        );
    }
}
