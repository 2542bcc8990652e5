//! Keeps the headers that may be left out in one map, in place of a field for each.
//!
//! progenitor gives each header a field, and `send` then asks each whether it was given. An operation with a dozen of
//! them is more than half a kilobyte that every setter moves, and as many branches to translate. Retired when
//! progenitor keeps a map.

use std::mem;

use syn::{Expr, ImplItemFn, Stmt, Type, parse_quote};

use super::{Builder, Missing, find, ident, state};
use crate::table::Parameter;

/// The name of the field with the map.
const FIELD: &str = "headers";

/// Makes the field, and has the setters of headers fill it.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let operation = builder.operation;
    let optional: Vec<&Parameter> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == "header" && !parameter.required)
        .collect();
    if optional.is_empty() && operation.header_families.is_empty() {
        return Ok(());
    }
    let field = ident(&name(builder));
    for parameter in optional {
        fill(builder, parameter)?;
    }
    state::add(
        builder,
        &field,
        &parse_quote!(super::runtime::Headers),
        &parse_quote!(::std::default::Default::default()),
    )?;
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let (_, map) =
        find::binding(&mut send.block, "header_map").ok_or("no `let header_map`".to_owned())?;
    *map = parse_quote!(#field.into_map().map_err(Error::InvalidRequest)?);
    Ok(())
}

/// The name of the field with the map, which no parameter has.
pub(super) fn name(builder: &Builder<'_>) -> String {
    builder.variable(FIELD)
}

/// Takes the field of a header away, and has its setter fill the map.
fn fill(builder: &mut Builder<'_>, parameter: &Parameter) -> Result<(), Missing> {
    let setter_name = parameter.setter_name();
    let held = ident(&name(builder));
    let is_text = find::holds_text(builder.structure, &setter_name);
    let kind = state::remove(builder, &setter_name)?;
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let before = send.block.stmts.len();
    send.block
        .stmts
        .retain(|stmt| !is_asked(stmt, &setter_name));
    if send.block.stmts.len() + 1 != before {
        return Err(format!("not one `if let Some(value) = {setter_name}`"));
    }
    let setter = find::function(builder.implementation, &setter_name)
        .ok_or_else(|| format!("no function `{setter_name}`"))?;
    let given = given(setter).ok_or_else(|| format!("a setter `{setter_name}` of another form"))?;
    find::take_from_chain(given, &|call| {
        call.method == "map" && call.args.first().is_some_and(find::is_some)
    })
    .ok_or_else(|| format!("a setter `{setter_name}` that does not wrap its value in `Some`"))?;
    let mut given = mem::replace(given, parse_quote!(()));
    if !is_text {
        let kind =
            inner(&kind).ok_or_else(|| format!("a field `{setter_name}` of another type"))?;
        given = parse_quote!(#given.map(|value: #kind| value.to_string()));
    }
    let wire = &parameter.name;
    setter.block = parse_quote!({
        let value = ();
        self.#held.set(#wire, value);
        self
    });
    // What is long is moved and not quoted: quoting writes it as tokens and reads it again.
    if let Some((_, value)) = find::binding(&mut setter.block, "value") {
        *value = given;
    }
    Ok(())
}

/// `T` of `Result<Option<T>, String>`.
fn inner(kind: &Type) -> Option<&Type> {
    super::responses::first_argument(super::responses::first_argument(kind)?)
}

/// Whether this is `if let Some(value) = name { … }`.
fn is_asked(stmt: &Stmt, name: &str) -> bool {
    matches!(stmt, Stmt::Expr(Expr::If(asked), _)
        if matches!(&*asked.cond, Expr::Let(bound) if find::is_variable(&bound.expr, name)))
}

/// What a setter `self.name = value…; self` gives its field.
fn given(setter: &mut ImplItemFn) -> Option<&mut Expr> {
    match setter.block.stmts.as_mut_slice() {
        [Stmt::Expr(Expr::Assign(assign), _), Stmt::Expr(_, None)] => Some(&mut assign.right),
        _ => None,
    }
}
