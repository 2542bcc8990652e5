//! Which generated types a request or a response may hold, and which of them hold a given one.

use std::collections::{HashMap, HashSet};

use syn::visit::{self, Visit};
use syn::{File, ImplItemFn, Item, ItemEnum, ItemStruct, Path};

/// The names of the types in `types` that the success or error of some operation reaches.
pub(crate) fn from_responses(file: &File) -> HashSet<String> {
    reached(file, sends)
}

/// Whether a function of a builder is `send`, or what `send` calls: nothing else waits.
fn sends(function: &ImplItemFn) -> bool {
    function.sig.asyncness.is_some()
}

/// The names of the types in `types` that hold a value of the type `name`, however deep in them.
pub(crate) fn holders_of(file: &File, name: &str) -> HashSet<String> {
    let uses = uses(file);
    let mut open = vec![name.to_owned()];
    let mut holders = HashSet::new();
    while let Some(held) = open.pop() {
        for (user, used) in &uses {
            if used.contains(&held) && holders.insert(user.clone()) {
                open.push(user.clone());
            }
        }
    }
    holders
}

/// The names of the types that the signatures of some functions of builders reach.
fn reached(file: &File, wanted: impl Fn(&ImplItemFn) -> bool) -> HashSet<String> {
    let uses = uses(file);
    let mut open: Vec<String> = named(file, wanted).into_iter().collect();
    let mut reached = HashSet::new();
    while let Some(name) = open.pop() {
        if let Some(next) = uses.get(&name)
            && reached.insert(name)
        {
            open.extend(next.iter().cloned());
        }
    }
    reached
}

/// The names that each type in `types` has in its fields.
fn uses(file: &File) -> HashMap<String, HashSet<String>> {
    let mut uses = HashMap::new();
    for item in inline(file, "types") {
        let mut names = Names::default();
        let ident = match item {
            Item::Struct(ItemStruct { ident, fields, .. }) => {
                fields.iter().for_each(|field| names.visit_type(&field.ty));
                ident
            }
            Item::Enum(ItemEnum {
                ident, variants, ..
            }) => {
                variants
                    .iter()
                    .flat_map(|variant| variant.fields.iter())
                    .for_each(|field| names.visit_type(&field.ty));
                ident
            }
            _ => continue,
        };
        uses.insert(ident.to_string(), names.0);
    }
    uses
}

/// The names in the signatures of some functions of builders.
fn named(file: &File, wanted: impl Fn(&ImplItemFn) -> bool) -> HashSet<String> {
    let mut names = Names::default();
    for item in inline(file, "builder") {
        let Item::Impl(item) = item else { continue };
        for item in &item.items {
            if let syn::ImplItem::Fn(function) = item
                && wanted(function)
            {
                names.visit_signature(&function.sig);
            }
        }
    }
    names.0
}

/// The items of the inline module `name`.
pub(crate) fn inline<'a>(file: &'a File, name: &'a str) -> impl Iterator<Item = &'a Item> {
    file.items
        .iter()
        .filter_map(move |item| match item {
            Item::Mod(module) if module.ident == name => module.content.as_ref(),
            _ => None,
        })
        .flat_map(|(_, items)| items)
}

/// The last segments of all paths in a type.
#[derive(Default)]
struct Names(HashSet<String>);

impl<'ast> Visit<'ast> for Names {
    fn visit_path(&mut self, path: &'ast Path) {
        if let Some(segment) = path.segments.last() {
            self.0.insert(segment.ident.to_string());
        }
        visit::visit_path(self, path);
    }
}
