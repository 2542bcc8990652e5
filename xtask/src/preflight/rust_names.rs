//! The Rust names that progenitor and typify make from the names in a document.
//!
//! Both turn a name into a case with `heck` and then make an identifier of it, and they differ in how
//! they mend a name that begins with a digit. A test holds these functions against generated code.

use heck::{ToPascalCase, ToSnakeCase};

/// The two cases in which Rust names things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Types and variants.
    Pascal,
    /// Functions, parameters and fields.
    Snake,
}

impl Case {
    fn convert(self, text: &str) -> String {
        match self {
            Self::Pascal => text.to_pascal_case(),
            Self::Snake => text.to_snake_case(),
        }
    }
}

/// The name that progenitor makes: operations, their parameters, and the types derived from them.
pub(super) fn operation_case(name: &str, case: Case) -> String {
    identifier(name, case, "_")
}

/// The name that typify makes: types, fields and variants.
pub(super) fn type_case(name: &str, case: Case) -> String {
    identifier(name, case, &case.convert("x"))
}

fn identifier(name: &str, case: Case, before_digit: &str) -> String {
    let converted = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => {
            let separated = |c: char| {
                if unicode_ident::is_xid_continue(c) {
                    c
                } else {
                    '-'
                }
            };
            let name: String = name.chars().filter(|c| *c != '\'').map(separated).collect();
            case.convert(&name)
        }
    };
    let started = match converted.chars().next() {
        None => case.convert("x"),
        Some(first) if unicode_ident::is_xid_start(first) => converted,
        Some(_) => format!("{before_digit}{converted}"),
    };
    if is_keyword(&started) {
        format!("{started}_")
    } else {
        started
    }
}

/// Whether `name` is reserved by Rust, in any edition.
fn is_keyword(name: &str) -> bool {
    // `syn` does not count `gen`, which the edition of 2024 reserves, and typify does.
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

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
