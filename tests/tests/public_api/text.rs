//! Signatures as text: without bodies, documentation and patterns, with every path written out.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, FnArg, GenericArgument, Generics, Item, Pat, Path, PathArguments, Signature,
    TypePath,
};

use super::reach::Reach;
use super::resolve::Meaning;
use super::source::Crate;

/// Stands before the name of something that nobody outside of the crate can name.
pub(crate) const PRIVATE: &str = "private::";

/// What every module knows of the standard library, or what needs no path to be clear.
const FAMILIAR: [(&str, &str); 34] = [
    ("borrow", "Cow"),
    ("boxed", "Box"),
    ("clone", "Clone"),
    ("cmp", "Eq"),
    ("cmp", "Ord"),
    ("cmp", "PartialEq"),
    ("cmp", "PartialOrd"),
    ("collections", "BTreeMap"),
    ("convert", "AsRef"),
    ("convert", "From"),
    ("convert", "Into"),
    ("convert", "TryFrom"),
    ("convert", "TryInto"),
    ("default", "Default"),
    ("fmt", "Debug"),
    ("fmt", "Display"),
    ("future", "Future"),
    ("hash", "Hash"),
    ("iter", "FromIterator"),
    ("iter", "IntoIterator"),
    ("iter", "Iterator"),
    ("marker", "Copy"),
    ("marker", "Send"),
    ("marker", "Sync"),
    ("ops", "Deref"),
    ("ops", "Fn"),
    ("ops", "FnMut"),
    ("ops", "FnOnce"),
    ("option", "Option"),
    ("result", "Result"),
    ("str", "FromStr"),
    ("string", "String"),
    ("string", "ToString"),
    ("vec", "Vec"),
];

/// Writes text for what stands in one module.
pub(crate) struct Writer<'a> {
    pub(crate) found: &'a Crate,
    pub(crate) reach: &'a Reach,
    pub(crate) module: usize,
}

impl Writer<'_> {
    /// A function without its body.
    pub(crate) fn signature(&mut self, signature: &Signature) -> String {
        let mut signature = signature.clone();
        for input in &mut signature.inputs {
            match input {
                FnArg::Receiver(receiver) => receiver.attrs.clear(),
                FnArg::Typed(typed) => {
                    typed.attrs.clear();
                    if let Pat::Ident(pattern) = &mut *typed.pat {
                        pattern.mutability = None;
                    }
                }
            }
        }
        self.visit_signature_mut(&mut signature);
        let text = pretty(&format!("{} {{}}", signature.to_token_stream()));
        // Whether a method changes what it owns does not concern its callers.
        let text = text.replacen("(mut self", "(self", 1);
        text.trim_end_matches(" {}").to_owned()
    }

    /// A type.
    pub(crate) fn of_type(&mut self, of: &syn::Type) -> String {
        let mut of = of.clone();
        self.visit_type_mut(&mut of);
        between(
            &pretty(&format!("type X = {};", of.to_token_stream())),
            "type X = ",
            ";",
        )
    }

    /// The generics of an item, as they follow its name, and its conditions on them.
    pub(crate) fn generics(&mut self, generics: &Generics) -> String {
        let mut generics = generics.clone();
        self.visit_generics_mut(&mut generics);
        let conditions = generics.where_clause.to_token_stream();
        let generics = generics.to_token_stream();
        between(
            &pretty(&format!("struct X {generics} {conditions};")),
            "struct X",
            ";",
        )
    }

    /// A piece of code that is an item by itself, such as the head of an `impl`.
    pub(crate) fn item(&mut self, mut item: Item) -> String {
        self.visit_item_mut(&mut item);
        pretty(&item.to_token_stream().to_string())
    }

    /// A path.
    pub(crate) fn path(&mut self, path: &Path) -> String {
        let mut path = path.clone();
        self.visit_path_mut(&mut path);
        between(
            &pretty(&format!("type X = {};", path.to_token_stream())),
            "type X = ",
            ";",
        )
    }

    /// An associated type of a trait.
    pub(crate) fn associated_type(&mut self, of: &syn::TraitItemType) -> String {
        let mut of = of.clone();
        self.visit_trait_item_type_mut(&mut of);
        between(
            &pretty(&format!("trait X {{ {} }}", of.to_token_stream())),
            "trait X { ",
            "; }",
        )
    }

    /// What a path means that no module is.
    fn meaning(&self, path: &Path) -> Option<Meaning> {
        let mut names: Vec<String> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        if path.leading_colon.is_some() {
            names.insert(0, String::new());
        }
        let meanings = self.found.resolve(self.module, &names).into_iter();
        meanings
            .filter(|meaning| !matches!(meaning, Meaning::Module(_)))
            .min()
    }

    /// The same path as others would write it.
    fn written(&self, path: &Path) -> Option<Path> {
        let last = path.segments.last()?;
        let has_arguments = |it: &&syn::PathSegment| !it.arguments.is_none();
        if path
            .segments
            .iter()
            .rev()
            .skip(1)
            .any(|it| has_arguments(&it))
        {
            return None;
        }
        let meaning = self.meaning(path)?;
        let written = match (self.reach.main_path(&meaning), &meaning) {
            (Some(main), _) => main.to_owned(),
            (None, Meaning::Foreign(names)) => familiar(names),
            (None, _) => format!("{PRIVATE}{}", last.ident),
        };
        let mut written: Path = syn::parse_str(&written).ok()?;
        written.segments.last_mut()?.arguments = last.arguments.clone();
        Some(written)
    }

    /// What a private alias stands for, in which others would see through it.
    fn unaliased(&mut self, of: &syn::Type) -> Option<syn::Type> {
        let syn::Type::Path(of) = of else {
            return None;
        };
        let meaning = self.meaning(&of.path).filter(|_| of.qself.is_none())?;
        let Meaning::Item(module, at) = meaning else {
            return None;
        };
        let Item::Type(alias) = &self.found.modules[module].items[at] else {
            return None;
        };
        if self.reach.main_path(&meaning).is_some() {
            return None;
        }
        let mut stands_for = (*alias.ty).clone();
        let mut there = Writer {
            module,
            found: self.found,
            reach: self.reach,
        };
        there.visit_type_mut(&mut stands_for);
        let given = match &of.path.segments.last()?.arguments {
            PathArguments::AngleBracketed(given) => given.args.iter().cloned().collect(),
            _ => Vec::new(),
        };
        let names = alias.generics.type_params().map(|it| it.ident.to_string());
        let types = given.into_iter().filter_map(|argument| match argument {
            GenericArgument::Type(mut of) => {
                self.visit_type_mut(&mut of);
                Some(of)
            }
            _ => None,
        });
        Substitution(names.zip(types).collect()).visit_type_mut(&mut stands_for);
        Some(stands_for)
    }
}

