//! Reads the types: what they hold, how they are written, and what they can do.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use syn::visit::{self, Visit};
use syn::{Attribute, Fields, Ident, ImplItem, Item, ItemImpl, Path, Visibility};

use super::super::api::{Member, Shape, Type};
use super::super::change::Position;
use super::attributes::{self, Serde};
use super::{Ground, code, description, inline, plain};
use crate::finding::Location;
use crate::pointer::Pointer;

/// What is known of types beside their code.
struct Known<'a> {
    ground: &'a Ground<'a>,
    positions: &'a HashMap<String, Position>,
    places: &'a HashMap<String, Pointer>,
    /// The functions that give the values of fields that are missing, by their paths.
    defaults: HashMap<String, String>,
}

pub(super) fn read(
    ground: &Ground<'_>,
    positions: &HashMap<String, Position>,
    places: &HashMap<String, Pointer>,
) -> BTreeMap<String, Type> {
    let known = Known {
        ground,
        positions,
        places,
        defaults: defaults(ground),
    };
    let documented = inline(ground.documented, "types");
    let mut types: BTreeMap<String, Type> =
        documented.filter_map(|item| known.item(item)).collect();
    for item in inline(ground.bare, "types") {
        match item {
            Item::Impl(item) => ability(item, &mut types),
            Item::Struct(item) => add_code(&item.ident, code(item), &mut types),
            Item::Enum(item) => add_code(&item.ident, code(item), &mut types),
            Item::Type(item) => add_code(&item.ident, code(item), &mut types),
            _ => {}
        }
    }
    types
}

/// Whether an item of `types` belongs to a type of the document, or to the builders of such types.
pub(super) fn is_of_the_document(item: &Item) -> bool {
    match item {
        Item::Struct(_) | Item::Enum(_) | Item::Type(_) | Item::Impl(_) => true,
        Item::Mod(module) => module.ident == "builder" || module.ident == "defaults",
        _ => false,
    }
}

/// The last segment of the type that an `impl` is for.
pub(super) fn self_type(item: &ItemImpl) -> Option<String> {
    match &*item.self_ty {
        syn::Type::Path(path) => {
            let last = path.path.segments.last();
            last.map(|segment| segment.ident.to_string())
        }
        _ => None,
    }
}

fn defaults(ground: &Ground<'_>) -> HashMap<String, String> {
    let items = inline(ground.bare, "types").filter_map(|item| match item {
        Item::Mod(module) if module.ident == "defaults" => module.content.as_ref(),
        _ => None,
    });
    let functions = items.flat_map(|(_, items)| items);
    functions
        .filter_map(|item| match item {
            Item::Fn(function) => {
                let path = format!("defaults::{}", function.sig.ident);
                Some((path, code(&function.block)))
            }
            _ => None,
        })
        .collect()
}

