//! The names that progenitor gives to operations, parameters and types.
//!
//! Later stages have to find in the generated code what the document names, so this module follows
//! progenitor's own rules to the letter (`progenitor-impl`, `util.rs`; `typify-impl`, `util.rs`).

use heck::{ToPascalCase, ToSnakeCase};

/// The name of a method, a field or a module for `text` of the document.
#[must_use]
pub fn snake(text: &str) -> String {
    legal(text, str::to_snake_case)
}

/// The name of a type or a variant for `text` of the document.
#[must_use]
pub fn pascal(text: &str) -> String {
    legal(text, str::to_pascal_case)
}

fn legal(text: &str, to_case: impl Fn(&str) -> String) -> String {
    let name = match text {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => to_case(
            &text
                .replace('\'', "")
                .replace(|c: char| !unicode_ident::is_xid_continue(c), "-"),
        ),
    };
    let name = match name.chars().next() {
        None => to_case("x"),
        Some(first) if unicode_ident::is_xid_start(first) => name,
        Some(_) => format!("_{name}"),
    };
    if is_reserved(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// The words that progenitor does not use as they are.
fn is_reserved(name: &str) -> bool {
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
}
