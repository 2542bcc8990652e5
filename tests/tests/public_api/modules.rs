//! The modules of a crate, and the meanings of paths in them.

use quote::ToTokens;
use syn::{Attribute, Ident, Item, ItemUse, UseTree, Visibility};

/// A module.
pub(crate) struct Module {
    /// The names of the modules around it, and its own; none for the root.
    path: Vec<String>,
    /// The conditions under which it is compiled.
    pub(crate) conditions: Vec<String>,
    /// Its items, without those of modules in it and those for tests.
    pub(crate) items: Vec<Item>,
}

/// The modules of a crate; the root is the first.
pub(crate) struct Modules(pub(crate) Vec<Module>);

/// The meaning of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// A module of this crate.
    Module(usize),
    /// An item of this crate, by its module and its name.
    Item(usize, String),
    /// Anything of another crate.
    Outside(Vec<String>),
}

impl Modules {
    /// Reads the crate whose files `read` gives by their paths below `src`.
    pub(crate) fn read(read: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut modules = Self(Vec::new());
        let root = read("lib.rs").expect("there is lib.rs");
        modules.add(read, Vec::new(), Vec::new(), parse("lib.rs", &root));
        modules
    }

    fn add(
        &mut self,
        read: &dyn Fn(&str) -> Option<String>,
        path: Vec<String>,
        around: Vec<String>,
        mut items: Vec<Item>,
    ) {
        items.retain(|item| !conditions(item).iter().any(|it| is_for_tests(it)));
        let at = self.0.len();
        self.0.push(Module {
            path: path.clone(),
            conditions: around.clone(),
            items: Vec::new(),
        });
        for item in &mut items {
            let around = [around.clone(), conditions(item)].concat();
            let Item::Mod(module) = item else { continue };
            let path = [path.clone(), vec![module.ident.to_string()]].concat();
            let content = module.content.take().map(|(_, items)| items);
            let content = content.unwrap_or_else(|| {
                let stem = path.join("/");
                let files = [format!("{stem}.rs"), format!("{stem}/mod.rs")];
                let mut texts = files.iter().filter_map(|file| Some((file, read(file)?)));
                let (file, text) = texts.next().unwrap_or_else(|| panic!("no {files:?}"));
                parse(file, &text)
            });
            self.add(read, path, around, content);
        }
        self.0[at].items = items;
    }

    /// Returns the meaning of a path in a module, and the number of its names that have it: an associated item has none
    /// of its own. `None` if no module of this crate knows the first name.
    pub(crate) fn resolve(&self, module: usize, path: &[String]) -> Option<(Meaning, usize)> {
        let mut meaning = Meaning::Module(module);
        for (at, name) in path.iter().enumerate() {
            meaning = match (&meaning, name.as_str()) {
                (Meaning::Module(_), "crate") => Meaning::Module(0),
                (Meaning::Module(here), "self") => Meaning::Module(*here),
                (Meaning::Module(here), "super") => {
                    let (_, around) = self.0[*here].path.split_last()?;
                    Meaning::Module(self.position(around)?)
                }
                (Meaning::Module(here), name) => match self.look_up(*here, name) {
                    Some(meaning) => meaning,
                    None if at == 0 => return None,
                    // Nothing else than a macro makes it.
                    None => Meaning::Item(*here, name.to_owned()),
                },
                (Meaning::Outside(start), name) => {
                    Meaning::Outside([start.as_slice(), &[name.to_owned()]].concat())
                }
                (Meaning::Item(..), _) => return Some((meaning, at)),
            };
        }
        Some((meaning, path.len()))
    }

