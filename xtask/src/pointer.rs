//! JSON Pointers (RFC 6901), the addresses that every stage speaks in.

use std::fmt::{self, Write as _};

use serde_json::Value;

/// A JSON Pointer into a document, in its escaped text form: `/paths/~1v1~1pets/get`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns the pointer to the member or element `token` (not yet escaped) of the value this one points to.
    #[must_use]
    pub fn join(&self, token: impl fmt::Display) -> Self {
        // Room for most tokens, so that there is one allocation: pointers are made by the ten thousand.
        let mut child = String::with_capacity(self.0.len() + 24);
        child.push_str(&self.0);
        child.push('/');
        let start = child.len();
        // Writing to a string does not fail.
        let _ = write!(child, "{token}");
        let written = child.get(start..).unwrap_or_default();
        if written.contains(['~', '/']) {
            let escaped = written.replace('~', "~0").replace('/', "~1");
            child.truncate(start);
            child.push_str(&escaped);
        }
        Self(child)
    }

    /// Returns the pointer to the value that holds this one; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('/')
            .map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Returns the last token, unescaped; `None` at the root.
    #[must_use]
    pub fn last(&self) -> Option<String> {
        self.0.rsplit_once('/').map(|(_, token)| unescape(token))
    }

    /// Returns all tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> + '_ {
        self.0.split('/').skip(1).map(unescape)
    }

    /// Returns the pointer as text, escaped.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the pointer that the fragment of a local reference (`#/components/...`) holds, percent-decoded;
    /// `None` for a reference into another document or to an anchor.
    #[must_use]
    pub fn from_local_reference(reference: &str) -> Option<Self> {
        let fragment = reference.strip_prefix('#')?;
        if fragment.is_empty() {
            return Some(Self::root());
        }
        if !fragment.starts_with('/') {
            return None;
        }
        let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8();
        fragment.ok().map(|text| Self(text.into_owned()))
    }

    /// Returns whether this pointer points to `other` or into it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0
            .strip_prefix(&other.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns the value that this pointer points to.
    #[must_use]
    pub fn resolve<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        root.pointer(&self.0)
    }

    /// Returns the value that this pointer points to, to be changed.
    #[must_use]
    pub fn resolve_mut<'a>(&self, root: &'a mut Value) -> Option<&'a mut Value> {
        root.pointer_mut(&self.0)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// From text that is already an escaped JSON Pointer.
impl From<&str> for Pointer {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::Pointer;
    use serde_json::json;

    #[test]
    fn tokens_survive_escaping() {
        let pointer = Pointer::root().join("paths").join("/v1/~pets").join(0);
        assert_eq!(pointer.as_str(), "/paths/~1v1~1~0pets/0");
        assert_eq!(
            pointer.tokens().collect::<Vec<_>>(),
            ["paths", "/v1/~pets", "0"]
        );
        assert_eq!(pointer.last().as_deref(), Some("0"));
        assert_eq!(
            pointer.parent().and_then(|p| p.last()).as_deref(),
            Some("/v1/~pets")
        );
    }

    /// The examples of RFC 6901, section 5 and section 6.
    #[test]
    fn the_examples_of_rfc_6901_resolve() {
        let document = json!({
            "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6,
            " ": 7, "m~n": 8
        });
        let examples = [
            ("", document.clone()),
            ("/foo", json!(["bar", "baz"])),
            ("/foo/0", json!("bar")),
            ("/", json!(0)),
            ("/a~1b", json!(1)),
            ("/c%d", json!(2)),
            ("/e^f", json!(3)),
            ("/g|h", json!(4)),
            ("/i\\j", json!(5)),
            ("/k\"l", json!(6)),
            ("/ ", json!(7)),
            ("/m~0n", json!(8)),
        ];
        for (pointer, value) in &examples {
            assert_eq!(
                Pointer::from(*pointer).resolve(&document),
                Some(value),
                "{pointer}"
            );
        }
        let fragments = [
            ("#/c%25d", 2),
            ("#/e%5Ef", 3),
            ("#/g%7Ch", 4),
            ("#/i%5Cj", 5),
            ("#/k%22l", 6),
            ("#/%20", 7),
        ];
        for (reference, value) in fragments {
            let pointer = Pointer::from_local_reference(reference).expect(reference);
            assert_eq!(
                pointer.resolve(&document),
                Some(&json!(value)),
                "{reference}"
            );
        }
    }

    #[test]
    fn references_that_are_not_local_pointers_are_none() {
        for reference in ["other.yaml#/a", "#anchor", "#/%ff", ""] {
            assert_eq!(
                Pointer::from_local_reference(reference),
                None,
                "{reference}"
            );
        }
    }

    #[test]
    fn within_compares_whole_tokens() {
        let schemas = Pointer::from("/components/schemas");
        assert!(Pointer::from("/components/schemas/A").is_within(&schemas));
        assert!(schemas.is_within(&schemas));
        assert!(!Pointer::from("/components/schemasX").is_within(&schemas));
    }
}
