//! References: each must lead to something of the right kind in this document, under a name that the
//! generator understands, `#/components/<section>/<name>`.
//!
//! Where a reference to something other than a schema has another form, or a description of its own,
//! a copy of its target takes its place. Schemas in odd places are left to the next step, which gives
//! them names.

mod aliases;
mod target;

use indexmap::IndexSet;
use serde_json::Value;

use super::context::Context;
use super::grammar::Kind;
use super::walk::{self, Descend};
use crate::pointer::Pointer;
use target::Target;

/// How often copies are made of what has just been copied. Nothing but examples, headers and links is
/// inside of what is copied, and none of these holds another of them more than twice.
const ROUNDS: usize = 8;

/// One reference.
struct Site {
    /// Where the object that holds `$ref` is.
    at: Pointer,
    kind: Kind,
    reference: String,
    /// Whether the reference has a summary or a description of its own.
    overrides: bool,
}

/// Checks all references and brings them to the form that the generator understands.
pub(super) fn resolve(root: &mut Value, context: &mut Context<'_>) {
    for site in sites(root) {
        check(root, &site, context);
    }
    for _ in 0..ROUNDS {
        let copied = sites(root)
            .iter()
            .filter(|site| site.kind != Kind::Schema)
            .filter(|site| copy(root, site, context))
            .count();
        if copied == 0 {
            return;
        }
    }
}

fn sites(root: &Value) -> Vec<Site> {
    let mut sites = Vec::new();
    walk::each(
        root,
        Kind::Document,
        &Pointer::root(),
        &mut |value, kind, at| {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str)
                && kind.section().is_some()
            {
                sites.push(Site {
                    at: at.clone(),
                    kind,
                    reference: reference.to_owned(),
                    overrides: value.get("summary").is_some() || value.get("description").is_some(),
                });
            }
        },
    );
    sites
}

fn check(root: &mut Value, site: &Site, context: &mut Context<'_>) {
    let at = site.at.join("$ref");
    // Circles of schemas are found later, when all of them are components.
    if site.kind != Kind::Schema && aliases::follow(root, &site.at, site.kind).is_none() {
        context.error(
            "lower/reference-cycle",
            &at,
            format!("`{}` is a reference that leads back to itself", site.reference),
            "Write one of the objects that refer to each other, or remove them with an overlay action.",
        );
        return;
    }
    match Target::of(root, &site.reference, site.kind) {
        Ok(Target::Component(pointer)) => canonical(root, &at, &pointer),
        Ok(Target::Elsewhere(_)) => {}
        Err(problem) => problem.report(site.kind, &site.reference, &at, context),
    }
}

/// Writes the reference without escapes, as the generator compares it.
fn canonical(root: &mut Value, at: &Pointer, target: &Pointer) {
    let tokens: Vec<String> = target.tokens().collect();
    if let Some(reference) = at.resolve_mut(root) {
        *reference = Value::String(format!("#/{}", tokens.join("/")));
    }
}

/// Puts a copy of the target in the place of the reference, if that is needed.
fn copy(root: &mut Value, site: &Site, context: &mut Context<'_>) -> bool {
    let needed = match Target::of(root, &site.reference, site.kind) {
        Ok(Target::Component(_)) => site.overrides,
        Ok(Target::Elsewhere(_)) => true,
        Err(_) => false,
    };
    let Some((from, target)) = needed.then(|| aliases::end(root, site)).flatten() else {
        return false;
    };
    context.moved(&target, &from, &site.at);
    let Some(place) = site.at.resolve_mut(root) else {
        return false;
    };
    let own = std::mem::replace(place, target);
    if let (Some(place), Value::Object(own)) = (place.as_object_mut(), own) {
        // The kind decides which of the two there are: only examples have a summary.
        place.extend(
            own.into_iter()
                .filter(|(name, _)| name != "$ref" && site.kind.field(name).is_some()),
        );
    }
    true
}

/// Rewrites every reference from a schema to a schema that `rewrite` has a new target for.
pub(super) fn rewrite_schemas(root: &mut Value, rewrite: impl Fn(&Pointer) -> Option<String>) {
    walk::each_mut(
        root,
        Kind::Document,
        &Pointer::root(),
        &mut |value, kind, _| {
            if kind == Kind::Schema
                && let Some(Value::String(reference)) = value.get_mut("$ref")
                && let Some(pointer) = Pointer::from_local_reference(reference)
                && let Some(new) = rewrite(&pointer)
            {
                *reference = new;
            }
            Descend::Into
        },
    );
}

/// The places that references from schemas lead to outside of `components.schemas`, each once, in the
/// order of the document.
pub(super) fn odd_schema_targets(root: &Value) -> Vec<Pointer> {
    let mut targets = IndexSet::new();
    for site in sites(root) {
        if site.kind == Kind::Schema
            && let Ok(Target::Elsewhere(pointer)) = Target::of(root, &site.reference, site.kind)
        {
            targets.insert(pointer);
        }
    }
    targets.into_iter().collect()
}