impl Known<'_> {
    fn item(&self, item: &Item) -> Option<(String, Type)> {
        let (ident, attrs, shape, members) = match item {
            Item::Struct(item) => {
                let shape = match item.fields {
                    Fields::Named(_) => Shape::Struct,
                    Fields::Unnamed(_) | Fields::Unit => Shape::Newtype,
                };
                (
                    &item.ident,
                    &item.attrs,
                    shape,
                    self.fields(&item.ident, &item.fields),
                )
            }
            Item::Enum(item) => {
                let members = item.variants.iter().map(|variant| {
                    let holds = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => plain(fields),
                    };
                    let name = variant.ident.to_string();
                    let place = self.place(&item.ident);
                    (
                        name.clone(),
                        self.member(name, holds, &variant.attrs, place),
                    )
                });
                (&item.ident, &item.attrs, Shape::Enum, members.collect())
            }
            Item::Type(item) => {
                let place = self.place(&item.ident);
                let member = self.member("0".to_owned(), plain(&item.ty), &[], place);
                let members = IndexMap::from([("0".to_owned(), member)]);
                (&item.ident, &item.attrs, Shape::Alias, members)
            }
            _ => return None,
        };
        let name = ident.to_string();
        let derived = attributes::derived(attrs).into_iter();
        let found = Type {
            shape,
            members,
            abilities: derived.map(|name| (name, String::new())).collect(),
            open: attributes::has(attrs, "non_exhaustive"),
            deprecated: attributes::has(attrs, "deprecated"),
            description: description(attrs),
            code: String::new(),
            position: self
                .positions
                .get(&name)
                .copied()
                .unwrap_or(Position::Nowhere),
            location: self.place(ident),
        };
        Some((name, found))
    }

    fn fields(&self, owner: &Ident, fields: &Fields) -> IndexMap<String, Member> {
        let fields = fields.iter().enumerate().map(|(at, field)| {
            let name = match &field.ident {
                Some(ident) => ident.to_string(),
                None => at.to_string(),
            };
            let place = self.place(owner);
            let mut member = self.member(name.clone(), plain(&field.ty), &field.attrs, place);
            if let Some(pointer) = self.places.get(&owner.to_string()) {
                let property = pointer.join("properties").join(&member.name);
                member.location = self.ground.document.locate(&property);
            }
            (name, member)
        });
        fields.collect()
    }

    fn member(
        &self,
        name: String,
        holds: String,
        attrs: &[Attribute],
        location: Location,
    ) -> Member {
        let mut serde = Serde::of(attrs);
        let default = serde
            .default
            .as_ref()
            .and_then(|path| self.defaults.get(path));
        serde.rest.extend(default.cloned());
        Member {
            holds,
            name: serde
                .name
                .unwrap_or_else(|| name.trim_end_matches('_').to_owned()),
            aliases: serde.aliases,
            serde: serde.rest.join(", "),
            deprecated: attributes::has(attrs, "deprecated"),
            description: description(attrs),
            location,
        }
    }

    fn place(&self, owner: &Ident) -> Location {
        let pointer = self.places.get(&owner.to_string());
        let root = Pointer::root();
        self.ground.document.locate(pointer.unwrap_or(&root))
    }
}

/// Adds what an `impl` lets a type do.
fn ability(item: &ItemImpl, types: &mut BTreeMap<String, Type>) {
    let owner = self_type(item).filter(|name| types.contains_key(name));
    let foreign = owner.is_none();
    let Some(owner) = owner.or_else(|| mentioned(item, types)) else {
        return;
    };
    let Some(owner) = types.get_mut(&owner) else {
        return;
    };
    owner.code.push_str(&code(item));
    match &item.trait_ {
        Some((path, _)) => {
            let mut name = of_serde(path).unwrap_or_else(|| plain(path));
            if foreign {
                name = format!("{name} for {}", plain(&item.self_ty));
            }
            let name = name.trim_start_matches("::std::").to_owned();
            owner.abilities.insert(name, String::new());
        }
        None => {
            let functions = item.items.iter().filter_map(|item| match item {
                ImplItem::Fn(function) if matches!(function.vis, Visibility::Public(_)) => Some((
                    format!("{}()", function.sig.ident),
                    super::signature(&function.sig),
                )),
                _ => None,
            });
            owner.abilities.extend(functions);
        }
    }
}

/// The name of a trait of serde, as a derive has it: which of the two it is makes no difference to a caller.
fn of_serde(path: &Path) -> Option<String> {
    let is_of_serde = path.segments.first()?.ident == "serde";
    let name = path.segments.last()?.ident.to_string();
    is_of_serde.then_some(name)
}

/// A type of the document that an `impl` for another type is about: `impl From<Pet> for String`.
fn mentioned(item: &ItemImpl, types: &BTreeMap<String, Type>) -> Option<String> {
    struct First<'a> {
        types: &'a BTreeMap<String, Type>,
        found: Option<String>,
    }
    impl<'ast> Visit<'ast> for First<'_> {
        fn visit_path(&mut self, path: &'ast Path) {
            if let Some(last) = path.segments.last()
                && self.found.is_none()
            {
                let name = last.ident.to_string();
                self.found = self.types.contains_key(&name).then_some(name);
            }
            visit::visit_path(self, path);
        }
    }
    let mut first = First { types, found: None };
    if let Some((path, _)) = &item.trait_ {
        first.visit_path(path);
    }
    first.found
}

fn add_code(ident: &Ident, code: String, types: &mut BTreeMap<String, Type>) {
    if let Some(found) = types.get_mut(&ident.to_string()) {
        found.code.push_str(&code);
    }
}