    /// The item of a name, the module, or what a `use` brings in.
    fn look_up(&self, module: usize, wanted: &str) -> Option<Meaning> {
        let here = &self.0[module];
        if here.items.iter().any(|item| {
            parts(item)
                .2
                .is_some_and(|name| name == wanted && !matches!(item, Item::Mod(_)))
        }) {
            return Some(Meaning::Item(module, wanted.to_owned()));
        }
        let child = [here.path.as_slice(), &[wanted.to_owned()]].concat();
        if let Some(child) = self.position(&child) {
            return Some(Meaning::Module(child));
        }
        let mut uses = here.items.iter().flat_map(imports);
        let (_, path) = uses.find(|(name, _)| name == wanted)?;
        // A `use` of a name by itself is of another crate.
        let is_inside = path.first().is_some_and(|first| first != wanted);
        let meaning = is_inside.then(|| self.resolve(module, &path)).flatten();
        Some(meaning.map_or(Meaning::Outside(path), |(meaning, _)| meaning))
    }

    fn position(&self, path: &[String]) -> Option<usize> {
        self.0.iter().position(|module| module.path == path)
    }
}

/// The names that a `use` brings in, each with its path.
pub(crate) fn imports(item: &Item) -> Vec<(String, Vec<String>)> {
    let mut names = Vec::new();
    if let Item::Use(ItemUse { tree, .. }) = item {
        collect(tree, Vec::new(), &mut names);
    }
    names
}

fn collect(tree: &UseTree, path: Vec<String>, names: &mut Vec<(String, Vec<String>)>) {
    let with = |name: &Ident| [path.clone(), vec![name.to_string()]].concat();
    match tree {
        UseTree::Path(inner) => collect(&inner.tree, with(&inner.ident), names),
        UseTree::Group(group) => {
            let trees = group.items.iter();
            trees.for_each(|tree| collect(tree, path.clone(), names));
        }
        UseTree::Name(name) if name.ident == "self" => {
            names.push((path.last().cloned().unwrap_or_default(), path));
        }
        UseTree::Name(name) => names.push((name.ident.to_string(), with(&name.ident))),
        UseTree::Rename(rename) => names.push((rename.rename.to_string(), with(&rename.ident))),
        UseTree::Glob(_) => names.push(("*".to_owned(), path)),
    }
}

fn is_for_tests(condition: &str) -> bool {
    condition == "cfg(test)" || condition.starts_with("cfg(all(test,")
}

fn parse(path: &str, text: &str) -> Vec<Item> {
    let file = syn::parse_file(text);
    file.unwrap_or_else(|error| panic!("{path} is Rust: {error}"))
        .items
}

/// The attributes of an item, its visibility and its name, as far as it has them.
pub(crate) fn parts(item: &Item) -> (&[Attribute], Option<&Visibility>, Option<&Ident>) {
    match item {
        Item::Const(it) => (&it.attrs, Some(&it.vis), Some(&it.ident)),
        Item::Enum(it) => (&it.attrs, Some(&it.vis), Some(&it.ident)),
        Item::Fn(it) => (&it.attrs, Some(&it.vis), Some(&it.sig.ident)),
        Item::Impl(it) => (&it.attrs, None, None),
        Item::Macro(it) => (&it.attrs, None, None),
        Item::ExternCrate(it) => (&it.attrs, None, None),
        Item::Mod(it) => (&it.attrs, Some(&it.vis), Some(&it.ident)),
        Item::Static(it) => (&it.attrs, Some(&it.vis), Some(&it.ident)),
        Item::Struct(it) => (&it.attrs, Some(&it.vis), Some(&it.ident)),
        Item::Trait(it) => (&it.attrs, Some(&it.vis), Some(&it.ident)),
        Item::Type(it) => (&it.attrs, Some(&it.vis), Some(&it.ident)),
        Item::Use(it) => (&it.attrs, Some(&it.vis), None),
        other => panic!("this is not listed: {}", other.to_token_stream()),
    }
}

/// The conditions under which an item is compiled.
pub(crate) fn conditions(item: &Item) -> Vec<String> {
    let attributes = parts(item).0.iter().filter(|it| it.path().is_ident("cfg"));
    let conditions = attributes.map(|it| it.meta.to_token_stream().to_string());
    conditions
        .map(|it| it.replace(" (", "(").replace(" ,", ","))
        .collect()
}