/// Puts types in the place of the parameters of an alias.
struct Substitution(BTreeMap<String, syn::Type>);

impl VisitMut for Substitution {
    fn visit_type_mut(&mut self, of: &mut syn::Type) {
        visit_mut::visit_type_mut(self, of);
        if let syn::Type::Path(path) = of
            && let Some(name) = path.path.get_ident()
            && let Some(given) = self.0.get(&name.to_string())
        {
            *of = given.clone();
        }
    }
}

impl VisitMut for Writer<'_> {
    fn visit_attributes_mut(&mut self, _: &mut Vec<Attribute>) {}

    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}

    fn visit_type_mut(&mut self, of: &mut syn::Type) {
        if let Some(stands_for) = self.unaliased(of) {
            *of = stands_for;
        } else {
            visit_mut::visit_type_mut(self, of);
        }
    }

    fn visit_type_path_mut(&mut self, of: &mut TypePath) {
        let Some(of_type) = &mut of.qself else {
            visit_mut::visit_type_path_mut(self, of);
            return;
        };
        // `<T as path::Trait>::Name`: the trait is a path of its own.
        self.visit_type_mut(&mut of_type.ty);
        let rest: Vec<_> = of
            .path
            .segments
            .iter()
            .skip(of_type.position)
            .cloned()
            .collect();
        let mut of_trait = of.path.clone();
        of_trait.segments = of
            .path
            .segments
            .iter()
            .take(of_type.position)
            .cloned()
            .collect();
        if of_type.position > 0 {
            self.visit_path_mut(&mut of_trait);
        }
        of_type.position = of_trait.segments.len();
        of_trait.segments.extend(rest);
        of.path = of_trait;
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if let Some(written) = self.written(path) {
            *path = written;
        }
    }
}

/// A path into another crate, short where it belongs to the standard library and is familiar.
fn familiar(names: &[String]) -> String {
    if let [root, module, name] = names
        && ["std", "core", "alloc"].contains(&root.as_str())
        && FAMILIAR.contains(&(module.as_str(), name.as_str()))
    {
        return name.clone();
    }
    names.join("::")
}

/// Code on one line, formatted.
fn pretty(code: &str) -> String {
    let file = syn::parse_file(code).unwrap_or_else(|error| panic!("{error}: {code}"));
    let lines = prettyplease::unparse(&file);
    let mut text = lines.split_whitespace().collect::<Vec<_>>().join(" ");
    // What stood on lines of its own has a comma at the end, and spaces beside the brackets.
    for (from, to) in [
        ("< ", "<"),
        (", >", ">"),
        ("( ", "("),
        (", )", ")"),
        (" )", ")"),
        (", {}", " {}"),
        (",;", ";"),
    ] {
        text = text.replace(from, to);
    }
    text
}

fn between(text: &str, before: &str, after: &str) -> String {
    let text = text.strip_prefix(before).unwrap_or(text);
    text.strip_suffix(after).unwrap_or(text).to_owned()
}
