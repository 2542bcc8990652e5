//! Reads the API of a side off the syntax tree, the operation table and the lowered document.

use std::collections::{HashMap, HashSet};

use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Attribute, File, Item, Signature};

use super::api::Api;
use super::change::Position;
use crate::pointer::Pointer;
use crate::preflight::type_places;
use crate::refine::documentation;
use crate::refine::reach::{self, inline};
use crate::source::Document;
use crate::table::OperationTable;

mod attributes;
mod operations;
mod places;
mod types;

/// The API of the generated crate whose tree this is; `document` is the lowered one that it was made from.
pub(super) fn read(mut file: File, table: &OperationTable, document: &Document) -> Api {
    let documented = file.clone();
    Undocumented.visit_file_mut(&mut file);
    let ground = Ground {
        document,
        documented: &documented,
        bare: &file,
    };
    let operations = operations::read(&ground, table);
    let types = types::read(&ground, &positions(&file), &type_places(document));
    Api {
        operations,
        types,
        rest: rest(&file),
        location: document.locate(&Pointer::root()),
    }
}

/// What is read from: the lowered document, and the tree with and without its documentation.
struct Ground<'a> {
    document: &'a Document,
    documented: &'a File,
    bare: &'a File,
}

/// Which way each type travels.
fn positions(file: &File) -> HashMap<String, Position> {
    let (sent, answered): (HashSet<_>, HashSet<_>) =
        (reach::from_requests(file), reach::from_responses(file));
    let position = |name: &String| match (sent.contains(name), answered.contains(name)) {
        (true, true) => Position::Both,
        (true, false) => Position::Request,
        (false, true) => Position::Response,
        (false, false) => Position::Nowhere,
    };
    let names = sent.iter().chain(&answered);
    names.map(|name| (name.clone(), position(name))).collect()
}

/// The code of the generated modules that is about no operation and no type of the document.
fn rest(file: &File) -> String {
    let root = file.items.iter().filter(|item| match item {
        Item::Mod(module) => module.content.is_none(),
        // The methods of the client are read as operations, and the version of the document is no code.
        Item::Impl(item) => item.trait_.is_none() && operations::methods(item).next().is_none(),
        _ => true,
    });
    let types = inline(file, "types").filter(|item| !types::is_of_the_document(item));
    root.chain(types).map(code).collect::<Vec<_>>().join("\n")
}

/// Takes all documentation out of a tree, and what is deprecated in it: both are compared on their own.
struct Undocumented;

impl VisitMut for Undocumented {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| {
            let path = attribute.path();
            !path.is_ident("doc") && !path.is_ident("deprecated")
        });
    }
}

/// The documentation that attributes hold.
fn description(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(documentation::text);
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Code as one line of text.
fn code(item: &impl ToTokens) -> String {
    item.to_token_stream().to_string()
}

/// Code as a person reads it: without the paths of what everybody knows, and without needless spaces.
fn plain(item: &impl ToTokens) -> String {
    const TIGHT: [(&str, &str); 10] = [
        (" :: ", "::"),
        (":: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
    ];
    const KNOWN: [&str; 10] = [
        "::std::option::",
        "::std::string::",
        "::std::vec::",
        "::std::boxed::",
        "::std::collections::",
        "::std::convert::",
        "::std::num::",
        "::std::net::",
        "super::runtime::",
        "types::",
    ];
    let mut text = code(item);
    for (loose, tight) in TIGHT {
        text = text.replace(loose, tight);
    }
    for path in KNOWN {
        text = text.replace(path, "");
    }
    text
}

/// A signature without the name of the function.
fn signature(signature: &Signature) -> String {
    let mut anonymous = signature.clone();
    anonymous.ident = syn::Ident::new("f", proc_macro2::Span::call_site());
    let clause = code(&anonymous.generics.where_clause);
    format!("{} {clause}", code(&anonymous))
}
