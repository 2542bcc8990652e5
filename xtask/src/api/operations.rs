//! Reads the operations: rows of the operation table, methods of the client, and the builders that they return.

use serde_json::{Value, json};
use syn::{Expr, FnArg, ImplItem, ImplItemFn, Item as Syntax, Lit, Signature, Visibility};

use super::code::{Code, arguments, head, plain, signature, words};
use super::{Facet, Item, Noun, Reader};
use crate::names;

/// The module of the operation table.
pub(super) const TABLE: &str = "operations";

/// The constant that holds the version of the document.
pub const VERSION: &str = "API_VERSION";

/// The function of a builder that no parameter is behind.
const SEND: &str = "send";

impl Reader {
    /// Takes a row of the operation table, or a constant that holds for all of them; gives back anything else.
    pub(super) fn constant(&mut self, item: Syntax) -> Option<Syntax> {
        let Syntax::Const(constant) = item else {
            return Some(item);
        };
        let name = constant.ident.to_string();
        let value = &value(&constant.expr);
        if value.is_object() {
            let name = names::snake(&shown(&value["id"]));
            self.operations.insert(name, operation(value));
        } else if name != "OPERATIONS" {
            // That list follows the rows.
            for host in elements(value) {
                let host = shown(host);
                self.rest.part(Noun::Host, &host).title = format!("the host `{host}`");
            }
            let part = self.rest.part(Noun::Constant, &name);
            part.title = format!("`{name}`");
            let is_list = value.is_array();
            part.set(
                if is_list { Facet::Order } else { Facet::Value },
                shown(value),
            );
            if name == VERSION {
                part.title = "the version of the document".to_owned();
                self.version = value.to_string();
            }
        }
        None
    }

    /// Takes the methods of the client that are operations; gives back the rest.
    pub(super) fn client(&mut self, item: Syntax) -> Option<Syntax> {
        let Syntax::Impl(mut block) = item else {
            return Some(item);
        };
        block.items.retain(|item| {
            if let ImplItem::Fn(method) = item
                && let name = method.sig.ident.to_string()
                && let Some(operation) = self.operations.get_mut(&name)
                && let of = plain(&method.sig.output)
                && let Some(builder) = words(&of).last()
            {
                let part = operation.part(Noun::OperationCode, "");
                part.code(&Code::of(method));
                self.builders.insert(builder.to_owned(), name);
                return false;
            }
            true
        });
        if block.items.is_empty() {
            // It stands for a group of operations, with a heading and no code of its own.
            let heading = Code::of(&block).description;
            self.headings
                .extend((!heading.is_empty()).then_some(heading));
            return None;
        }
        Some(Syntax::Impl(block))
    }

    /// Takes a part of a builder: the struct, or an `impl`; gives back what belongs to none.
    pub(super) fn builder(&mut self, mut item: Syntax) -> Option<Syntax> {
        let head = head(&item);
        let owner = words(&head).find_map(|name| self.builders.get(name));
        let Some(operation) = owner.and_then(|owner| self.operations.get_mut(owner)) else {
            return Some(item);
        };
        if let Syntax::Impl(block) = &mut item
            && block.trait_.is_none()
        {
            block.items.retain(|item| match item {
                ImplItem::Fn(function) => !operation.function(function),
                _ => true,
            });
        }
        // The documentation of the struct refers to that of the method.
        let rest = operation.part(Noun::OperationCode, "");
        rest.add(Facet::Code, &Code::of(&item).text);
        None
    }
}

impl Item {
    /// Takes a function that callers chain: it is public, and takes the builder. `send` is read, and not taken.
    fn function(&mut self, function: &ImplItemFn) -> bool {
        let name = function.sig.ident.to_string();
        if name == SEND {
            let [success, error] = outcome(&function.sig);
            let send = self.part(Noun::Send, SEND);
            send.set(Facet::Success, success);
            send.set(Facet::Error, error);
            return false;
        }
        let takes_self = matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
        if !takes_self || !matches!(function.vis, Visibility::Public(_)) {
            return false;
        }
        let part = self.part(Noun::Setter, &name);
        (part.title, part.detail) = match part.get(&Facet::Sent) {
            Some(sent) => (format!("the setter `{name}`"), format!(" ({sent})")),
            None => (format!("the function `{name}()`"), String::new()),
        };
        part.set(Facet::Takes, takes(&function.sig));
        part.set(Facet::Signature, signature(&function.sig));
        part.code(&Code::of(function));
        true
    }

    /// Adds what callers can say about a request, by the name of the setter that it has or would have.
    fn sent(&mut self, name: &str, sent: String, facts: &Value) {
        let part = self.part(Noun::Setter, name);
        part.title = format!("the {sent}");
        part.set(Facet::Sent, sent);
        for (name, value) in facts.as_object().into_iter().flatten() {
            match name.as_str() {
                // What is internal has no setter.
                "name" | "prefix" | "place" | "raw" | "internal" => {}
                "required" => part.flag(Facet::Required, *value == true),
                "repeated" => part.flag(Facet::Repeated, *value == true),
                "deprecated" => part.flag(Facet::Deprecated, *value == true),
                name => part.set(Facet::Fact(name.to_owned()), shown(value)),
            }
        }
    }
}

