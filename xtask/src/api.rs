//! The API of generated code, read off its files.
//!
//! Callers compile against the code and nothing else, so this is what a comparison of two revisions and a test of
//! what was generated look at. It is read from the files as they are written, the committed ones and new ones alike:
//! operations with their builders and their rows of the operation table, types, and the code of everything else.

mod builders;
mod code;
mod rows;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use indexmap::IndexMap;
use syn::Item;

pub use code::Code;
pub use rows::{Parameter, Row, without_names};
pub use types::{Member, Shape, Type};

use crate::finding::Finding;
use crate::write::Files;

/// The API of generated code.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// The constants that describe the API as a whole, as code, by name.
    pub constants: BTreeMap<String, serde_json::Value>,
    /// The operations by the names of their methods, in the order of the operation table.
    pub operations: IndexMap<String, Operation>,
    /// The types of requests and answers by name.
    pub types: BTreeMap<String, Type>,
    /// Everything else, by path.
    pub rest: BTreeMap<String, Code>,
}

/// An operation: a method of the client, the builder that it returns, and a row of the operation table.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// Its row.
    pub row: Row,
    /// The name of the builder.
    pub builder: String,
    /// The functions of the builder that callers can call, but `send`.
    pub functions: IndexMap<String, Function>,
    /// The type that `send` succeeds with, and the one that its error holds.
    pub outcome: (String, String),
    /// The types that its request may hold, and those that its answer may hold, as far as signatures name them.
    pub names: [BTreeSet<String>; 2],
    /// The code of the method and the builder without the functions above.
    pub rest: Code,
}

/// A function of a builder that callers can call.
#[derive(Clone, Debug)]
pub struct Function {
    /// The signature without the name.
    pub signature: String,
    /// The type that it converts its argument to, for people.
    pub takes: String,
    /// All of its code.
    pub code: Code,
}

/// An item, and the module that it stands in.
struct Placed {
    module: Vec<String>,
    item: Item,
}

impl Api {
    /// Reads the API of generated files.
    ///
    /// # Errors
    ///
    /// When a file is not Rust.
    pub fn read(files: &Files) -> Result<Self, Finding> {
        let mut api = Self::default();
        let mut items = Vec::new();
        for (path, text) in files {
            let file = syn::parse_file(text).map_err(|error| not_rust(path, &error))?;
            let module = module(path);
            if !file.attrs.is_empty() {
                let attributes = file.attrs.iter().map(code::text).collect::<String>();
                api.rest.insert(
                    path.clone(),
                    Code {
                        code: attributes,
                        ..Code::default()
                    },
                );
            }
            flatten(&module, file.items, &mut items);
        }
        rows::read(&mut items, &mut api);
        builders::read(&mut items, &mut api);
        types::read(&mut items, &mut api);
        for placed in &items {
            let path = [placed.module.join("::"), code::name(&placed.item)].join("::");
            let rest = api.rest.entry(path.trim_start_matches(':').to_owned());
            rest.or_default().add(&placed.item);
        }
        Ok(api)
    }

    /// Reads the API of the generated files in a directory.
    ///
    /// # Errors
    ///
    /// When there are none, or one of them cannot be read or is not Rust.
    pub fn read_directory(directory: &Path) -> Result<Self, Finding> {
        let mut files = Files::new();
        let read = collect(directory, "", &mut files);
        if let Err(error) = read {
            return Err(no_code(directory, &error.to_string()));
        }
        if files.is_empty() {
            return Err(no_code(directory, "there is no Rust in it"));
        }
        Self::read(&files)
    }

    /// The names of the types that requests reach, and of those that answers reach.
    #[must_use]
    pub fn reached(&self) -> [BTreeSet<String>; 2] {
        [0, 1].map(|way| {
            let operations = self.operations.values();
            let named = operations.filter_map(|operation| operation.names.get(way));
            let mut open: Vec<&String> = named.flatten().collect();
            let mut reached = BTreeSet::new();
            while let Some(name) = open.pop() {
                if let Some(found) = self.types.get(name)
                    && reached.insert(name.clone())
                {
                    open.extend(&found.names);
                }
            }
            reached
        })
    }
}

/// `types/builder.rs` is the module `types::builder`.
fn module(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs");
    let parts = path.split('/').filter(|part| *part != "mod");
    parts.map(str::to_owned).collect()
}

/// The items of a module and of those that are written out in it.
fn flatten(module: &[String], items: Vec<Item>, to: &mut Vec<Placed>) {
    for item in items {
        match item {
            Item::Mod(mut inner) if inner.content.is_some() => {
                let path = [module, &[inner.ident.to_string()]].concat();
                let content = inner.content.take().map(|(_, items)| items);
                flatten(&path, content.unwrap_or_default(), to);
                inner.semi = Some(Default::default());
                to.push(Placed {
                    module: module.to_vec(),
                    item: Item::Mod(inner),
                });
            }
            item => to.push(Placed {
                module: module.to_vec(),
                item,
            }),
        }
    }
}

/// Takes out what `wanted` makes something of.
fn take<T>(items: &mut Vec<Placed>, wanted: impl Fn(&Placed) -> Option<T>) -> Vec<(T, Item)> {
    let mut taken = Vec::new();
    let mut left = Vec::with_capacity(items.len());
    for placed in items.drain(..) {
        match wanted(&placed) {
            Some(what) => taken.push((what, placed.item)),
            None => left.push(placed),
        }
    }
    *items = left;
    taken
}

fn collect(directory: &Path, below: &str, files: &mut Files) -> std::io::Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else if name.ends_with(".rs") {
            files.insert(name, std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

fn not_rust(path: &str, error: &syn::Error) -> Finding {
    Finding::error(
        "api/not-rust",
        format!("The generated file `{path}` cannot be read as Rust: {error}."),
        "Run `cargo xtask codegen`, which writes it anew.",
    )
}

fn no_code(directory: &Path, reason: &str) -> Finding {
    Finding::error(
        "api/no-code",
        format!(
            "There is no generated code in {} to compare with: {reason}.",
            directory.display()
        ),
        "Run `cargo xtask codegen` with the document as it was, or name that document.",
    )
}
