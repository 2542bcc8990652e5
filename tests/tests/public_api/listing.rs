//! The public API of a crate as text.

use std::collections::{BTreeMap, BTreeSet};

use super::impls;
use super::items::{self, Block};
use super::marks::{compact, without_marks};
use super::reach::Reach;
use super::resolve::Meaning;
use super::source::{Crate, attributes, conditions};
use super::text::Writer;

/// A crate, and what of it others reach.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) found: &'a Crate,
    pub(crate) reach: &'a Reach,
}

impl<'a> View<'a> {
    /// What writes text for things that stand in a module.
    pub(crate) fn writer(self, module: usize) -> Writer<'a> {
        let Self { found, reach } = self;
        Writer {
            found,
            reach,
            module,
        }
    }
}

/// The public API of the crate whose files `read` gives by their paths below `src`.
///
/// Each path has a line, and each item is described once, under its shortest path.
pub(crate) fn public_api(read: &dyn Fn(&str) -> Option<String>) -> String {
    let found = Crate::read(read);
    let reach = Reach::of(&found);
    let view = View {
        found: &found,
        reach: &reach,
    };
    let mut blocks = BTreeMap::new();
    for (path, meanings) in &reach.paths {
        for (meaning, on_the_way) in meanings {
            let block = block(view, path, meaning, on_the_way);
            blocks.insert((path.clone(), meaning.clone()), block);
        }
    }
    let mut others = BTreeSet::new();
    for (owner, member) in impls::members(view) {
        let path = owner.as_ref().and_then(|owner| reach.main_path(owner));
        match (owner.as_ref(), path) {
            (Some(owner), Some(path)) => {
                let block: &mut Block = blocks.entry((path.to_owned(), owner.clone())).or_default();
                block.members.insert(member);
            }
            // What nobody can name is no API.
            (Some(_), None) => {}
            (None, _) => drop(others.insert(member)),
        }
    }
    text(&blocks, &others, &found.unexpanded)
}

fn block(view: View<'_>, path: &str, meaning: &Meaning, on_the_way: &BTreeSet<String>) -> Block {
    let mut needed = on_the_way.clone();
    let mut block = match meaning {
        Meaning::Foreign(of) => Block::of(format!("pub use {} as {path}", of.join("::"))),
        Meaning::Module(_) => Block::of(format!("pub mod {path}")),
        Meaning::Item(module, at) => match view.reach.main_path(meaning) {
            Some(main) if main != path => Block::of(format!("pub use {main} as {path}")),
            _ => {
                let around = &view.found.modules[*module];
                let item = &around.items[*at];
                needed.extend(around.conditions.iter().cloned());
                needed.extend(conditions(attributes(item)));
                items::block(view, *module, item, path)
            }
        },
    };
    block.title = format!("{}{}", conditional(&needed), block.title);
    block
}

fn text(
    blocks: &BTreeMap<(String, Meaning), Block>,
    others: &BTreeSet<String>,
    unexpanded: &[String],
) -> String {
    let mut lines = Vec::new();
    for block in blocks.values() {
        lines.push(block.title.clone());
        lines.extend(block.parts.iter().map(|part| format!("    {part}")));
        let mut members: Vec<&String> = block.members.iter().collect();
        members.sort_by_key(|member| without_marks(member));
        lines.extend(members.iter().map(|member| format!("    {member}")));
    }
    if !others.is_empty() {
        lines.push("implementations for types of other crates".to_owned());
        lines.extend(others.iter().map(|other| format!("    {other}")));
    }
    lines.extend(unexpanded.iter().map(|it| format!("not expanded: {it}")));
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// The conditions under which something is compiled, each with a space after it.
pub(crate) fn conditional(conditions: &BTreeSet<String>) -> String {
    let conditions = conditions
        .iter()
        .map(|condition| format!("#[{}] ", compact(condition)));
    conditions.collect()
}
