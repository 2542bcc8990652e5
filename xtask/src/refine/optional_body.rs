//! Lets a request body be left out where the document says that it is optional.
//!
//! progenitor takes every declared body as required. Retired when it reads `requestBody.required`.
//!
//! The body moves out of the chain of calls that makes the request, and is set on the finished request where
//! there is one: a request without a body then has no `Content-Type` either, unless the caller gave one.

use syn::{Expr, Fields, ImplItemFn, Member, Stmt, Type, parse_quote};

use super::{Builder, Missing, find, ident, state};

/// Makes the body of the builder an option, if the document has an optional body.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let Some(body) = &builder.operation.body else {
        return Ok(());
    };
    if body.required || body.generated_media_type.is_empty() {
        return Ok(());
    }
    let inner = optional_field(builder)?;
    optional_default(builder)?;
    let media_type = body.generated_media_type.clone();
    let setter =
        find::function(builder.implementation, "body").ok_or("no function `body`".to_owned())?;
    wrap_in_some(setter)?;
    if let Some(map) = find::function(builder.implementation, "body_map") {
        map.block = parse_quote!({
            self.body = self.body.map(|body| Some(f(body.unwrap_or_default())));
            self
        });
    }
    let request = builder.variable("request");
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    finish(&mut send.block, &inner)?;
    set_on_request(&mut send.block, &request, &media_type)
}

/// `body: Result<T, String>` becomes `body: Result<Option<T>, String>`; gives `T`.
fn optional_field(builder: &mut Builder<'_>) -> Result<Type, Missing> {
    let missing = || "no field `body: Result<_, String>`".to_owned();
    let Fields::Named(fields) = &mut builder.structure.fields else {
        return Err(missing());
    };
    let field = fields
        .named
        .iter_mut()
        .find(|field| field.ident.as_ref().is_some_and(|name| name == "body"))
        .ok_or_else(missing)?;
    let Type::Path(path) = &mut field.ty else {
        return Err(missing());
    };
    let arguments = path
        .path
        .segments
        .last_mut()
        .map(|segment| &mut segment.arguments);
    let Some(syn::PathArguments::AngleBracketed(arguments)) = arguments else {
        return Err(missing());
    };
    match arguments.args.first_mut() {
        Some(syn::GenericArgument::Type(inner)) => {
            let before = inner.clone();
            *inner = parse_quote!(Option<#before>);
            Ok(before)
        }
        _ => Err(missing()),
    }
}

/// The builder begins without a body.
fn optional_default(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let field = state::begun(builder.implementation)?
        .iter_mut()
        .find(|field| matches!(&field.member, Member::Named(name) if name == "body"))
        .ok_or("no initial value of `body`".to_owned())?;
    field.expr = parse_quote!(Ok(None));
    Ok(())
}

/// In the setter, `self.body = value.try_into()…` keeps `Some` of the value.
fn wrap_in_some(setter: &mut ImplItemFn) -> Result<(), Missing> {
    for stmt in &mut setter.block.stmts {
        if let Stmt::Expr(Expr::Assign(assign), _) = stmt
            && matches!(&*assign.left, Expr::Field(field)
                if matches!(&field.member, Member::Named(name) if name == "body"))
        {
            let value = &assign.right;
            assign.right = parse_quote!(#value.map(Some));
            return Ok(());
        }
    }
    Err("a setter `body` that sets no field".into())
}

/// A body with a builder of its own is finished inside the option.
fn finish(block: &mut syn::Block, inner: &Type) -> Result<(), Missing> {
    let (_, value) = find::binding(block, "body").ok_or("no `let body`".to_owned())?;
    let conversion = find::take_from_chain(value, &|call| call.method == "and_then");
    if let Some(conversion) = conversion {
        let Some(Expr::Closure(closure)) = conversion.args.first() else {
            return Err("a body that is finished without a closure".into());
        };
        *value = parse_quote! {
            body
                .and_then(|body: Option<#inner>| body.map(#closure).transpose())
                .map_err(Error::InvalidRequest)?
        };
    }
    Ok(())
}

/// Takes the body out of the chain that makes the request, and sets it on the request if there is one.
fn set_on_request(block: &mut syn::Block, variable: &str, media_type: &str) -> Result<(), Missing> {
    let (at, request) = find::binding(block, variable).ok_or("no `let request`".to_owned())?;
    let variable = ident(variable);
    let json = find::take_from_chain(request, &|call| call.method == "json").is_some();
    let raw = !json
        && find::take_from_chain(request, &|call| {
            call.method == "body" && call.args.len() == 1
        })
        .is_some();
    if raw {
        find::take_from_chain(request, &|call| {
            call.method == "header" && call.args.first().is_some_and(find::names_content_type)
        })
        .ok_or("no `Content-Type` of the body".to_owned())?;
    }
    let set: Stmt = match (json, raw) {
        (true, _) => parse_quote! {
            if let Some(body) = body {
                super::runtime::set_json_body(&mut #variable, &body).map_err(Error::InvalidRequest)?;
            }
        },
        (_, true) => parse_quote! {
            if let Some(body) = body {
                super::runtime::set_body(&mut #variable, #media_type, body);
            }
        },
        _ => {
            return Err(format!(
                "an optional `{media_type}` body, which no pass knows"
            ));
        }
    };
    block.stmts.insert(at + 1, set);
    Ok(())
}
