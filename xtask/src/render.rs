//! Render: the refined syntax tree to files of text.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use syn::{File, Item, ItemMod, parse_quote};

use crate::core::Api;
use crate::settings::Settings;
use crate::source::Source;
use crate::write::{Files, HEADER_MARK};

mod operations;
pub(crate) mod runtime;

/// Renders every file of the generated directory.
///
/// `inputs` are the files that the code was generated from, for the header of each file: it holds their
/// hashes, so that a change of an input always shows, also one that changes no code.
#[must_use]
pub fn render(file: File, api: &Api, inputs: &[&Source], settings: &Settings) -> Files {
    let header = header(inputs);
    let mut files = Files::new();
    let mut file = file;
    file.attrs.splice(0..0, root_attributes());
    module(file.items, file.attrs, "", &header, &mut files);
    files.insert(
        "operations.rs".to_owned(),
        format!("{header}\n{}", operations::text(api)),
    );
    for (path, text) in runtime::files(api, settings) {
        files.insert(format!("runtime/{path}"), format!("{header}\n{text}"));
    }
    files
}

/// Lints that are about code which people write.
fn root_attributes() -> Vec<syn::Attribute> {
    let inner = |mut attribute: syn::Attribute| {
        attribute.style = syn::AttrStyle::Inner(syn::token::Not::default());
        attribute
    };
    vec![
        inner(
            parse_quote!(#[doc = " The generated client: operations, types and the operation table."]),
        ),
        inner(parse_quote! {
            #[allow(
                clippy::all,
                clippy::pedantic,
                clippy::restriction,
                deprecated,
                unreachable_pub,
                unused_qualifications,
                reason = "these lints are about code that people write"
            )]
        }),
    ]
}

/// Renders one module to its file, and the inline modules in it to theirs.
fn module(
    items: Vec<Item>,
    attributes: Vec<syn::Attribute>,
    directory: &str,
    header: &str,
    files: &mut Files,
) {
    let has_children = items.iter().any(is_inline_module);
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        match item {
            Item::Mod(mut child) if child.content.is_some() => {
                let inner = child.content.take().map(|(_, items)| items);
                let name = child.ident.to_string();
                module(
                    inner.unwrap_or_default(),
                    Vec::new(),
                    &format!("{directory}{name}/"),
                    header,
                    files,
                );
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
    files.insert(path, format!("{header}\n{text}"));
}

fn is_inline_module(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if module.content.is_some())
}

/// The declaration of a module that has its own file. Lints are allowed for all of the generated code at
/// once, so its own attributes for that go.
fn declaration(mut module: ItemMod) -> ItemMod {
    module
        .attrs
        .retain(|attribute| !attribute.path().is_ident("allow"));
    module.semi = Some(syn::token::Semi::default());
    module
}

/// The four lines at the top of every file.
fn header(inputs: &[&Source]) -> String {
    let mut hashes = String::new();
    for (at, input) in inputs.iter().enumerate() {
        let separator = if at == 0 { "" } else { ", " };
        let name = input.name.rsplit(['/', '\\']).next().unwrap_or_default();
        // Writing to a string does not fail.
        let _ = write!(hashes, "{separator}{name} sha256:{}", hash(&input.text));
    }
    format!(
        "{HEADER_MARK}`cargo xtask codegen`. Edits are lost.\n\
         // To change it, change the document or the overlay and run `cargo xtask codegen`.\n\
         // From {hashes}\n\
         // By progenitor {}, typify {}\n",
        runtime::locked_version("progenitor"),
        runtime::locked_version("typify"),
    )
}

/// The SHA-256 of a text in hexadecimal.
fn hash(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