/// Returns an operation as its row tells it.
fn operation(row: &Value) -> Item {
    let mut item = Item::default();
    let (method, path) = (shown(&row["method"]), shown(&row["path"]));
    item.identity = format!("{method} {}", without_names(&path));
    let part = item.part(Noun::Operation, "");
    part.set(Facet::Request, format!("{method} {path}"));
    let not = if row["idempotent"] == true {
        ""
    } else {
        "not "
    };
    part.set(Facet::Idempotence, format!("{not}idempotent"));
    for (name, value) in row.as_object().into_iter().flatten() {
        match name.as_str() {
            "id" | "method" | "path" | "summary" | "deprecated" | "idempotent" | "parameters"
            | "header_families" | "media_types" | "body_required" | "success" | "errors" => {}
            "tag" => part.set(Facet::Tag, shown(value)),
            "needs_filter" => part.set(Facet::Filter, shown(value)),
            name => part.set(Facet::Fact(name.to_owned()), shown(value)),
        }
    }
    for facts in elements(&row["parameters"]) {
        let name = shown(&facts["name"]);
        let noun = match facts["place"].as_str() {
            Some("Header") => "header",
            Some("Path") if facts["raw"] == true => "raw path value",
            Some("Path") => "path value",
            _ => "query parameter",
        };
        let setter = facts["setter"].as_str();
        let setter = setter.map_or_else(|| names::snake(&name), str::to_owned);
        item.sent(&setter, format!("{noun} `{name}`"), facts);
    }
    for facts in elements(&row["header_families"]) {
        let prefix = shown(&facts["prefix"]);
        let setter = format!("{}_header", names::snake(&prefix));
        item.sent(&setter, format!("headers `{prefix}*`"), facts);
    }
    let body = shown(&row["media_types"]).replace('\n', " or ");
    if !body.is_empty() {
        let facts = json!({ "required": row["body_required"] });
        item.sent("body", format!("body as {body}"), &facts);
    }
    item.part(Noun::Send, SEND);
    for status in elements(&row["success"]).chain(elements(&row["errors"])) {
        item.part(Noun::Status, &shown(status));
    }
    let rest = item.part(Noun::OperationCode, "");
    rest.title = "the operation".to_owned();
    rest.set(Facet::Description, shown(&row["summary"]) + "\n");
    rest.flag(Facet::Deprecated, row["deprecated"] == true);
    item
}

/// Returns the type that a setter converts its argument to, a list where it takes items, or else its arguments.
fn takes(function: &Signature) -> String {
    let conditions = function.generics.where_clause.iter();
    for condition in conditions.flat_map(|it| &it.predicates).map(plain) {
        match arguments(&condition).first() {
            Some(item) if condition.contains("IntoList<") => return format!("Vec<{item}>"),
            Some(target) => return (*target).to_owned(),
            None => {}
        }
    }
    let values = function.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(value) => Some(plain(&value.ty)),
        FnArg::Receiver(_) => None,
    });
    values.collect::<Vec<_>>().join(", ")
}

/// Returns `T` and `E` of `ResponseFuture<T, Error<E>>`, or what stands in their places.
fn outcome(send: &Signature) -> [String; 2] {
    let future = plain(&send.output);
    let outcome = arguments(&future);
    let error = outcome.get(1).copied().unwrap_or_default();
    let described = arguments(error).first().copied().unwrap_or(error);
    let success = outcome.first().copied().unwrap_or(&future);
    [success.to_owned(), described.to_owned()]
}

/// Returns a constant as JSON: a struct is an object, a path is its last segment.
fn value(expression: &Expr) -> Value {
    match expression {
        Expr::Reference(inner) => value(&inner.expr),
        Expr::Array(list) => list.elems.iter().map(value).collect(),
        Expr::Struct(row) => {
            let fields = row.fields.iter();
            let fields = fields.map(|field| (plain(&field.member), value(&field.expr)));
            Value::Object(fields.collect())
        }
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Value::from(text.value()),
            Lit::Bool(flag) => Value::from(flag.value),
            other => Value::from(plain(other)),
        },
        other => Value::from(plain(other).rsplit("::").next().unwrap_or_default()),
    }
}

fn elements(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// Returns a value as people write it; of a list, a line each.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

/// Returns a path template without the names of its parameters, which mean nothing to the service.
#[must_use]
pub fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|part| match part.split_once('}') {
        Some((_, rest)) => format!("{{}}{rest}"),
        None => part.to_owned(),
    });
    first + &rest.collect::<String>()
}
