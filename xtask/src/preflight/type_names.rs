//! The types that typify will make, by name: two of the same name must be the same type.
//!
//! A schema without a name of its own gets one from where it stands: `{Operation}Response`,
//! `{Type}{Property}`, `{Type}Item`. When typify comes to a name a second time it takes the type that
//! has it already and does not look whether the two are alike.

use std::collections::{HashMap, HashSet};

use super::schema::{fingerprint, type_of};
use super::survey::{Node, RootName, Survey};
use crate::finding::{Finding, Findings};
use crate::names::{Case, type_case};
use crate::pointer::Pointer;

mod derive;
mod merged;
#[cfg(test)]
mod tests;
mod variants;

/// Type names that the generated `types` module uses without a path.
const RESERVED: [&str; 2] = ["Default", "String"];

/// Names of functions that it uses so; a newtype is a function, too.
const RESERVED_FUNCTIONS: [&str; 2] = ["Err", "Ok"];

/// A schema that becomes a type with a name.
#[derive(Clone, Debug)]
struct Claim {
    pointer: Pointer,
    fingerprint: String,
    component: bool,
}

/// The name that typify has in hand for a schema.
#[derive(Clone, Debug)]
enum Hint<'a> {
    /// The name of a component.
    Required(&'a str),
    /// A name made up from where the schema stands, which a `title` replaces.
    Suggested(String),
}

impl Hint<'_> {
    fn raw(&self) -> &str {
        match self {
            Self::Required(name) => name,
            Self::Suggested(name) => name,
        }
    }

    /// The name of the type that `schema` becomes.
    fn type_name(&self, schema: &Node<'_>) -> String {
        match (self, schema.text("title")) {
            (Self::Suggested(_), Some(title)) => type_case(title, Case::Pascal),
            _ => type_case(self.raw(), Case::Pascal),
        }
    }
}

/// The claims so far.
struct Claims<'s, 'a> {
    survey: &'s Survey<'a>,
    by_name: HashMap<String, Claim>,
    /// The unions that are merged, by the names of their types.
    merged: Vec<(String, Claim)>,
    /// The intersections being walked through: one that leads back to itself has its own finding.
    active: HashSet<Pointer>,
    findings: Vec<Finding>,
}

pub(super) fn check(survey: &Survey<'_>, findings: &mut Findings) {
    let claims = claims(survey);
    let of_merged = merged::collisions(survey, &claims.merged, &claims.by_name);
    findings.extend(claims.findings);
    findings.extend(of_merged);
}

/// Where the schema stands that each type is made of.
pub(super) fn places(survey: &Survey<'_>) -> HashMap<String, Pointer> {
    let claims = claims(survey).by_name.into_iter();
    claims.map(|(name, claim)| (name, claim.pointer)).collect()
}

/// The claims of all schemas.
fn claims<'s, 'a>(survey: &'s Survey<'a>) -> Claims<'s, 'a> {
    let mut claims = Claims {
        survey,
        by_name: HashMap::new(),
        merged: Vec::new(),
        active: HashSet::new(),
        findings: Vec::new(),
    };
    for root in survey.roots() {
        match &root.name {
            RootName::Component(name) => claims.component(&root.node, name),
            RootName::Derived(name) => claims.derive(&root.node, &Hint::Suggested(name.clone())),
        }
    }
    claims
}

impl<'a> Claims<'_, 'a> {
    fn component(&mut self, node: &Node<'a>, name: &'a str) {
        let hint = Hint::Required(name);
        self.claim(hint.type_name(node), node, true);
        self.derive(node, &hint);
    }

    fn claim(&mut self, name: String, node: &Node<'a>, component: bool) {
        let claim = Claim {
            pointer: node.pointer.clone(),
            fingerprint: fingerprint(node.value),
            component,
        };
        if merged::is_merged_union(self.survey, node) {
            self.merged.push((name.clone(), claim.clone()));
        }
        let newtype = type_of(node) != Some("object");
        if RESERVED.contains(&name.as_str())
            || (newtype && RESERVED_FUNCTIONS.contains(&name.as_str()))
        {
            self.findings.push(self.survey.error(
                "preflight/type-name-reserved",
                &node.pointer,
                format!("A schema becomes the type `{name}`, a name that the generated code uses itself."),
                "Rename the component, or give the schema a `title`, with actions of the overlay.",
            ));
        }
        let Some(first) = self.by_name.get(&name) else {
            self.by_name.insert(name, claim);
            return;
        };
        let collision = if first.component || claim.component {
            first.pointer != claim.pointer || first.component != claim.component
        } else {
            first.fingerprint != claim.fingerprint
        };
        if collision {
            let finding = collision_finding(self.survey, &name, first, &claim);
            self.findings.push(finding);
        }
    }
}

fn collision_finding(survey: &Survey<'_>, name: &str, first: &Claim, second: &Claim) -> Finding {
    let last = |claim: &Claim| claim.pointer.last().unwrap_or_default();
    let (code, message, next) = match (first.component, second.component) {
        (true, true) => (
            "preflight/component-collision",
            format!(
                "The components `{}` and `{}` both become the type `{name}`.",
                last(first),
                last(second)
            ),
            "Rename one of the two components with actions of the overlay.",
        ),
        (false, false) => (
            "preflight/derived-type-collision",
            format!(
                "Two different schemas get the type name `{name}`, and typify would use the first for both."
            ),
            "Move one of them into a component of its own with actions of the overlay.",
        ),
        _ => (
            "preflight/derived-type-collision",
            format!(
                "A schema without a name of its own becomes the type `{name}`, which is also a component."
            ),
            "Rename the component, or move the schema into a component of its own, with actions of the overlay.",
        ),
    };
    let finding = survey.error(code, &second.pointer, message, next);
    finding.related(survey.locate(&first.pointer), "the other schema")
}
