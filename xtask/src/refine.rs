//! Refine: passes over the generated syntax tree, for what progenitor cannot say.
//!
//! Each pass is one file with the reason that it exists and the upstream change that would retire it. The
//! passes know what they must find from the operation table; where the generated code does not hold it,
//! progenitor has changed, and that is a finding rather than a guess.

use std::collections::{HashMap, HashSet};

use quote::quote;
use syn::{File, Ident, Item, ItemImpl, ItemStruct};

use crate::core::{Api, Reach};
use crate::finding::{Finding, Findings, Severity};
use crate::generate::marks::Mark;
use crate::pointer::Pointer;
use crate::settings::Settings;
use crate::source::Document;
use crate::table::{Operation, OperationTable, Parameter};

mod aliases;
mod api_version;
mod client;
pub(crate) mod documentation;
mod equality;
mod exchange;
mod fields;
mod find;
mod guards;
mod header_families;
mod header_map;
mod header_values;
mod headers;
mod inline;
mod json_schema;
mod lists;
mod marks;
mod messages;
mod non_exhaustive;
mod null_collections;
mod open_enums;
mod operation_error;
mod operation_table;
pub(crate) mod operations;
mod optional_body;
mod path_values;
pub(crate) mod reach;
mod responses;
mod runtime;
mod setters;
mod state;
pub mod types;
mod undocumented;

/// The generated code of an API in the core form, from the module of types that progenitor made of it.
///
/// # Findings
/// `refine/not-found` where progenitor made types otherwise than the core form says.
pub fn code(
    types: Vec<Item>,
    api: &Api,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<File> {
    let before = findings.count(Severity::Error);
    let types = types::refine(types, api, &Reach::of(api), settings, findings);
    let unions = operations::unions(api, settings).into_values();
    let root = operations::root(api, settings);
    let builders = operations::builders(api, settings);
    let tokens = quote! {
        #root
        /// Builders of requests, one for each operation.
        pub mod builder { #builders }
        /// Types of requests and answers.
        pub mod types { #types #(#unions)* }
    };
    match syn::parse2(tokens) {
        Ok(file) => findings.unless_errors_since(before, file),
        Err(error) => {
            findings.push(Finding::error(
                "refine/not-rust",
                format!("the operation template made what is not Rust: {error}"),
                "Report this with the document: every name of the core form is a legal one.",
            ));
            None
        }
    }
}

/// What a pass did not find in the generated code, as the rest of the sentence "the generated code has …".
type Missing = String;

/// The generated builder of one operation, with the row of the table that says what it must hold.
struct Builder<'a> {
    operation: &'a Operation,
    settings: &'a Settings,
    /// What the setters of the parameters are called.
    setters: HashSet<String>,
    structure: &'a mut ItemStruct,
    implementation: &'a mut ItemImpl,
}

impl Builder<'_> {
    /// The name that progenitor gives to its own variable `name` in `send`: with an underscore before it for
    /// as long as a parameter has that name.
    fn variable(&self, name: &str) -> String {
        let mut name = name.to_owned();
        while self.setters.contains(&name) {
            name.insert(0, '_');
        }
        name
    }
}

/// A pass over the builder of one operation.
type BuilderPass = fn(&mut Builder<'_>) -> Result<(), Missing>;

/// In this order: the passes over `send` rest on statements that later ones rewrite.
const BUILDER_PASSES: &[BuilderPass] = &[
    api_version::apply,
    path_values::apply,
    header_values::apply,
    headers::apply,
    header_families::apply,
    guards::apply,
    optional_body::apply,
    header_map::apply,
    responses::apply,
    fields::apply,
    lists::apply,
    setters::apply,
    messages::apply,
    exchange::apply,
    operation_error::apply,
];

/// Refines generated code; `marks` are those that the document carried through progenitor.
///
/// # Findings
/// `refine/not-found` for every operation, type or property whose generated code is not as progenitor 0.15
/// writes it.
pub fn refine(
    mut file: File,
    marks: &[(String, Mark)],
    document: &Document,
    table: &OperationTable,
    settings: &Settings,
    findings: &mut Findings,
) -> Option<File> {
    let before = findings.count(Severity::Error);
    let not_found = |missing: Missing, pointer: &Pointer| {
        Finding::error(
            "refine/not-found",
            format!("the generated code has {missing}"),
            "Adapt the pass in xtask/src/refine to what this version of progenitor generates.",
        )
        .at(document.locate(pointer))
    };

    if let Err(missing) = client::apply(&mut file, table, settings) {
        findings.push(not_found(missing, &Pointer::root()));
    }
    match find::module(&mut file.items, "builder") {
        None => findings.push(not_found("no module `builder`".into(), &Pointer::root())),
        Some(items) => {
            let mut builders = builders(items, table, settings, |operation, missing| {
                findings.push(not_found(missing, &operation.pointer));
            });
            for builder in &mut builders {
                let done = BUILDER_PASSES.iter().try_for_each(|pass| pass(builder));
                if let Err(missing) = done {
                    let sentence = format!("{missing}, in `{}`", builder.operation.id);
                    findings.push(not_found(sentence, &builder.operation.pointer));
                }
            }
        }
    }
    let reached = reach::from_responses(&file);
    let secret = reach::holders_of(&file, equality::SECRET);
    match find::module(&mut file.items, "types") {
        None => findings.push(not_found("no module `types`".into(), &Pointer::root())),
        Some(types) => {
            for missing in marks::apply(types, marks) {
                findings.push(not_found(missing, &Pointer::root()));
            }
            null_collections::apply(types);
            messages::apply_to_types(types);
            open_enums::apply(types, &reached);
            non_exhaustive::apply(types, &reached);
            undocumented::apply(types);
            inline::apply(types);
            aliases::apply(types);
            equality::apply(types, &secret);
            if let Some(feature) = &settings.schemars_feature {
                json_schema::apply(types, feature);
            }
        }
    }
    runtime::apply(&mut file);
    operation_table::apply(&mut file);
    documentation::apply(&mut file);
    findings.unless_errors_since(before, file)
}

/// Finds the builder of every operation of the table.
fn builders<'a>(
    items: &'a mut [Item],
    table: &'a OperationTable,
    settings: &'a Settings,
    mut missing: impl FnMut(&Operation, Missing),
) -> Vec<Builder<'a>> {
    let mut structures: HashMap<String, &mut ItemStruct> = HashMap::new();
    let mut implementations: HashMap<String, &mut ItemImpl> = HashMap::new();
    for item in items {
        match item {
            Item::Struct(item) => {
                structures.insert(item.ident.to_string(), item);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                if let Some(name) = find::self_type(item) {
                    implementations.insert(name, item);
                }
            }
            _ => {}
        }
    }
    table
        .operations
        .iter()
        .filter_map(|operation| {
            let name = operation.builder_name();
            match (structures.remove(&name), implementations.remove(&name)) {
                (Some(structure), Some(implementation)) => Some(Builder {
                    operation,
                    settings,
                    setters: operation
                        .parameters
                        .iter()
                        .map(Parameter::setter_name)
                        .collect(),
                    structure,
                    implementation,
                }),
                _ => {
                    missing(operation, format!("no builder `{name}`"));
                    None
                }
            }
        })
        .collect()
}

/// An identifier of generated code, from a name that [`crate::names`] has made legal.
fn ident(name: &str) -> Ident {
    Ident::new(name, proc_macro2::Span::call_site())
}
