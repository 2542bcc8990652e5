//! Splits `send` into what makes the request and one exchange that all operations share.
//!
//! progenitor writes the same sending and reading into every operation, with everything that the operation was given
//! as a part of its future. That future is large, it is moved about with every call, and checking and translating one
//! for each operation takes most of the time that a crate of them takes to build. Retired when progenitor does the
//! same.

use std::mem;

use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprAwait, ExprCall, ExprClosure, ImplItem, ImplItemFn, Stmt, parse_quote};

use super::responses::{calls, error_of, is_answer};
use super::{Builder, Missing, find, ident};

/// The name of the function that makes the request.
const REQUEST: &str = "request";

/// Splits `send`, unless it waits for something while it makes the request, or reads the response piece by piece.
pub(super) fn apply(builder: &mut Builder<'_>) -> Result<(), Missing> {
    let [info, request, response] =
        ["info", "request", "response"].map(|name| builder.variable(name));
    let make = ident(&builder.variable(REQUEST));
    let id = builder.operation.id.clone();
    let send =
        find::function(builder.implementation, "send").ok_or("no function `send`".to_owned())?;
    let error = error_of(&send.sig.output)
        .ok_or("no `send` that returns `Result<_, Error<_>>`".to_owned())?
        .clone();
    let (end, _) = find::binding(&mut send.block, &info).ok_or("no `let info`".to_owned())?;
    let Some(Stmt::Expr(reading @ Expr::Match(_), _)) = send.block.stmts.last() else {
        return Err("no `match` on the status at the end".into());
    };
    let Some(reading) = of_answer(reading.clone(), &response) else {
        return Ok(());
    };
    if send.block.stmts.iter_mut().take(end).any(waits) {
        return Ok(());
    }
    // What is long is moved and not quoted: quoting writes it as tokens and reads it again.
    let request = ident(&request);
    let mut making = mem::take(&mut send.block.stmts);
    making.truncate(end);
    making.push(Stmt::Expr(parse_quote!(Ok(#request)), None));
    // Like a future, it is made machine code of only where it is called.
    let mut make_request: ImplItemFn = parse_quote! {
        #[inline]
        fn #make(self) -> Result<::reqwest::Request, #error> {}
    };
    make_request.block.stmts = making;
    let mut read: ExprClosure = parse_quote!(|answer| ());
    *read.body = reading;
    let mut exchange: ExprCall =
        parse_quote!(super::runtime::exchange(self.client, #id, self.#make()));
    exchange.args.push(Expr::Closure(read));
    let mut waiting: ExprAwait = parse_quote!(exchange.await);
    *waiting.base = Expr::Call(exchange);
    send.block.stmts = vec![Stmt::Expr(Expr::Await(waiting), None)];
    builder
        .implementation
        .items
        .push(ImplItem::Fn(make_request));
    Ok(())
}

/// The exchange that `send` is, if it was split.
pub(super) fn of_send(send: &mut ImplItemFn) -> Option<&mut Expr> {
    let [Stmt::Expr(exchange, None)] = send.block.stmts.as_mut_slice() else {
        return None;
    };
    let is_exchange = matches!(exchange, Expr::Await(waiting)
        if matches!(&*waiting.base, Expr::Call(call) if calls(call, "exchange")));
    is_exchange.then_some(exchange)
}

/// What reads the response as what reads an answer that is there as a whole; nothing where more is done with it.
fn of_answer(mut reading: Expr, response: &str) -> Option<Expr> {
    let mut answers = Answers {
        response,
        more: false,
    };
    answers.visit_expr_mut(&mut reading);
    (!answers.more).then_some(reading)
}

struct Answers<'a> {
    response: &'a str,
    more: bool,
}

impl VisitMut for Answers<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let is_response = |expr: &Expr| find::is_variable(expr, self.response);
        match expr {
            Expr::Await(waiting) if is_answer(&waiting.base) => *expr = parse_quote!(answer),
            Expr::Call(call) if calls(call, "empty") && call.args.iter().all(is_response) => {
                *expr = parse_quote!(answer.empty());
            }
            Expr::MethodCall(call) if call.method == "status" && is_response(&call.receiver) => {
                *expr = parse_quote!(answer.status());
            }
            Expr::Await(_) => self.more = true,
            other if is_response(other) => self.more = true,
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }
}

/// Whether a statement waits for anything.
fn waits(stmt: &mut Stmt) -> bool {
    struct Waiting(bool);
    impl VisitMut for Waiting {
        fn visit_expr_await_mut(&mut self, _: &mut ExprAwait) {
            self.0 = true;
        }
    }
    let mut waiting = Waiting(false);
    waiting.visit_stmt_mut(stmt);
    waiting.0
}
