//! Render: the refined syntax tree to files of text.

use proc_macro2::TokenStream;
use syn::{Attribute, File, Item, ItemMod};

use crate::core::Api;
use crate::finding::{Finding, Findings};
use crate::operation_table;
use crate::runtime;
use crate::settings::Settings;
use crate::source::Source;
use crate::write::{Files, HEADER_MARK};

/// Returns the files of the module at `directory`, which these tokens are.
///
/// # Findings
/// `render/not-rust` where they are no module.
pub fn module(directory: &str, tokens: TokenStream, findings: &mut Findings) -> Option<Files> {
    match syn::parse2::<File>(tokens) {
        Ok(file) => {
            let mut files = Files::new();
            split(file.items, file.attrs, directory, &mut files);
            Some(files)
        }
        Err(error) => {
            findings.push(Finding::error(
                "render/not-rust",
                format!("a template made what is not Rust: {error}"),
                "Report this with the document: every name of the core form is a legal one.",
            ));
            None
        }
    }
}

/// Returns the files that are text from the start: the operation table, and the runtime.
pub fn texts(api: &Api, settings: &Settings) -> Files {
    let mut files = Files::from([("operations.rs".to_owned(), operation_table::text(api))]);
    let runtime = runtime::files(api, settings).into_iter();
    files.extend(runtime.map(|(path, text)| (format!("runtime/{path}"), text)));
    files
}

/// Renders one module to its file, and the inline modules in it to theirs.
fn split(items: Vec<Item>, attributes: Vec<Attribute>, directory: &str, files: &mut Files) {
    let has_children = items.iter().any(is_inline_module);
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Item::Mod(mut child) if child.content.is_some() => {
                let inner = child.content.take().map(|(_, items)| items);
                let name = child.ident.to_string();
                let below = format!("{directory}{name}/");
                split(inner.unwrap_or_default(), Vec::new(), &below, files);
                kept.push(Item::Mod(declaration(child)));
            }
            other => kept.push(other),
        }
    }
    let path = match directory.strip_suffix('/') {
        Some(path) if !has_children => format!("{path}.rs"),
        _ => format!("{directory}mod.rs"),
    };
    let text = prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: attributes,
        items: kept,
    });
    files.insert(path, text);
}

fn is_inline_module(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.content.is_some())
}

/// Returns the declaration of a module that has its own file. Lints are allowed for all of the generated code at
/// once, so its own attributes for that go.
fn declaration(mut module: ItemMod) -> ItemMod {
    module
        .attrs
        .retain(|attribute| !attribute.path().is_ident("allow"));
    module.semi = Some(syn::token::Semi::default());
    module
}

/// Returns the lines at the top of every file.
pub fn header(inputs: &[&Source]) -> String {
    let name = |input: &&Source| input.name.rsplit(['/', '\\']).next().map(str::to_owned);
    let names: Vec<String> = inputs.iter().filter_map(name).collect();
    format!(
        "{HEADER_MARK}`cargo xtask codegen`. Edits are lost.\n\
         // To change it, change the document or the overlay and run `cargo xtask codegen`.\n\
         // From {}\n\
         // By progenitor {}, typify {}\n",
        names.join(" and "),
        runtime::locked_version("progenitor"),
        runtime::locked_version("typify"),
    )
}
