//! Calls of operations, and that they are refused.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::pin::Pin;

use xtask::core::{Operation, Parameter};

use crate::common::pipeline;
use crate::guards::loopback::Counter;

/// One call of an operation, not sent yet.
pub(crate) struct Call<'a> {
    /// The operation, by the name of the client's method.
    pub(crate) operation: &'static str,
    /// The setter that is given a value.
    pub(crate) setter: &'static str,
    /// Sends the request; gives the text of the error.
    pub(crate) send: Pin<Box<dyn Future<Output = Result<(), String>> + 'a>>,
}

impl<'a> Call<'a> {
    /// A call by the future that `send` gives.
    pub(crate) fn new<T, E: Display>(
        operation: &'static str,
        setter: &'static str,
        sent: impl Future<Output = Result<T, E>> + 'a,
    ) -> Self {
        let send = async { sent.await.map(drop).map_err(|error| error.to_string()) };
        Self {
            operation,
            setter,
            send: Box::pin(send),
        }
    }
}

/// Calls of different operations, each written as `operation.setter(value).further(value);`.
macro_rules! calls {
    ($client:expr; $(
        $operation:ident.$setter:ident($($value:expr),*) $(.$further:ident($($also:expr),*))*;
    )+) => {
        vec![$($crate::guards::call::Call::new(
            stringify!($operation),
            stringify!($setter),
            $client.$operation().$setter($($value),*) $(.$further($($also),*))*.send(),
        )),+]
    };
}

/// Calls of one operation, each with one further setter: `"operation", request; setter(value), setter(value)`.
macro_rules! each {
    ($operation:literal, $request:expr; $($setter:ident($($value:expr),*)),+) => {
        vec![$($crate::guards::call::Call::new(
            $operation,
            stringify!($setter),
            $request.$setter($($value),*).send(),
        )),+]
    };
}

pub(crate) use {calls, each};

/// The messages of refused calls: each call, as `operation.setter(value)`, with the reason.
#[derive(Default)]
pub(crate) struct Refusals(pub(crate) Vec<(String, String)>);

impl Refusals {
    /// Adds calls, which must be refused without a connection.
    pub(crate) async fn add(&mut self, counter: &Counter, calls: Vec<Call<'_>>, value: &str) {
        for call in calls {
            let name = format!("{}.{}({value})", call.operation, call.setter);
            let error = call.send.await.expect_err(&name);
            let refused = format!("{}: the request is not valid: ", call.operation);
            let reason = error.strip_prefix(&refused);
            let reason = reason.unwrap_or_else(|| panic!("{name} is not refused: {error}"));
            self.0.push((name, reason.to_owned()));
        }
        assert_eq!(counter.connections(), 0, "something was sent");
    }

    /// Each reason once, with the calls below it.
    pub(crate) fn by_reason(&self) -> String {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for (call, reason) in &self.0 {
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, calls)) => calls.push(call),
                None => reasons.push((reason, vec![call])),
            }
        }
        let blocks: Vec<String> = reasons
            .into_iter()
            .map(|(reason, calls)| format!("{reason}\n    {}\n", calls.join("\n    ")))
            .collect();
        blocks.join("\n")
    }
}

/// Makes calls that must be refused without a connection, and returns their messages.
pub(crate) async fn refusals(counter: &Counter, calls: Vec<Call<'_>>, value: &str) -> Refusals {
    let mut refusals = Refusals::default();
    refusals.add(counter, calls, value).await;
    refusals
}

/// The operations and setters that are called.
pub(crate) fn covered(calls: &[Call<'_>]) -> BTreeSet<(String, String)> {
    let covered = calls.iter();
    covered
        .map(|call| (call.operation.to_owned(), call.setter.to_owned()))
        .collect()
}

/// The operations and setters of all parameters of the document of which `wanted` is true.
pub(crate) fn setters(wanted: fn(&Operation, &Parameter) -> bool) -> BTreeSet<(String, String)> {
    let mut setters = BTreeSet::new();
    for operation in &operations() {
        let wanted = operation
            .parameters
            .iter()
            .filter(|it| wanted(operation, it));
        setters.extend(wanted.map(|it| (operation.method_name.clone(), it.field.clone())));
    }
    assert!(!setters.is_empty());
    setters
}

/// The operations of the document.
pub(crate) fn operations() -> Vec<Operation> {
    pipeline::core().operations
}
