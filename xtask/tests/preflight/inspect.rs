//! Faults in generated code that can be seen without compiling it: items, fields and methods that exist
//! twice, types without a value, and crates that the generated crate does not have.

use std::collections::HashSet;

use heck::ToPascalCase;
use quote::ToTokens;
use serde_json::Value;
use syn::visit::{self, Visit};

use xtask::finding::{Finding, Findings};
use xtask::pointer::Pointer;
use xtask::source::Document;

/// Crates that progenitor and typify name for some documents, and that the generated crate lacks.
const FOREIGN: [&str; 7] = [
    "base64",
    "chrono",
    "futures",
    "rand",
    "regress",
    "tokio_tungstenite",
    "uuid",
];

/// Reports what is wrong with `file`, the code that progenitor made of `document`.
pub(crate) fn inspect(file: &syn::File, document: &Document, findings: &mut Findings) {
    let mut inspection = Inspection::default();
    inspection.items(&file.items);
    inspection.visit_file(file);
    let mut reported = HashSet::new();
    for fault in inspection.faults {
        if reported.insert((fault.code, fault.message.clone())) {
            findings.push(
                Finding::error(
                    fault.code,
                    fault.message,
                    "Correct the document with actions of the overlay, and report the gap: preflight should have found this.",
                )
                .at(document.locate(&origin(document, &fault.name))),
            );
        }
    }
}

/// The component that the type `name` is made of or named after, or else the whole document.
fn origin(document: &Document, name: &str) -> Pointer {
    let pointer = Pointer::root().join("components").join("schemas");
    let schemas = pointer.resolve(&document.root).and_then(Value::as_object);
    let mut names = schemas.into_iter().flatten().map(|(name, _)| name);
    names
        .find(|component| component.to_pascal_case() == name)
        .map_or_else(Pointer::root, |component| pointer.join(component))
}

struct Fault {
    code: &'static str,
    /// The type or item that it is about.
    name: String,
    message: String,
}

#[derive(Default)]
struct Inspection {
    faults: Vec<Fault>,
}

impl Inspection {
    fn fault(&mut self, code: &'static str, name: &str, message: String) {
        self.faults.push(Fault {
            code,
            name: name.to_owned(),
            message,
        });
    }

    /// The names of `what` in one place, which must differ.
    fn unique(&mut self, what: &str, place: &str, names: impl Iterator<Item = String>) {
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name.clone()) {
                let message = format!("The generated code has two {what} `{name}`{place}.");
                self.fault("generate/duplicate-item", &name, message);
            }
        }
    }

    /// The items of one module.
    fn items(&mut self, items: &[syn::Item]) {
        let types = items.iter().filter_map(|item| match item {
            syn::Item::Struct(item) => Some(item.ident.to_string()),
            syn::Item::Enum(item) => Some(item.ident.to_string()),
            syn::Item::Trait(item) => Some(item.ident.to_string()),
            syn::Item::Mod(item) => Some(item.ident.to_string()),
            _ => None,
        });
        let before = self.faults.len();
        self.unique("types", "", types);
        if self.faults.len() > before {
            return; // All that belongs to the two types is there twice as well.
        }
        let functions = items.iter().filter_map(|item| match item {
            syn::Item::Fn(item) => Some(item.sig.ident.to_string()),
            _ => None,
        });
        self.unique("functions", "", functions);
        let impls = items.iter().filter_map(|item| match item {
            syn::Item::Impl(item) => {
                let (path, _) = item.trait_.as_ref()?;
                Some(format!("{} for {}", text(path), text(&item.self_ty)))
            }
            _ => None,
        });
        self.unique("implementations of", "", impls);
        let methods = items.iter().filter_map(|item| match item {
            syn::Item::Impl(item) if item.trait_.is_none() => Some(item),
            _ => None,
        });
        let methods = methods.flat_map(|item| {
            let owner = text(&item.self_ty);
            item.items.iter().filter_map(move |item| match item {
                syn::ImplItem::Fn(function) => Some(format!("{owner}::{}", function.sig.ident)),
                _ => None,
            })
        });
        self.unique("methods", "", methods);
    }
}

impl<'ast> Visit<'ast> for Inspection {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if let Some((_, items)) = &module.content {
            self.items(items);
        }
        visit::visit_item_mod(self, module);
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        let fields = item
            .fields
            .iter()
            .filter_map(|field| Some(field.ident.as_ref()?.to_string()));
        self.unique("fields", &format!(" in `{}`", item.ident), fields);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        let variants = item
            .variants
            .iter()
            .map(|variant| variant.ident.to_string());
        self.unique("variants", &format!(" in `{}`", item.ident), variants);
        if item.variants.is_empty() {
            let name = item.ident.to_string();
            let message =
                format!("The generated type `{name}` has no value: nothing satisfies its schema.");
            self.fault("generate/uninhabited-type", &name, message);
        }
        visit::visit_item_enum(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let first = path
            .segments
            .first()
            .map(|segment| segment.ident.to_string());
        let foreign =
            first.filter(|first| path.segments.len() > 1 && FOREIGN.contains(&first.as_str()));
        if let Some(name) = foreign {
            let message = format!(
                "The generated code uses the crate `{name}`, which the generated crate does not have."
            );
            self.fault("generate/foreign-crate", &name, message);
        }
        visit::visit_path(self, path);
    }
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}
