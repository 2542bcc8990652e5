//! The text of the test.

use std::fmt::Write as _;

use serde_json::Value;
use xtask::core::{Answers, Api, BodyKind, Content, Operation, Place, Scope, Slot, Status};
use xtask::settings::Settings;
use xtask::source::Document;

use crate::samples::{declared, example, sample};

/// A call of the test.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted {
    pub(crate) operations: usize,
    pub(crate) examples: usize,
}

/// The listener, and what is compared.
const FRAME: &str = include_str!("frame.rs.txt");

/// The test for all operations of `api`, which the crate `package` has in `generated`.
pub(crate) fn test(api: &Api, document: &Document, package: &str) -> (String, Counted) {
    let mut text = FRAME.replace("{package}", package);
    let mut counted = Counted::default();
    for operation in &api.operations {
        let given = example(document, &operation.about.pointer);
        counted.operations += 1;
        counted.examples += usize::from(given.is_some());
        text.push_str(&call(api, document, operation, given));
    }
    text.push_str("}\n");
    (text, counted)
}

fn call(
    api: &Api,
    document: &Document,
    operation: &Operation,
    given: Option<(u16, Value)>,
) -> String {
    let (status, answer, expected) = answer(api, document, &operation.success, given);
    let mut setters = String::new();
    let mut sent: Vec<String> = Vec::new();
    for parameter in &operation.parameters {
        let value = value(api, document, &parameter.slot);
        let _ = write!(setters, "\n        .{}({value})", parameter.field);
        if parameter.place != Place::Path {
            sent.push(parameter.name.clone());
        }
    }
    if let Some(body) = &operation.body
        && let Some(media) = body.media.first()
    {
        let value = match &media.kind {
            BodyKind::Json(slot) | BodyKind::Form(slot) => value(api, document, slot),
            BodyKind::Text | BodyKind::Bytes if media.media_type.contains('*') => {
                "\"image/png\", \"text\"".to_owned()
            }
            BodyKind::Text | BodyKind::Bytes => "\"text\"".to_owned(),
            BodyKind::Multipart => "reqwest::multipart::Form::new().text(\"a\", \"b\")".to_owned(),
        };
        let _ = write!(setters, "\n        .{}({value})", media.setter);
    }
    let all = if operation.needs_filter.is_empty() {
        ""
    } else {
        "\n        .all()"
    };
    let name = &operation.method_name;
    let read = if expected.is_some() {
        "serde_json::to_value(&*answer).unwrap()"
    } else {
        "{ let _ = &answer; Value::Null }"
    };
    format!(
        "\n#[tokio::test]\nasync fn {}() {{\n    let service = Service::start({status}, {:?});\n    let answer = service.client()\n        .{name}(){setters}{all}\n        .send().await.unwrap();\n    let read: Value = {read};\n    service.check({:?}, &{sent:?}, &read, {:?});\n}}\n",
        test_name(name),
        answer.map(|answer| answer.to_string()).unwrap_or_default(),
        operation.method.name().to_ascii_uppercase(),
        expected
            .map(|expected| expected.to_string())
            .unwrap_or_else(|| "null".to_owned()),
    )
}

fn test_name(method: &str) -> String {
    format!("calls_{}", method.trim_end_matches('_'))
}

/// The expression for a value that fits a slot.
fn value(api: &Api, document: &Document, slot: &Slot) -> String {
    let own = Scope::beside_types()
        .kind(slot, &Settings::default())
        .to_string();
    format!(
        "sample::<{own}>({:?})",
        sample(api, document, slot, 0).to_string()
    )
}

/// The status and body to answer with, and what of it has to arrive.
fn answer(
    api: &Api,
    document: &Document,
    answers: &Answers,
    given: Option<(u16, Value)>,
) -> (u16, Option<Value>, Option<Value>) {
    let json = answers.cases.iter().find_map(|case| match &case.content {
        Content::Json(slot) => Some((case, slot)),
        _ => None,
    });
    let Some((case, slot)) = json else {
        let status = answers.cases.first().and_then(|case| case.statuses.first());
        return (code(status), None, None);
    };
    let (status, body) =
        given.unwrap_or_else(|| (code(case.statuses.first()), sample(api, document, slot, 0)));
    let whole = answers.union.is_none().then(|| declared(api, slot, &body));
    (status, Some(body), whole)
}

fn code(status: Option<&Status>) -> u16 {
    match status {
        Some(Status::Code(code)) => *code,
        _ => 200,
    }
}
