//! Finds parts of the generated code by name.

use syn::{
    Attribute, Block, Expr, ExprLit, ExprMethodCall, GenericArgument, ImplItem, ImplItemFn, Item,
    ItemImpl, ItemStruct, Lit, LitStr, Local, Pat, PathArguments, Stmt, Type, TypePath,
    parse_quote,
};

/// The items of the inline module `name`.
pub(super) fn module<'a>(items: &'a mut [Item], name: &str) -> Option<&'a mut Vec<Item>> {
    items.iter_mut().find_map(|item| match item {
        Item::Mod(module) if module.ident == name => {
            module.content.as_mut().map(|(_, items)| items)
        }
        _ => None,
    })
}

/// The last segment of the type that an `impl` is for.
pub(super) fn self_type(item: &ItemImpl) -> Option<String> {
    last_segment(&item.self_ty)
}

/// The last segment of the path that a type is.
pub(super) fn last_segment(kind: &Type) -> Option<String> {
    match kind {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// The function `name` of an `impl`.
pub(super) fn function<'a>(item: &'a mut ItemImpl, name: &str) -> Option<&'a mut ImplItemFn> {
    item.items.iter_mut().find_map(|item| match item {
        ImplItem::Fn(function) if function.sig.ident == name => Some(function),
        _ => None,
    })
}

/// The name that a `let` binds, through `mut` and a type.
pub(super) fn bound_name(local: &Local) -> Option<String> {
    fn name(pattern: &Pat) -> Option<String> {
        match pattern {
            Pat::Ident(pattern) => Some(pattern.ident.to_string()),
            Pat::Type(pattern) => name(&pattern.pat),
            _ => None,
        }
    }
    name(&local.pat)
}

/// The position and the initial value of `let name = …` in a block.
pub(super) fn binding<'a>(block: &'a mut Block, name: &str) -> Option<(usize, &'a mut Expr)> {
    block
        .stmts
        .iter_mut()
        .enumerate()
        .find_map(|(at, stmt)| match stmt {
            Stmt::Local(local) if bound_name(local).as_deref() == Some(name) => {
                local.init.as_mut().map(|init| (at, &mut *init.expr))
            }
            _ => None,
        })
}

/// The call `receiver.method(…)` that a statement is, where the receiver is a variable.
pub(super) fn statement_call<'a>(
    stmt: &'a mut Stmt,
    receiver: &str,
    method: &str,
) -> Option<&'a mut ExprMethodCall> {
    match stmt {
        Stmt::Expr(Expr::MethodCall(call), _)
            if call.method == method && is_variable(&call.receiver, receiver) =>
        {
            Some(call)
        }
        _ => None,
    }
}

/// Whether an expression is the variable `name`.
pub(super) fn is_variable(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}

/// The text that an expression is as a literal.
pub(super) fn text_literal(expr: &Expr) -> Option<LitStr> {
    match expr {
        Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) => Some(text.clone()),
        _ => None,
    }
}

/// Whether an expression is `Some`, as a function.
pub(super) fn is_some(expr: &Expr) -> bool {
    is_variable(expr, "Some")
}

/// Whether an attribute derives traits.
pub(super) fn is_derive(attribute: &Attribute) -> bool {
    attribute.path().is_ident("derive")
}

/// Whether an expression is the name of the header `Accept`.
pub(super) fn names_accept(name: &Expr) -> bool {
    ends_in(name, "ACCEPT")
}

/// Whether an expression is the name of the header `Content-Type`.
pub(super) fn names_content_type(name: &Expr) -> bool {
    ends_in(name, "CONTENT_TYPE")
}

fn ends_in(path: &Expr, name: &str) -> bool {
    matches!(path, Expr::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident == name))
}

/// `variable`, a value of the setter of that name, as a `String`: without a copy where it is one already.
pub(super) fn text(structure: &ItemStruct, setter: &str, variable: &Expr) -> Expr {
    if holds_text(structure, setter) {
        parse_quote!(#variable)
    } else {
        parse_quote!(#variable.to_string())
    }
}

/// Whether the field of the setter of that name holds a `String`.
pub(super) fn holds_text(structure: &ItemStruct, setter: &str) -> bool {
    structure.fields.iter().any(|field| {
        field.ident.as_ref().is_some_and(|name| name == setter)
            && matches!(&field.ty, Type::Path(kind) if innermost(kind).is_some_and(is_std_string))
    })
}

/// Whether this is `::std::string::String`, and not a schema of that name.
fn is_std_string(kind: &TypePath) -> bool {
    let names = kind.path.segments.iter().map(|segment| &segment.ident);
    names.eq(["std", "string", "String"])
}

/// `T` of `Result<T, String>` and of `Result<Option<T>, String>`.
fn innermost(kind: &TypePath) -> Option<&TypePath> {
    let last = kind.path.segments.last()?;
    match &last.arguments {
        PathArguments::None => Some(kind),
        PathArguments::AngleBracketed(arguments)
            if last.ident == "Result" || last.ident == "Option" =>
        {
            match arguments.args.first()? {
                GenericArgument::Type(Type::Path(inner)) => innermost(inner),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Takes the call of `method` out of a chain of calls and gives its arguments; the chain closes up.
pub(super) fn take_from_chain(
    expr: &mut Expr,
    wanted: &dyn Fn(&ExprMethodCall) -> bool,
) -> Option<ExprMethodCall> {
    let inner = match expr {
        Expr::MethodCall(call) if wanted(call) => {
            let receiver = (*call.receiver).clone();
            let taken = call.clone();
            *expr = receiver;
            return Some(taken);
        }
        Expr::MethodCall(call) => &mut call.receiver,
        Expr::Try(inner) => &mut inner.expr,
        _ => return None,
    };
    take_from_chain(inner, wanted)
}
