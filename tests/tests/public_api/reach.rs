//! The paths under which others reach what a crate has.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Attribute, Item, Visibility};

use super::resolve::{Meaning, imports, name, visibility};
use super::source::{Crate, attributes, conditions};

/// Every public path, without the name of the crate, and what it means.
#[derive(Debug, Default)]
pub(crate) struct Reach {
    /// The meanings of each path, each with the conditions on the way to it.
    pub(crate) paths: BTreeMap<String, BTreeMap<Meaning, BTreeSet<String>>>,
    /// The paths that a glob brings in nothing for, because something is named so beside it.
    hidden: Vec<BTreeSet<String>>,
}

impl Reach {
    /// Follows everything that is public from the root of a crate.
    pub(crate) fn of(found: &Crate) -> Self {
        let mut reach = Self::default();
        let mut around = Vec::new();
        reach.follow(found, 0, "", &BTreeSet::new(), &mut around);
        reach.add_macros(found);
        reach
    }

    /// Macros that are exported, which are reached from the root wherever they stand.
    fn add_macros(&mut self, found: &Crate) {
        for (module, of) in found.modules.iter().enumerate() {
            for (at, item) in of.items.iter().enumerate() {
                let Item::Macro(definition) = item else {
                    continue;
                };
                let is_export = |it: &Attribute| it.path().is_ident("macro_export");
                if let Some(name) = &definition.ident
                    && definition.attrs.iter().any(is_export)
                {
                    let meaning = Meaning::Item(module, at);
                    self.add(format!("{name}!"), meaning, &BTreeSet::new());
                }
            }
        }
    }

    /// The path that stands for an item: the shortest, and of those the first. `None` if nobody reaches it.
    pub(crate) fn main_path(&self, meaning: &Meaning) -> Option<&str> {
        let paths = self.paths.iter();
        let paths = paths.filter(|(_, meanings)| meanings.contains_key(meaning));
        let paths = paths.map(|(path, _)| path.as_str());
        paths.min_by_key(|path| (path.matches("::").count(), *path))
    }

    fn follow(
        &mut self,
        found: &Crate,
        module: usize,
        path: &str,
        on_the_way: &BTreeSet<String>,
        around: &mut Vec<usize>,
    ) {
        if around.contains(&module) {
            return;
        }
        around.push(module);
        let mut globs = Vec::new();
        for (at, item) in found.modules[module].items.iter().enumerate() {
            let mut here = on_the_way.clone();
            here.extend(conditions(attributes(item)));
            if !matches!(visibility(item), Visibility::Public(_)) {
                continue;
            }
            match item {
                Item::Use(item) => {
                    for import in imports(item) {
                        for meaning in found.resolve(module, &import.path) {
                            match &import.name {
                                Some(name) => {
                                    self.name(found, join(path, name), meaning, &here, around);
                                }
                                None => globs.push((meaning, here.clone())),
                            }
                        }
                    }
                }
                Item::Mod(declaration) => {
                    let name = declaration.ident.to_string();
                    if let Some(child) = found.modules[module].children.get(&name) {
                        let meaning = Meaning::Module(*child);
                        self.name(found, join(path, &name), meaning, &here, around);
                    }
                }
                _ => {
                    if let Some(name) = name(item) {
                        self.add(join(path, &name), Meaning::Item(module, at), &here);
                    }
                }
            }
        }
        self.hidden.push(self.paths.keys().cloned().collect());
        for (meaning, here) in globs {
            match meaning {
                Meaning::Module(target) => self.follow(found, target, path, &here, around),
                Meaning::Foreign(of) => {
                    let name = join(path, &format!("* from {}", of.join("::")));
                    self.add(name, Meaning::Foreign(of), &here);
                }
                Meaning::Item(..) => {
                    let name = join(path, "* from an enum");
                    self.add(name, meaning, &here);
                }
            }
        }
        self.hidden.pop();
        around.pop();
    }

    /// Adds something that is named, and all that is in it.
    fn name(
        &mut self,
        found: &Crate,
        path: String,
        meaning: Meaning,
        here: &BTreeSet<String>,
        around: &mut Vec<usize>,
    ) {
        if let Meaning::Module(child) = meaning {
            let mut here = here.clone();
            here.extend(found.modules[child].conditions.iter().cloned());
            self.add(path.clone(), meaning, &here);
            self.follow(found, child, &path, &here, around);
        } else {
            self.add(path, meaning, here);
        }
    }

    fn add(&mut self, path: String, meaning: Meaning, conditions: &BTreeSet<String>) {
        if self.hidden.iter().any(|hidden| hidden.contains(&path)) {
            return;
        }
        let known = self.paths.entry(path).or_default();
        known.entry(meaning).or_insert_with(|| conditions.clone());
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}::{name}")
    }
}
