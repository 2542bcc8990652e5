//! The API of generated code, read off its files.
//!
//! Callers compile against the code and nothing else, so this is what a comparison of two revisions looks at. It is
//! read from the files as they are written, the committed ones and new ones alike, into one uniform tree: items, such
//! as operations and types, of parts, such as setters and fields, with facets, such as what a setter takes.

mod code;
mod operations;
mod tree;
mod types;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use indexmap::IndexMap;
use syn::Item as Syntax;

pub use operations::{VERSION, without_names};
pub use tree::{Facet, Item, Noun, Part, Subject};

use crate::finding::Finding;
use crate::write::{self, Files};
use code::Code;

/// The API of generated code: operations in the order of the operation table, types by name, and the rest.
#[derive(Clone, Debug, Default)]
pub struct Api {
    /// Its items.
    pub items: IndexMap<Subject, Item>,
}

impl Api {
    /// Reads the API of generated files.
    ///
    /// # Errors
    ///
    /// When a file is not Rust.
    pub fn read(files: &Files) -> Result<Self, Finding> {
        let (mut reader, mut items) = (Reader::default(), Vec::new());
        for (path, text) in files {
            let file = syn::parse_file(text).map_err(|error| not_rust(path, &error))?;
            let parts = path.trim_end_matches(".rs").split('/');
            let module: Vec<&str> = parts.filter(|part| *part != "mod").collect();
            let module = module.join("::");
            reader.rest(&module, "attributes", &Code::of_all(&file.attrs));
            items.extend(file.items.into_iter().map(|item| (module.clone(), item)));
        }
        // What others belong to comes first.
        items.sort_by_key(|(module, item)| match item {
            Syntax::Const(_) => 0,
            Syntax::Impl(_) => 1 + usize::from(!module.is_empty()),
            _ => usize::from(module.ends_with("builder")) * 2,
        });
        for (module, item) in items {
            reader.add(&module, item);
        }
        Ok(reader.finish())
    }

    /// Reads the API of the generated files in a directory.
    ///
    /// # Errors
    ///
    /// When there are none, or one of them cannot be read or is not Rust.
    pub fn read_directory(directory: &Path) -> Result<Self, Finding> {
        let files = write::read(directory)?;
        if files.is_empty() {
            let directory = directory.display();
            let message = format!("There is no generated code in {directory} to compare with.");
            let next =
                "Run `cargo xtask codegen` with the document as it was, or name that document.";
            return Err(Finding::error("api/no-code", message, next));
        }
        Self::read(&files)
    }

    /// Returns the names of the types that requests reach, and of those that answers reach.
    #[must_use]
    pub fn reached(&self) -> [BTreeSet<&str>; 2] {
        let requests: &[Facet] = &[Facet::Takes];
        [requests, &[Facet::Success, Facet::Error]].map(|facets| {
            let operations = self.items.iter();
            let operations = operations.filter(|(it, _)| matches!(it, Subject::Operation(_)));
            let mut open: Vec<&str> = operations.flat_map(|(_, it)| it.names(facets)).collect();
            let mut reached = BTreeSet::new();
            while let Some(name) = open.pop() {
                if let Some(found) = self.items.get(&Subject::Type(name.to_owned()))
                    && reached.insert(name)
                {
                    open.extend(found.names(&[Facet::Holds]));
                }
            }
            reached
        })
    }
}

/// The items that have been read.
#[derive(Default)]
struct Reader {
    /// Operations by the names of their methods.
    operations: IndexMap<String, Item>,
    /// The methods by the names of the builders that they return.
    builders: HashMap<String, String>,
    types: BTreeMap<String, Item>,
    rest: Item,
    /// The headings of groups of operations.
    headings: BTreeSet<String>,
    version: String,
}

impl Reader {
    fn add(&mut self, module: &str, item: Syntax) {
        let left = match module {
            operations::TABLE => self.constant(item),
            "" => self.client(item),
            "builder" => self.builder(item),
            types::MODULE | types::BUILDERS => self.of_type(module, item),
            _ => Some(item),
        };
        if let Some(item) = left {
            self.rest(module, &code::head(&item), &Code::of(&item));
        }
    }

    /// Adds code that is neither of an operation nor of a type, with all that is written in it.
    fn rest(&mut self, module: &str, name: &str, code: &Code) {
        let path = format!("{module}::{name}");
        let path = path.trim_start_matches(':');
        let part = self.rest.part(Noun::Code, path);
        part.title = format!("`{path}`");
        part.code(code);
        part.add(Facet::Description, &code.remarks);
    }

    fn finish(mut self) -> Api {
        // The version has a statement of its own, wherever else it stands.
        for part in self.rest.parts.values_mut() {
            if let Some(code) = part.facets.get_mut(&Facet::Code) {
                *code = code.replace(&self.version, VERSION);
            }
        }
        let groups = self.rest.part(Noun::Code, "groups");
        groups.title = "the grouping of operations".to_owned();
        groups.set(Facet::Description, Vec::from_iter(self.headings).join("\n"));
        let operations = self.operations.into_iter();
        let operations = operations.map(|(name, item)| (Subject::Operation(name), item));
        let types = self.types.into_iter();
        let types = types.map(|(name, item)| (Subject::Type(name), item));
        let items = operations.chain(types).chain([(Subject::Rest, self.rest)]);
        Api {
            items: items.collect(),
        }
    }
}

fn not_rust(path: &str, error: &syn::Error) -> Finding {
    Finding::error(
        "api/not-rust",
        format!("The generated file `{path}` cannot be read as Rust: {error}."),
        "Run `cargo xtask codegen`, which writes it anew.",
    )
}
