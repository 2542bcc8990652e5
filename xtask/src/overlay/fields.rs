//! The fields of one object of an Overlay: which there are, which there must be, of which kind.

use serde_json::{Map, Value};

use crate::finding::{Finding, Findings, Location};
use crate::pointer::Pointer;
use crate::source::Document;

/// An object of an Overlay that is being read.
pub(super) struct Fields<'a, 'f> {
    overlay: &'a Document,
    pointer: Pointer,
    /// How messages speak of the object: `The action`.
    name: &'static str,
    members: &'a Map<String, Value>,
    findings: &'f mut Findings,
}

impl<'a, 'f> Fields<'a, 'f> {
    /// The object at `pointer`, unless something else is there, which is a finding.
    pub(super) fn new(
        overlay: &'a Document,
        pointer: Pointer,
        name: &'static str,
        findings: &'f mut Findings,
    ) -> Option<Self> {
        match pointer.resolve(&overlay.root) {
            Some(Value::Object(members)) => Some(Self {
                overlay,
                pointer,
                name,
                members,
                findings,
            }),
            _ => {
                let location = overlay.locate(&pointer);
                findings.push(wrong_kind(name, "an object").at(location));
                None
            }
        }
    }

    /// Reports every member that is neither known nor an extension.
    pub(super) fn refuse_unknown(&mut self, known: &[&str]) {
        for name in self.members.keys() {
            if known.contains(&name.as_str()) || name.starts_with("x-") {
                continue;
            }
            let finding = Finding::error(
                "overlay/unknown-field",
                format!("{} has no field `{}`.", self.name, name.escape_debug()),
                format!(
                    "Use one of {}, or begin the name of an extension with `x-`.",
                    known.join(", ")
                ),
            );
            self.findings.push(finding.at(self.place(name)));
        }
    }

    /// Whether there is a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// The value of a member, of whatever kind.
    pub(super) fn value(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    /// The text of a member; one that is no text is a finding.
    pub(super) fn text(&mut self, name: &'static str) -> Option<&'a str> {
        match self.members.get(name)? {
            Value::String(text) => Some(text),
            _ => self.refuse(name, "a string"),
        }
    }

    /// The truth of a member; one that is no boolean is a finding.
    pub(super) fn flag(&mut self, name: &'static str) -> Option<bool> {
        match self.members.get(name)? {
            Value::Bool(flag) => Some(*flag),
            _ => self.refuse(name, "a boolean"),
        }
    }

    /// The elements of a member; one that is no array is a finding.
    pub(super) fn array(&mut self, name: &'static str) -> Option<&'a [Value]> {
        match self.members.get(name)? {
            Value::Array(elements) => Some(elements),
            _ => self.refuse(name, "an array"),
        }
    }

    /// Reports that a member is missing, if it is.
    pub(super) fn require(&mut self, name: &str, next: &str) {
        if !self.has(name) {
            let message = format!("{} lacks the field `{name}`.", self.name);
            let finding = Finding::error("overlay/missing-field", message, next);
            self.findings
                .push(finding.at(self.overlay.locate(&self.pointer)));
        }
    }

    /// Reports a finding at the key of a member.
    pub(super) fn report(&mut self, name: &str, finding: Finding) {
        self.findings.push(finding.at(self.place(name)));
    }

    /// Reports a finding that has its place already.
    pub(super) fn report_placed(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The pointer to a member.
    pub(super) fn pointer(&self, name: &str) -> Pointer {
        self.pointer.join(name)
    }

    fn place(&self, name: &str) -> Location {
        self.overlay.locate(&self.pointer.join(name))
    }

    fn refuse<T>(&mut self, name: &'static str, kind: &str) -> Option<T> {
        let finding = wrong_kind(&format!("The field `{name}`"), kind);
        self.report(name, finding);
        None
    }
}

fn wrong_kind(what: &str, kind: &str) -> Finding {
    Finding::error(
        "overlay/wrong-kind",
        format!("{what} has to be {kind}."),
        format!("Write {kind} here."),
    )
}
