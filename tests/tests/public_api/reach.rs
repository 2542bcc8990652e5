//! The paths under which others reach what a crate has.

use std::collections::BTreeMap;

use syn::{Item, Visibility};

use super::modules::{Meaning, Modules, conditions, imports, parts};

/// The public paths of everything that has one, each with its conditions.
pub(crate) struct Reach(pub(crate) BTreeMap<Meaning, Vec<(String, Vec<String>)>>);

impl Reach {
    /// Follows everything that is public from the root of a crate.
    pub(crate) fn of(modules: &Modules) -> Self {
        let mut reach = Self(BTreeMap::new());
        reach.follow(modules, 0, "", &[]);
        reach
    }

    /// The path that stands for an item: the shortest, and of those the first. `None` if nobody reaches it.
    pub(crate) fn main_path(&self, meaning: &Meaning) -> Option<&str> {
        let paths = self.0.get(meaning)?.iter().map(|(path, _)| path.as_str());
        paths.min_by_key(|path| (path.matches("::").count(), *path))
    }

    /// Returns what [`Modules::resolve`] does, also for the items of a module that a macro makes.
    pub(crate) fn resolve(
        &self,
        modules: &Modules,
        module: usize,
        path: &[String],
    ) -> Option<(Meaning, usize)> {
        let made = || Some(Meaning::Item(module, path.first()?.clone()));
        let made = || Some((made().filter(|it| self.0.contains_key(it))?, 1));
        modules.resolve(module, path).or_else(made)
    }

    fn follow(&mut self, modules: &Modules, module: usize, path: &str, around: &[String]) {
        for item in &modules.0[module].items {
            let (_, visibility, name) = parts(item);
            if !matches!(visibility, Some(Visibility::Public(_))) {
                continue;
            }
            let mut here = around.to_vec();
            here.extend(
                conditions(item)
                    .into_iter()
                    .filter(|it| !around.contains(it)),
            );
            let own = name.map(|name| (name.to_string(), vec![name.to_string()]));
            for (name, target) in imports(item).into_iter().chain(own) {
                let meaning = modules.resolve(module, &target).map(|(meaning, _)| meaning);
                let meaning = meaning.unwrap_or(Meaning::Outside(target));
                let path = format!("{path}::{name}");
                let path = path.trim_start_matches(':').to_owned();
                if let (Meaning::Module(inner), Item::Use(_) | Item::Mod(_)) = (&meaning, item) {
                    self.follow(modules, *inner, &path, &here);
                }
                self.0
                    .entry(meaning)
                    .or_default()
                    .push((path, here.clone()));
            }
        }
    }
}
