//! What a path in a module means.

use std::collections::BTreeSet;
use std::slice;

use syn::{Item, ItemUse, UseTree, Visibility};

use super::source::Crate;

/// What a path means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// An item, by its module and its place there.
    Item(usize, usize),
    /// A module.
    Module(usize),
    /// Something of another crate, by its full path.
    Foreign(Vec<String>),
}

/// One name that a `use` brings in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The path, from the module that the `use` stands in.
    pub(crate) path: Vec<String>,
    /// The name here; `None` for `*`.
    pub(crate) name: Option<String>,
}

/// The names that a `use` brings in.
pub(crate) fn imports(item: &ItemUse) -> Vec<Import> {
    let mut imports = Vec::new();
    let start = if item.leading_colon.is_some() {
        vec![String::new()]
    } else {
        Vec::new()
    };
    collect(&item.tree, start, &mut imports);
    imports
}

fn collect(tree: &UseTree, mut path: Vec<String>, imports: &mut Vec<Import>) {
    match tree {
        UseTree::Path(inner) => {
            path.push(inner.ident.to_string());
            collect(&inner.tree, path, imports);
        }
        UseTree::Group(group) => {
            group
                .items
                .iter()
                .for_each(|tree| collect(tree, path.clone(), imports));
        }
        UseTree::Glob(_) => imports.push(Import { path, name: None }),
        UseTree::Name(name) => import(name.ident.to_string(), None, path, imports),
        UseTree::Rename(rename) => {
            import(
                rename.ident.to_string(),
                Some(rename.rename.to_string()),
                path,
                imports,
            );
        }
    }
}

fn import(name: String, rename: Option<String>, mut path: Vec<String>, imports: &mut Vec<Import>) {
    // `use a::b::{self}` brings in `b`.
    if name != "self" || path.is_empty() {
        path.push(name);
    }
    let name = rename.or_else(|| path.last().cloned());
    imports.push(Import { path, name });
}

/// The name of an item, if others can refer to it by one.
pub(crate) fn name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(it) => &it.ident,
        Item::Enum(it) => &it.ident,
        Item::Fn(it) => &it.sig.ident,
        Item::Static(it) => &it.ident,
        Item::Struct(it) => &it.ident,
        Item::Trait(it) => &it.ident,
        Item::Type(it) => &it.ident,
        Item::Union(it) => &it.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

/// The visibility of an item.
pub(crate) fn visibility(item: &Item) -> &Visibility {
    match item {
        Item::Const(it) => &it.vis,
        Item::Enum(it) => &it.vis,
        Item::Fn(it) => &it.vis,
        Item::Mod(it) => &it.vis,
        Item::Static(it) => &it.vis,
        Item::Struct(it) => &it.vis,
        Item::Trait(it) => &it.vis,
        Item::Type(it) => &it.vis,
        Item::Union(it) => &it.vis,
        Item::Use(it) => &it.vis,
        _ => &Visibility::Inherited,
    }
}

impl Crate {
    /// What a path means in a module. In Rust one name can mean several things: a type and a function.
    pub(crate) fn resolve(&self, module: usize, path: &[String]) -> Vec<Meaning> {
        self.resolve_guarded(module, path, &mut BTreeSet::new())
    }

    fn resolve_guarded(
        &self,
        module: usize,
        path: &[String],
        seen: &mut BTreeSet<(usize, String)>,
    ) -> Vec<Meaning> {
        let mut meanings = vec![Meaning::Module(module)];
        for (at, name) in path.iter().enumerate() {
            let mut next = Vec::new();
            for meaning in &meanings {
                let Meaning::Module(here) = meaning else {
                    continue;
                };
                match name.as_str() {
                    "crate" => next.push(Meaning::Module(0)),
                    "self" => next.push(Meaning::Module(*here)),
                    "super" => {
                        next.extend(self.modules[*here].parent.map(Meaning::Module));
                    }
                    _ => next.extend(self.look_up(*here, name, seen)),
                }
            }
            if let Some(Meaning::Foreign(start)) = meanings.first() {
                next.push(Meaning::Foreign(
                    [start.as_slice(), slice::from_ref(name)].concat(),
                ));
            }
            if next.is_empty() && at == 0 {
                // Of another crate: `::name`, or a name that nothing here has.
                return vec![Meaning::Foreign(
                    path.iter().filter(|it| !it.is_empty()).cloned().collect(),
                )];
            }
            meanings = next;
        }
        meanings
    }

    /// What a name means in a module: an item or a module in it, or what a `use` brings in.
    fn look_up(
        &self,
        module: usize,
        name: &str,
        seen: &mut BTreeSet<(usize, String)>,
    ) -> Vec<Meaning> {
        if !seen.insert((module, name.to_owned())) {
            return Vec::new();
        }
        let here = &self.modules[module];
        let mut found: Vec<Meaning> = here
            .children
            .get(name)
            .copied()
            .map(Meaning::Module)
            .into_iter()
            .collect();
        let mut globs = Vec::new();
        for (at, item) in here.items.iter().enumerate() {
            if self::name(item).is_some_and(|other| other == name) {
                found.push(Meaning::Item(module, at));
            }
            let Item::Use(item) = item else {
                continue;
            };
            for import in imports(item) {
                match import.name {
                    Some(other) if other == name => {
                        found.extend(self.resolve_guarded(module, &import.path, seen));
                    }
                    None => globs.push(import.path),
                    Some(_) => {}
                }
            }
        }
        if found.is_empty() {
            for path in globs {
                for meaning in self.resolve_guarded(module, &path, seen) {
                    if let Meaning::Module(target) = meaning {
                        found.extend(self.look_up(target, name, seen));
                    }
                }
            }
        }
        seen.remove(&(module, name.to_owned()));
        found
    }
}
