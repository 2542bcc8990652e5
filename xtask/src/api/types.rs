//! Reads the types: what they hold, how they are written, and what they can do.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, ImplItem, Item as Syntax, ItemImpl, LitStr, Meta, Token, Visibility};

use super::code::{self, Code, anonymous, plain, words};
use super::{Facet, Item, Noun, Reader};

/// The module of the types, and that of their builders.
pub(super) const MODULE: &str = "types";
pub(super) const BUILDERS: &str = "types::builder";

impl Reader {
    /// Takes the definition of a type, or what belongs to one: `impl From<Pet> for String` belongs to `Pet`. Gives back
    /// anything else.
    pub(super) fn of_type(&mut self, module: &str, item: Syntax) -> Option<Syntax> {
        // The declarations of the modules beside the types say nothing of their own.
        if module == MODULE && matches!(item, Syntax::Mod(_)) {
            return None;
        }
        let code = Code::of(&item);
        let head = code::head(&item);
        let (of, subject) = head.rsplit_once(" for ").unwrap_or(("", &head));
        if let (MODULE, Some(found)) = (module, definition(&item, &code)) {
            let name = words(subject).last().unwrap_or_default();
            self.types.insert(name.to_owned(), found);
        }
        let mut names = words(subject).chain(words(of));
        let Some(name) = names.find(|name| self.types.contains_key(*name)) else {
            return Some(item);
        };
        let owner = self.types.entry(name.to_owned()).or_default();
        if let (Syntax::Impl(block), MODULE) = (&item, module) {
            owner.ability(block, name);
        }
        if module == BUILDERS {
            // A builder says what has to be there.
            let text: String = code.text.split_whitespace().collect();
            for ((noun, field), part) in &mut owner.parts {
                let required = text.contains(&format!("self.{field}.required("));
                part.flag(Facet::Required, *noun == Noun::Field && required);
            }
        }
        let text = anonymous(&code.text, name);
        owner.identity.push_str(&text);
        owner.part(Noun::TypeCode, "").add(Facet::Code, &text);
        None
    }
}

impl Item {
    /// Adds what an `impl` lets a type do: a trait, or functions.
    fn ability(&mut self, block: &ItemImpl, owner: &str) {
        if let Some((path, _)) = &block.trait_ {
            // Whether serde's traits are derived or written out makes no difference to a caller.
            let (path, of) = (plain(path), plain(&block.self_ty));
            let of_serde = path
                .strip_prefix("serde::")
                .and_then(|name| name.split('<').next());
            let mut name = of_serde.unwrap_or(&path).to_owned();
            if of != owner {
                name += &format!(" for {of}");
            }
            self.part(Noun::Ability, &name);
        }
        for item in &block.items {
            if let ImplItem::Fn(function) = item
                && matches!(function.vis, Visibility::Public(_))
            {
                let part = self.part(Noun::Ability, &format!("{}()", function.sig.ident));
                let signature = code::signature(&function.sig);
                part.set(Facet::Signature, anonymous(&signature, owner));
            }
        }
    }

    /// Adds a field or a variant.
    fn member(
        &mut self,
        (noun, word): (Noun, &str),
        name: &str,
        holds: &impl ToTokens,
        attributes: &[Attribute],
    ) {
        let wire = name.trim_start_matches("r#").trim_end_matches('_');
        let mut wire = wire.to_owned();
        let mut aliases = String::new();
        for meta in arguments(attributes, "serde") {
            let text = meta.to_token_stream().to_string();
            let named = |before| syn::parse_str::<LitStr>(text.strip_prefix(before)?).ok();
            if let Some(name) = named("rename = ") {
                wire = name.value();
            } else if let Some(name) = named("alias = ") {
                aliases += &(name.value() + "\n");
            }
        }
        let part = self.part(noun, name);
        part.title = format!("the {word} `{name}`");
        if wire != name {
            part.title += &format!(" (`{wire}`)");
        }
        part.set(Facet::Holds, plain(holds));
        part.set(Facet::Wire, wire);
        part.set(Facet::Aliases, aliases);
        part.code(&Code::of_all(attributes));
    }
}

/// Reads the definition of a type.
fn definition(item: &Syntax, code: &Code) -> Option<Item> {
    let mut found = Item::default();
    found.part(Noun::Type, "");
    let field = (Noun::Field, "field");
    let (shape, attributes) = match item {
        Syntax::Struct(it) => {
            let mut shape = "a newtype";
            for (at, one) in it.fields.iter().enumerate() {
                let mut name = at.to_string();
                if let Some(ident) = &one.ident {
                    (shape, name) = ("a struct", ident.to_string());
                }
                found.member(field, &name, &one.ty, &one.attrs);
            }
            (shape, &it.attrs)
        }
        Syntax::Enum(it) => {
            for variant in &it.variants {
                let (noun, name) = ((Noun::Variant, "variant"), variant.ident.to_string());
                found.member(noun, &name, &variant.fields, &variant.attrs);
            }
            ("an enum", &it.attrs)
        }
        Syntax::Type(it) => {
            found.member(field, "0", &it.ty, &[]);
            ("an alias", &it.attrs)
        }
        _ => return None,
    };
    found.part(Noun::Type, "").set(Facet::Shape, shape);
    for meta in arguments(attributes, "derive") {
        if let Some(last) = meta.path().segments.last() {
            found.part(Noun::Ability, &last.ident.to_string());
        }
    }
    let whole = found.part(Noun::TypeCode, "");
    whole.title = "the type".to_owned();
    whole.set(Facet::Description, &code.description);
    whole.flag(Facet::Deprecated, code.deprecated);
    Some(found)
}

/// Returns the contents of the parentheses of the attributes of this name.
fn arguments(attributes: &[Attribute], name: &str) -> Vec<Meta> {
    let named = attributes.iter().filter(|it| it.path().is_ident(name));
    let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
    let lists = named.filter_map(|attribute| attribute.parse_args_with(parser).ok());
    lists.flatten().collect()
}
