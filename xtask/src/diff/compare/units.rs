//! Compares what callers can say about a request: parameters, families of headers, the body, and what else the
//! builder has.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::super::judge::Kind;
use super::{Changes, Remarks};
use crate::api::{Function, Operation, Parameter};
use crate::names;

/// A unit of a request that callers can set: a parameter, a family of headers, the body, or another function.
pub(super) struct Unit<'a> {
    /// ``the setter `owner` (query parameter `owner`)``.
    pub(super) title: String,
    pub(super) function: Option<&'a Function>,
    /// Where the value goes and by which name.
    sent: String,
    parameter: Parameter,
}

/// All units of an operation, by the names of their functions, which are also those that they would have.
pub(super) fn units(operation: &Operation) -> IndexMap<String, Unit<'_>> {
    let mut units = IndexMap::new();
    let mut add = |name: String, sent: String, parameter: Parameter| {
        let function = operation.functions.get(&name);
        let title = match function {
            Some(_) if sent.is_empty() => format!("the function `{name}()`"),
            Some(_) => format!("the setter `{name}` ({sent})"),
            None => format!("the {sent}"),
        };
        units.insert(
            name,
            Unit {
                title,
                function,
                sent,
                parameter,
            },
        );
    };
    for parameter in &operation.row.parameters {
        let is_raw = parameter.others.get("raw") == Some(&Value::Bool(true));
        let noun = match parameter.place.as_str() {
            "Header" => "header",
            "Path" if is_raw => "raw path value",
            "Path" => "path value",
            _ => "query parameter",
        };
        let sent = format!("{noun} `{}`", parameter.name);
        add(names::snake(&parameter.name), sent, parameter.clone());
    }
    for family in &operation.row.header_families {
        let name = format!("{}_header", names::snake(&family.name));
        add(name, format!("headers `{}*`", family.name), family.clone());
    }
    if !operation.row.media_types.is_empty() {
        let sent = format!("body as {}", operation.row.media_types.join(" or "));
        let required = operation.row.body_required;
        add(
            "body".to_owned(),
            sent,
            Parameter {
                required,
                ..Parameter::default()
            },
        );
    }
    let known: BTreeSet<String> = units.keys().cloned().collect();
    for (name, function) in operation
        .functions
        .iter()
        .filter(|(name, _)| !known.contains(*name))
    {
        let unit = Unit {
            title: format!("the function `{name}()`"),
            function: Some(function),
            sent: String::new(),
            parameter: Parameter::default(),
        };
        units.insert(name.clone(), unit);
    }
    units
}

impl Unit<'_> {
    pub(super) fn takes(&self) -> &str {
        self.function
            .map(|function| function.takes.as_str())
            .unwrap_or_default()
    }

    pub(super) fn is_new(&self, name: &str, own: &mut Changes) {
        let (kind, word) = match self.parameter.required {
            true => (Kind::RequiredParameterAdded, "new and required"),
            false => (Kind::ParameterAdded, "new"),
        };
        own.came(
            kind,
            Some(name),
            format!("{} is {word}", self.title),
            self.takes(),
        );
    }

    pub(super) fn compare(&self, old: &Self, name: &str, own: &mut Changes) {
        let short = match self.function {
            Some(_) if !self.sent.is_empty() => format!("the setter `{name}`"),
            _ => self.title.clone(),
        };
        let member = Some(name);
        let [before, now] = [old.function, self.function];
        let signature = |function: Option<&Function>| function.map(|it| it.signature.clone());
        let retyped = signature(before) != signature(now);
        match (before, now) {
            (Some(before), Some(now)) if retyped && before.takes == now.takes => {
                own.say(
                    Kind::ParameterTypeChanged,
                    member,
                    format!("{short} has another signature"),
                );
            }
            (Some(before), Some(now)) => {
                let verb = format!("{short} takes");
                own.was(
                    Kind::ParameterTypeChanged,
                    member,
                    &verb,
                    &before.takes,
                    &now.takes,
                );
            }
            (Some(_), None) => {
                let message = format!("{} is gone, and the value is still sent", old.title);
                own.went(Kind::ParameterRemoved, member, message, old.takes());
            }
            (None, Some(_)) => {
                own.came(
                    Kind::ParameterAdded,
                    member,
                    format!("{} is new", self.title),
                    self.takes(),
                );
            }
            (None, None) => {}
        }
        match (old.parameter.required, self.parameter.required) {
            (false, true) => {
                own.say(
                    Kind::ParameterRequired,
                    member,
                    format!("{short} is required, and was optional"),
                );
            }
            (true, false) => {
                own.say(
                    Kind::ParameterOptional,
                    member,
                    format!("{short} is optional, and was required"),
                );
            }
            _ => {}
        }
        let otherwise = Kind::ParameterSentOtherwise;
        if old.sent != self.sent {
            let what = match self.function {
                Some(_) => format!("{short} sends"),
                None => "what is sent is".to_owned(),
            };
            let message = format!("{what} the {}, where it was the {}", self.sent, old.sent);
            own.say(otherwise, member, message);
        }
        if old.parameter.repeated != self.parameter.repeated && !retyped {
            let word = if self.parameter.repeated {
                "each of several values"
            } else {
                "one value"
            };
            own.say(otherwise, member, format!("{short} sends {word}"));
        }
        let code = |function: Option<&Function>| function.map(|it| it.code.code.clone());
        // What is no parameter follows from what is, such as another way to set the body.
        let explained = own.explain_the_code(member.filter(|_| !self.sent.is_empty()));
        if code(before) != code(now) && !explained {
            own.say(
                otherwise,
                member,
                format!("{short} checks or sends its value otherwise"),
            );
        }
        own.remarks(member, &short, old.remarks(), self.remarks());
    }

    fn remarks(&self) -> Remarks<'_> {
        let code = self.function.map(|function| &function.code);
        Remarks {
            deprecated: self.parameter.deprecated || code.is_some_and(|code| code.deprecated),
            description: code
                .map(|code| code.description.as_str())
                .unwrap_or_default(),
        }
    }
}
