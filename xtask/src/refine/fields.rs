//! Opens the fields of builders to the crate that the code is generated into.
//!
//! A hand-written setter, which takes a richer type than a header has, sets several fields at once and keeps
//! the error of the first that cannot be set. Retired when progenitor lets a crate add setters.

use syn::{Fields, parse_quote};

use super::{Builder, Missing};

/// Makes every field visible in the crate.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let Fields::Named(fields) = &mut builder.structure.fields else {
        return Err("a builder without fields".into());
    };
    for field in &mut fields.named {
        field.vis = parse_quote!(pub(crate));
    }
    Ok(())
}
