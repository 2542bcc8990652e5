//! References. All of them lead into the document; bundlers put the rest into it, and do so better than a second
//! resolver would.

use std::collections::BTreeSet;

use serde_json::Value;

use super::context::{Lowering, Object};
use crate::finding::Finding;
use crate::pointer::Pointer;

/// The number of references to other files that are shown.
const SHOWN: usize = 3;

/// A chain of references longer than this leads back to itself.
const LONGEST_CHAIN: usize = 64;

impl<'a> Lowering<'a> {
    /// Returns the target of the reference `$ref` at `at`; an error where there is none.
    pub(super) fn follow(
        &mut self,
        reference: &'a str,
        at: &Pointer,
    ) -> Option<(&'a Value, Pointer)> {
        if !file(reference).is_empty() {
            self.elsewhere.push((at.join("$ref"), reference));
            return None;
        }
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

    /// Returns one error for all references that lead to other files, if there are any.
    pub(super) fn several_files(&self) -> Option<Finding> {
        let ((at, target), rest) = self.elsewhere.split_first()?;
        let all = self.elsewhere.iter();
        let files: BTreeSet<&str> = all.map(|(_, target)| file(target)).collect();
        let counted =
            |count, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let message = format!(
            "The document refers to {} in {}, `{}` first, and codegen reads one file.",
            counted(self.elsewhere.len(), "place"),
            counted(files.len(), "other file"),
            file(target),
        );
        let next = "Bundle it first, with `npx @redocly/cli bundle openapi.yaml --output bundled.yaml` for example, and name the result.";
        let finding = Finding::error("lower/several-files", message, next);
        let first = finding.at(self.document.locate(at));
        let shown = rest.iter().take(SHOWN - 1);
        Some(shown.fold(first, |finding, (at, target)| {
            finding.related(self.document.locate(at), format!("and `{target}` here"))
        }))
    }

    /// Returns the object at `at`, or the one that it refers to; `None` where there is no object.
    pub(super) fn object_at(&mut self, at: &Pointer) -> Option<(&'a Object, Pointer)> {
        let value = at.resolve(&self.document.root);
        self.deref(value.filter(|value| value.is_object())?, at)
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

/// Returns the file that a reference leads to; empty for this one.
fn file(reference: &str) -> &str {
    reference.split('#').next().unwrap_or_default()
}
