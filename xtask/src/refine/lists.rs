//! Lets the setters of lists take anything that gives its items.
//!
//! progenitor asks for what can be made a `Vec<String>` at once, and neither `["a", "b"]` nor an iterator can.
//! Retired when progenitor takes iterators.

use syn::{
    GenericArgument, Ident, ImplItemFn, PathArguments, Type, TypeParamBound, TypePath,
    WherePredicate, parse_quote,
};

use super::{Builder, Missing, find, ident};

/// Rewrites the setter of every query parameter with several values.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    for parameter in &builder.operation.parameters {
        if parameter.place != "query" || !parameter.repeated {
            continue;
        }
        let name = parameter.setter_name();
        let setter = find::function(builder.implementation, &name)
            .ok_or_else(|| format!("no function `{name}`"))?;
        match list(setter) {
            // A list with a name of its own is a type that the caller makes.
            Some(list) if is_of_the_document(list) => {}
            list => {
                let item = list.and_then(|list| argument(&list.path, "Vec")).cloned();
                let item = item.ok_or_else(|| {
                    format!("a function `{name}` that does not take what can be made a `Vec`")
                })?;
                *setter = taking_items(setter, &ident(&name), &item, parameter.required);
            }
        }
    }
    Ok(())
}

/// The `T` of a setter with `where V: TryInto<T>`.
fn list(setter: &ImplItemFn) -> Option<&TypePath> {
    let clause = setter.sig.generics.where_clause.as_ref()?;
    let WherePredicate::Type(predicate) = clause.predicates.first()? else {
        return None;
    };
    let TypeParamBound::Trait(bound) = predicate.bounds.first()? else {
        return None;
    };
    match argument(&bound.path, "TryInto")? {
        Type::Path(list) => Some(list),
        _ => None,
    }
}

/// Whether this is `types::T`.
fn is_of_the_document(kind: &TypePath) -> bool {
    let first = kind.path.segments.first();
    first.is_some_and(|first| first.ident == "types")
}

/// The `T` of a path that ends in `name<T>`.
fn argument<'a>(path: &'a syn::Path, name: &str) -> Option<&'a Type> {
    let last = path.segments.last().filter(|last| last.ident == name)?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
            GenericArgument::Type(kind) => Some(kind),
            _ => None,
        },
        _ => None,
    }
}

fn taking_items(setter: &ImplItemFn, name: &Ident, item: &Type, required: bool) -> ImplItemFn {
    let attributes = &setter.attrs;
    let field: syn::Expr = if required {
        parse_quote!(Ok(values))
    } else {
        parse_quote!(Ok(Some(values)))
    };
    parse_quote! {
        #(#attributes)*
        pub fn #name<V>(mut self, values: V) -> Self
        where
            V: ::std::iter::IntoIterator,
            V::Item: ::std::convert::Into<#item>,
        {
            let values = values.into_iter().map(::std::convert::Into::into).collect();
            self.#name = #field;
            self
        }
    }
}
