//! The names that typify gives to the variants of an enum.

use crate::names::{Case, type_case};

/// The names of the variants that typify makes for these values; `Err` with the values that get the
/// same name, for which typify panics.
pub(super) fn variant_names<'v>(values: &[&'v str]) -> Result<Vec<String>, Vec<&'v str>> {
    let plain: Vec<_> = values
        .iter()
        .map(|value| type_case(value, Case::Pascal))
        .collect();
    if repeated(&plain).is_empty() {
        return Ok(plain);
    }
    let separated = |c: char| c == '_' || !unicode_ident::is_xid_continue(c);
    let marked: Vec<_> = values
        .iter()
        .map(|value| type_case(&value.replace(separated, "X"), Case::Pascal))
        .collect();
    let repeated = repeated(&marked);
    if repeated.is_empty() {
        return Ok(marked);
    }
    let clashing = values.iter().zip(&marked);
    Err(clashing
        .filter(|(_, name)| repeated.contains(name))
        .map(|(value, _)| *value)
        .collect())
}

fn repeated(names: &[String]) -> Vec<&String> {
    let mut sorted: Vec<_> = names.iter().collect();
    sorted.sort();
    let pairs = sorted.iter().zip(sorted.iter().skip(1));
    pairs
        .filter(|(one, other)| one == other)
        .map(|(one, _)| *one)
        .collect()
}
