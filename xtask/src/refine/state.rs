//! What a builder keeps until `send`: adds a field to it, or takes one out.

use syn::punctuated::Punctuated;
use syn::{
    Block, Expr, Field, FieldValue, Fields, Ident, ItemImpl, Member, Pat, PatStruct, Stmt, Token,
    Type, parse_quote,
};

use super::{Builder, Missing, find};

/// Adds the field `name`, which begins as `initial` and is a variable of that name in `send`.
pub(super) fn add(
    builder: &mut Builder<'_>,
    name: &Ident,
    kind: &Type,
    initial: &Expr,
) -> Result<(), Missing> {
    fields(builder)?.push(parse_quote!(#name: #kind));
    begun(builder.implementation)?.push(parse_quote!(#name: #initial));
    let mut taken: Stmt = parse_quote!(let Self { #name } = self;);
    let taken = pattern(&mut taken).map(|pattern| pattern.fields.clone());
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    taken_apart(&mut send.block)?
        .fields
        .extend(taken.into_iter().flatten());
    Ok(())
}

/// Takes the field `name` out, with the variable in `send`, and gives its type.
pub(super) fn remove(builder: &mut Builder<'_>, name: &str) -> Result<Type, Missing> {
    let missing = || format!("no field `{name}`");
    let all = fields(builder)?;
    let field = all
        .iter()
        .find(|field| field.ident.as_ref().is_some_and(|ident| ident == name))
        .ok_or_else(missing)?;
    let kind = field.ty.clone();
    keep(all, |field| {
        field.ident.as_ref().is_none_or(|ident| ident != name)
    });
    keep(
        begun(builder.implementation)?,
        |value| !matches!(&value.member, Member::Named(member) if member == name),
    );
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    keep(
        &mut taken_apart(&mut send.block)?.fields,
        |field| !matches!(&field.member, Member::Named(member) if member == name),
    );
    // `let name = name.map_err(…)?;`
    let (at, _) = find::binding(&mut send.block, name).ok_or_else(|| format!("no `let {name}`"))?;
    send.block.stmts.remove(at);
    Ok(kind)
}

/// The fields of the builder.
fn fields<'a>(
    builder: &'a mut Builder<'_>,
) -> Result<&'a mut Punctuated<Field, Token![,]>, Missing> {
    match &mut builder.structure.fields {
        Fields::Named(fields) => Ok(&mut fields.named),
        _ => Err("a builder without fields".into()),
    }
}

/// What the fields of the builder begin as, in `new`.
pub(super) fn begun(
    implementation: &mut ItemImpl,
) -> Result<&mut Punctuated<FieldValue, Token![,]>, Missing> {
    let new = find::function(implementation, "new").ok_or("no function `new`".to_owned())?;
    match new.block.stmts.last_mut() {
        Some(Stmt::Expr(Expr::Struct(builder), _)) => Ok(&mut builder.fields),
        _ => Err("a function `new` that does not end in the builder".into()),
    }
}

/// `Self { … }` of `let Self { … } = self`, with which `send` begins.
fn taken_apart(block: &mut Block) -> Result<&mut PatStruct, Missing> {
    let first = block.stmts.first_mut().and_then(pattern);
    first.ok_or_else(|| "no `let Self { … } = self`".into())
}

fn pattern(stmt: &mut Stmt) -> Option<&mut PatStruct> {
    match stmt {
        Stmt::Local(local) => match &mut local.pat {
            Pat::Struct(pattern) => Some(pattern),
            _ => None,
        },
        _ => None,
    }
}

/// Keeps those of a list that are wanted.
fn keep<T: Clone>(list: &mut Punctuated<T, Token![,]>, wanted: impl Fn(&T) -> bool) {
    *list = std::mem::take(list)
        .into_iter()
        .filter(|item| wanted(item))
        .collect();
}
