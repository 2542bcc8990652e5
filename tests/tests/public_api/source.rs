//! The modules of a crate, from its files.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, File, ImplItem, Item, Macro};

use super::expand::Rules;

/// How often a macro may lead to a macro.
const DEEPEST: usize = 16;

/// A crate: its modules, of which the first is the root.
#[derive(Default)]
pub(crate) struct Crate {
    pub(crate) modules: Vec<Module>,
    /// Invocations of macros that are not the crate's own: what they define is not known.
    pub(crate) unexpanded: Vec<String>,
    macros: BTreeMap<String, Rules>,
}

/// A module.
pub(crate) struct Module {
    pub(crate) parent: Option<usize>,
    /// The conditions under which the module and those around it are compiled.
    pub(crate) conditions: Vec<String>,
    /// Its items, with macros expanded. Of modules in it, only the declaration is here.
    pub(crate) items: Vec<Item>,
    /// Modules in it, by name.
    pub(crate) children: BTreeMap<String, usize>,
}

/// Where the files of a module's children are, and what reads them.
#[derive(Clone)]
struct Place<'a> {
    read: &'a dyn Fn(&str) -> Option<String>,
    /// The file that the module stands in, for messages.
    file: String,
    /// The directory of the files of its children, with a slash at the end unless it is the root.
    directory: String,
}

impl Crate {
    /// Reads the crate whose root is `lib.rs`; `read` gives the text of a file.
    pub(crate) fn read(read: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut loaded = Self::default();
        let root = "lib.rs".to_owned();
        let items = parse(&root, &read(&root).expect("there is lib.rs"));
        let place = Place {
            read,
            file: root,
            directory: String::new(),
        };
        loaded.add(None, Vec::new(), items, &place);
        loaded
    }

    fn add(
        &mut self,
        parent: Option<usize>,
        conditions: Vec<String>,
        items: Vec<Item>,
        place: &Place<'_>,
    ) -> usize {
        let at = self.modules.len();
        self.modules.push(Module {
            parent,
            conditions,
            items: Vec::new(),
            children: BTreeMap::new(),
        });
        for item in items {
            self.add_item(at, item, place, 0);
        }
        at
    }

    fn add_item(&mut self, module: usize, item: Item, place: &Place<'_>, depth: usize) {
        if is_for_tests(attributes(&item)) {
            return;
        }
        match item {
            Item::Mod(mut declaration) => {
                let name = declaration.ident.to_string();
                let content = declaration.content.take().map(|(_, items)| items);
                let mut conditions = self.modules[module].conditions.clone();
                conditions.extend(self::conditions(&declaration.attrs));
                let (items, place) = children(&declaration.attrs, &name, content, place);
                let child = self.add(Some(module), conditions, items, &place);
                self.modules[module].children.insert(name, child);
                self.modules[module].items.push(Item::Mod(declaration));
            }
            Item::Macro(definition) if definition.ident.is_some() => {
                let name = definition.ident.as_ref().map(ToString::to_string);
                let rules = Rules::parse(&definition.mac.tokens);
                self.macros.insert(name.unwrap_or_default(), rules);
                self.modules[module].items.push(Item::Macro(definition));
            }
            Item::Macro(invocation) => {
                let parser = |input: ParseStream<'_>| {
                    let mut items = Vec::new();
                    while !input.is_empty() {
                        items.push(input.parse::<Item>()?);
                    }
                    Ok(items)
                };
                for item in self.expanded(&invocation.mac, parser, place, depth) {
                    self.add_item(module, item, place, depth + 1);
                }
            }
            Item::Impl(mut block) => {
                let items = std::mem::take(&mut block.items);
                for item in items {
                    self.add_impl_item(&mut block.items, item, place, 0);
                }
                self.modules[module].items.push(Item::Impl(block));
            }
            other => self.modules[module].items.push(other),
        }
    }

    fn add_impl_item(
        &mut self,
        to: &mut Vec<ImplItem>,
        item: ImplItem,
        place: &Place<'_>,
        depth: usize,
    ) {
        let ImplItem::Macro(invocation) = item else {
            to.push(item);
            return;
        };
        let parser = |input: ParseStream<'_>| {
            let mut items = Vec::new();
            while !input.is_empty() {
                items.push(input.parse::<ImplItem>()?);
            }
            Ok(items)
        };
        for item in self.expanded(&invocation.mac, parser, place, depth) {
            self.add_impl_item(to, item, place, depth + 1);
        }
    }

    /// What an invocation stands for; nothing, and a note, if that is not known.
    fn expanded<T>(
        &mut self,
        invocation: &Macro,
        parser: impl Parser<Output = Vec<T>>,
        place: &Place<'_>,
        depth: usize,
    ) -> Vec<T> {
        let name = invocation
            .path
            .to_token_stream()
            .to_string()
            .replace(' ', "");
        let short = name.rsplit("::").next().unwrap_or_default();
        let rules = self.macros.get(short).filter(|_| depth < DEEPEST);
        let tokens = rules.and_then(|rules| rules.expand(&invocation.tokens));
        let items = tokens.and_then(|tokens| parser.parse2(tokens).ok());
        items.unwrap_or_else(|| {
            self.unexpanded.push(format!("{name}! in {}", place.file));
            Vec::new()
        })
    }
}

/// The items of a module that is declared at a place, and where its own children are.
fn children<'a>(
    attributes: &[Attribute],
    name: &str,
    content: Option<Vec<Item>>,
    place: &Place<'a>,
) -> (Vec<Item>, Place<'a>) {
    let directory = format!("{}{name}/", place.directory);
    if let Some(items) = content {
        return (
            items,
            Place {
                directory,
                ..place.clone()
            },
        );
    }
    let given = attributes
        .iter()
        .find(|attribute| attribute.path().is_ident("path"));
    let candidates = match given.map(|attribute| attribute.meta.to_token_stream().to_string()) {
        Some(path) => {
            let path = path.split('"').nth(1).unwrap_or_default();
            let path = format!("{}{path}", directory_of(&place.file));
            // The children of such a file stand beside it.
            let beside = directory_of(&path);
            vec![(path, beside)]
        }
        None => vec![
            (format!("{}{name}.rs", place.directory), directory.clone()),
            (format!("{directory}mod.rs"), directory),
        ],
    };
    let mut found = candidates
        .iter()
        .filter_map(|it| Some((it, (place.read)(&it.0)?)));
    let Some(((file, directory), text)) = found.next() else {
        panic!("there is none of {candidates:?}");
    };
    let place = Place {
        read: place.read,
        file: file.clone(),
        directory: directory.clone(),
    };
    (parse(file, &text), place)
}

/// The directory of a file, with a slash at the end unless it is the root.
fn directory_of(file: &str) -> String {
    file.rsplit_once('/')
        .map_or(String::new(), |(directory, _)| format!("{directory}/"))
}

fn parse(path: &str, text: &str) -> Vec<Item> {
    let file: File =
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path} is Rust: {error}"));
    file.items
}

/// The conditions that attributes name, as `cfg(…)`.
pub(crate) fn conditions(attributes: &[Attribute]) -> Vec<String> {
    let conditions = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"));
    conditions
        .map(|attribute| attribute.meta.to_token_stream().to_string())
        .collect()
}

/// Whether something is compiled for the tests of the crate only.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    let conditions = conditions(attributes);
    let mut conditions = conditions
        .iter()
        .map(|condition| condition.replace(' ', ""));
    conditions.any(|condition| condition == "cfg(test)" || condition.starts_with("cfg(all(test,"))
}

/// The attributes of an item.
pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Union(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}
