//! Rust names: the two cases in which Rust names things, made so that progenitor leaves them as they are.
//!
//! Both progenitor and typify turn a name into a case with `heck` and then make an identifier of it. A name that is
//! made the same way, until it no longer changes, comes out of them as it went in.

use heck::{ToPascalCase, ToSnakeCase};

/// Returns the name of a type or a variant for `text` of the document.
#[must_use]
pub fn pascal(text: &str) -> String {
    stable(text, |text| text.to_pascal_case(), "X")
}

/// Returns the name of a field, a setter or a method for `text` of the document.
#[must_use]
pub fn snake(text: &str) -> String {
    stable(text, |text| text.to_snake_case(), "x")
}

/// Returns `text` in a case, converted until another conversion changes nothing.
fn stable(text: &str, convert: fn(&str) -> String, before_digit: &str) -> String {
    let mut name = identifier(text, convert, before_digit);
    // Two rounds are enough for all that was drawn; the bound makes sure of an end.
    for _ in 0..4 {
        let again = identifier(&name, convert, before_digit);
        if again == name {
            break;
        }
        name = again;
    }
    name
}

fn identifier(text: &str, convert: fn(&str) -> String, before_digit: &str) -> String {
    let plain = |c: char| {
        if unicode_ident::is_xid_continue(c) {
            c
        } else {
            '-'
        }
    };
    let separated: String = text.chars().filter(|c| *c != '\'').map(plain).collect();
    let converted: String = convert(&separated).chars().map(ascii).collect();
    let started = match converted.chars().next() {
        None => before_digit.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => converted,
        Some(_) => format!("{before_digit}{converted}"),
    };
    if is_keyword(&started) {
        format!("{started}_")
    } else {
        started
    }
}

/// Returns a letter beyond ASCII by its number.
fn ascii(c: char) -> String {
    if c.is_ascii() {
        c.to_string()
    } else {
        format!("U{:x}", u32::from(c))
    }
}

/// The longest keywords have so many letters.
const LONGEST_KEYWORD: usize = 8;

/// Returns whether `name` is reserved by Rust, in any edition. `syn` knows them all but the newest.
fn is_keyword(name: &str) -> bool {
    name.len() <= LONGEST_KEYWORD && (name == "gen" || syn::parse_str::<syn::Ident>(name).is_err())
}

#[cfg(test)]
mod tests {
    use super::{pascal, snake};

    #[test]
    fn names_stay_as_they_are_when_they_are_made_again() {
        for (text, as_snake, as_pascal) in [
            ("get_parcel", "get_parcel", "GetParcel"),
            ("X-Meta-Key", "x_meta_key", "XMetaKey"),
            ("ownerID", "owner_id", "OwnerId"),
            ("XMLNode", "xml_node", "XmlNode"),
            ("type", "type_", "Type"),
            ("self", "self_", "Self_"),
            ("2fast", "x2fast", "X2fast"),
            ("", "x", "X"),
            ("A B C", "a_b_c", "Abc"),
            ("it's", "its", "Its"),
        ] {
            assert_eq!(snake(text), as_snake, "{text}");
            assert_eq!(pascal(text), as_pascal, "{text}");
            assert_eq!(snake(as_snake), as_snake, "{text}");
            assert_eq!(pascal(as_pascal), as_pascal, "{text}");
        }
    }

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
