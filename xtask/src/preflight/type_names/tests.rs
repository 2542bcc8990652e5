//! The names that we derive beside those that typify derives.

use std::collections::BTreeSet;

use progenitor::{GenerationSettings, InterfaceStyle, TagStyle};

use super::claims;
use crate::finding::Findings;
use crate::generate_guard::attempt;
use crate::load::load;
use crate::preflight::survey::Survey;
use crate::preflight::{preflight, without_foreign_formats};
use crate::source::Source;

const DOCUMENTS: [&str; 3] = [
    include_str!("../../../tests/data/preflight/good/shapes.yaml"),
    include_str!("../../../tests/data/preflight/good/store.yaml"),
    include_str!("../../../tests/data/preflight/good/nested.yaml"),
];

/// The types in the module `types` of the generated code.
fn generated(api: &openapiv3::OpenAPI) -> BTreeSet<String> {
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged);
    let file: syn::File = syn::parse2(attempt(api, &settings).expect("code")).expect("Rust");
    let types = file.items.into_iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let names = types
        .expect("the types")
        .1
        .into_iter()
        .filter_map(|item| match item {
            syn::Item::Struct(item) => Some(item.ident.to_string()),
            syn::Item::Enum(item) => Some(item.ident.to_string()),
            _ => None,
        });
    names.collect()
}

#[test]
fn every_type_that_typify_makes_has_a_name_that_we_know() {
    for text in DOCUMENTS {
        let mut findings = Findings::new();
        let document = load(&Source::new("document", text), &mut findings).expect("a document");
        let document = without_foreign_formats(document, &mut findings);
        let api = preflight(&document, &mut findings).expect("a good document");
        let survey = Survey::new(&document.root, &document.origins);
        let ours: BTreeSet<String> = claims(&survey).by_name.into_keys().collect();
        let typifys = generated(&api);
        let ours_alone: Vec<_> = ours.difference(&typifys).collect();
        let typifys_alone: Vec<_> = typifys.difference(&ours).collect();
        assert!(
            ours_alone.is_empty() && typifys_alone.is_empty(),
            "ours alone: {ours_alone:?}, typify's alone: {typifys_alone:?}"
        );
    }
}
