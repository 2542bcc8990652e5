//! The Rust names that progenitor and typify make from the names in a document.
//!
//! Later stages have to find in the generated code what the document names, and preflight has to know which
//! names collide. Both generators turn a name into a case with `heck` and then make an identifier of it, and
//! they differ in how they mend a name that begins with a digit.

use heck::{ToPascalCase, ToSnakeCase};

/// The two cases in which Rust names things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
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
#[must_use]
pub fn operation_case(name: &str, case: Case) -> String {
    identifier(name, case, "_")
}

/// The name that typify makes: types, fields and variants.
#[must_use]
pub fn type_case(name: &str, case: Case) -> String {
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
    matches!(
        name,
        "_" | "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "crate"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "Self"
            | "self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}

/// The name of a method, a parameter or a setter for `text` of the document.
#[must_use]
pub fn snake(text: &str) -> String {
    operation_case(text, Case::Snake)
}

/// The name of a builder for `text` of the document.
#[must_use]
pub fn pascal(text: &str) -> String {
    operation_case(text, Case::Pascal)
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake};

    #[test]
    fn names_follow_the_generator() {
        for (text, as_snake, as_pascal) in [
            ("get_parcel", "get_parcel", "GetParcel"),
            ("X-Meta-Key", "x_meta_key", "XMetaKey"),
            ("ownerID", "owner_id", "OwnerId"),
            ("XMLNode", "xml_node", "XmlNode"),
            ("type", "type_", "Type"),
            ("self", "self_", "Self_"),
            ("2fast", "_2fast", "_2fast"),
            ("", "x", "X"),
            ("+1", "plus1", "plus1"),
            ("it's", "its", "Its"),
        ] {
            assert_eq!(snake(text), as_snake, "{text}");
            assert_eq!(pascal(text), as_pascal, "{text}");
        }
    }

    /// `syn` knows the keywords of the compiler; `gen`, which the edition of 2024 reserves, it lets through.
    #[test]
    fn every_name_is_an_identifier() {
        for word in [
            "async", "box", "do", "dyn", "fn", "gen", "loop", "macro", "self", "super", "try",
            "type", "union", "virtual", "yield", "_",
        ] {
            let name = snake(word);
            assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{name}");
            assert_ne!(name, "gen");
        }
    }
}
