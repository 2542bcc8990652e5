//! References, all of them within the document.

use serde_json::Value;

use super::context::{Lowering, Object};
use crate::pointer::Pointer;

/// A chain of references longer than this leads back to itself.
const LONGEST_CHAIN: usize = 64;

impl<'a> Lowering<'a> {
    /// Returns the target of the reference `$ref` at `at`; an error where there is none.
    pub(super) fn follow(&mut self, reference: &str, at: &Pointer) -> Option<(&'a Value, Pointer)> {
        let target = Pointer::from_local_reference(reference);
        let root = &self.document.root;
        if let Some((pointer, value)) =
            target.and_then(|pointer| Some((pointer.clone(), pointer.resolve(root)?)))
        {
            return Some((value, pointer));
        }
        if self.said.insert(format!("$ref {reference}")) {
            self.error(
                "lower/dangling-reference",
                &at.join("$ref"),
                format!("`{reference}` leads to nothing in this document"),
                "Add what it refers to, or remove the reference, with an overlay action.",
            );
        }
        None
    }

    /// Resolves `value`: the target of its reference, of that one's, and so on.
    ///
    /// This is for everything but schemas, where a reference to a component is a type.
    pub(super) fn deref(
        &mut self,
        value: &'a Value,
        at: &Pointer,
    ) -> Option<(&'a Object, Pointer)> {
        let (mut value, mut at) = (value, at.clone());
        for _ in 0..LONGEST_CHAIN {
            let Value::Object(object) = value else {
                self.error(
                    "lower/not-an-object",
                    &at,
                    "there has to be an object here",
                    "Correct it with an overlay action.",
                );
                return None;
            };
            match object.get("$ref").and_then(Value::as_str) {
                None => return Some((object, at)),
                Some(reference) => (value, at) = self.follow(reference, &at)?,
            }
        }
        self.error(
            "lower/reference-cycle",
            &at,
            "this reference leads back to itself",
            "Let it refer to what is meant with an overlay action.",
        );
        None
    }
}
