//! Gives the enums that responses hold a variant for values the document does not name.
//!
//! A service that adds a state must not cost its clients the whole response. Retired when typify has open
//! enums.

use std::collections::{HashMap, HashSet};

use syn::visit_mut::{self, VisitMut};
use syn::{Arm, Expr, Fields, Ident, ImplItemFn, Item, ItemEnum, ItemImpl, parse_quote};

use super::{find, ident};

/// Adds the variant to every enum of plain strings that responses reach, and makes its `impl`s know it.
pub(super) fn apply(types: &mut [Item], reached: &HashSet<String>) {
    let mut opened: HashMap<String, Ident> = HashMap::new();
    for item in types.iter_mut() {
        if let Item::Enum(item) = item
            && reached.contains(&item.ident.to_string())
            && is_plain(item)
        {
            opened.insert(item.ident.to_string(), open(item));
        }
    }
    for item in types {
        if let Item::Impl(item) = item
            && let Some(variant) = find::self_type(item).and_then(|name| opened.get(&name))
        {
            adapt(item, variant);
        }
    }
}

/// Whether all variants are values without data, each of which is a string on the wire.
fn is_plain(item: &ItemEnum) -> bool {
    !item.variants.is_empty()
        && item
            .variants
            .iter()
            .all(|variant| matches!(variant.fields, Fields::Unit))
}

fn open(item: &mut ItemEnum) -> Ident {
    let taken: HashSet<String> = item
        .variants
        .iter()
        .map(|variant| variant.ident.to_string())
        .collect();
    let mut name = "Unknown".to_owned();
    while taken.contains(&name) {
        name.push('_');
    }
    let variant = ident(&name);
    // The string in it cannot be copied.
    for attribute in &mut item.attrs {
        if attribute.path().is_ident("derive")
            && let Ok(paths) = attribute.parse_args_with(
                syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated,
            )
        {
            let kept = paths.iter().filter(|path| !path.is_ident("Copy"));
            *attribute = parse_quote!(#[derive(#(#kept),*)]);
        }
    }
    item.variants.push(parse_quote! {
        /// A value that this version of the API description does not name.
        #[serde(untagged)]
        #variant(::std::string::String)
    });
    variant
}

fn adapt(item: &mut ItemImpl, variant: &Ident) {
    if let Some(display) = find::function(item, "fmt") {
        by_reference(
            display,
            &parse_quote!(Self::#variant(value) => f.write_str(value),),
        );
    }
    if let Some(parse) = find::function(item, "from_str") {
        let mut fallback = Fallback(variant);
        fallback.visit_block_mut(&mut parse.block);
    }
}

/// `match *self { … }` becomes `match self { …, arm }`.
fn by_reference(function: &mut ImplItemFn, arm: &Arm) {
    struct ByReference<'a>(&'a Arm);
    impl VisitMut for ByReference<'_> {
        fn visit_expr_match_mut(&mut self, expr: &mut syn::ExprMatch) {
            if let Expr::Unary(inner) = &*expr.expr {
                let inner = inner.expr.clone();
                *expr.expr = *inner;
            }
            expr.arms.push(self.0.clone());
        }
    }
    ByReference(arm).visit_block_mut(&mut function.block);
}

/// `_ => Err(…)` becomes `_ => Ok(Self::Unknown(…))`.
struct Fallback<'a>(&'a Ident);

impl VisitMut for Fallback<'_> {
    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        if matches!(arm.pat, syn::Pat::Wild(_)) {
            let variant = self.0;
            *arm.body = parse_quote!(Ok(Self::#variant(value.to_string())));
        }
        visit_mut::visit_arm_mut(self, arm);
    }
}
