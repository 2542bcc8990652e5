//! Revisions that a vendor may publish, with one change each.

use serde_json::{Value, json};

use super::slices::{Slice, slice};

/// A revision: a name, and what it does to the document and to the overlay.
pub(crate) struct Revision {
    pub(crate) name: &'static str,
    /// The first segments, behind the version, of the paths that the change is shown on.
    pub(crate) paths: Paths,
    change: Change,
}

pub(crate) type Paths = &'static [&'static str];

impl Revision {
    /// The inputs before and after, with the paths that the change is shown on.
    pub(crate) fn revised(&self, part: &Slice) -> Slice {
        let mut revised = part.clone();
        (self.change)(&mut revised.document, &mut revised.overlay);
        revised
    }
}

/// The part of the committed inputs with these paths: all of them would take far longer, and show the same. An action
/// of the overlay is in it if all its targets are.
pub(crate) fn part(document: &Value, overlay: &Value, paths: Paths) -> Slice {
    let all = document["paths"].as_object().expect("paths");
    slice(
        document,
        overlay,
        all.iter().filter(|(path, _)| {
            path.split('/')
                .nth(2)
                .is_some_and(|segment| paths.contains(&segment))
        }),
    )
}

/// An operation by its path and method.
fn operation<'a>(document: &'a mut Value, path: &str, method: &str) -> &'a mut Value {
    let operation = document["paths"]
        .get_mut(path)
        .and_then(|item| item.get_mut(method));
    operation.unwrap_or_else(|| panic!("{method} {path}"))
}

/// A list of parameters, and one of them by its name.
fn parameters<'a>(document: &'a mut Value, path: &str, method: &str) -> &'a mut Vec<Value> {
    let list = operation(document, path, method)["parameters"].as_array_mut();
    list.unwrap_or_else(|| panic!("{method} {path}"))
}

fn parameter<'a>(document: &'a mut Value, path: &str, method: &str, name: &str) -> &'a mut Value {
    let mut list = parameters(document, path, method).iter_mut();
    let found = list.find(|it| it["name"] == name);
    found.unwrap_or_else(|| panic!("{method} {path} {name}"))
}

/// The properties of a component.
fn properties<'a>(document: &'a mut Value, schema: &str) -> &'a mut serde_json::Map<String, Value> {
    let properties = document["components"]["schemas"][schema]["properties"].as_object_mut();
    properties.unwrap_or_else(|| panic!("{schema}"))
}

/// Replaces text in the whole document, as a vendor does who renames something.
fn replace(document: &mut Value, from: &str, to: &str) {
    let text = document.to_string();
    assert!(text.contains(from), "{from}");
    *document = serde_json::from_str(&text.replace(from, to)).expect("JSON");
}

fn answer(schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": "", "content": { "application/json": { "schema": schema } } })
}

fn simple(name: &str) -> Value {
    json!({ "operationId": name, "summary": name, "responses": { "200": answer("Queue") } })
}

type Change = fn(&mut Value, &mut Value);

const fn revision(name: &'static str, paths: Paths, change: Change) -> Revision {
    Revision {
        name,
        paths,
        change,
    }
}

/// All revisions, none of which says anything else beside what its name says.
pub(crate) const REVISIONS: [Revision; 31] = [
    revision("a required list is mended", &["keys"], |it, _| {
        it["components"]["schemas"]["SigningKeys"]["required"] = json!(["current", "next"]);
    }),
    revision(
        "a required list is mended, and the action is deleted",
        &["keys"],
        |it, overlay| {
            it["components"]["schemas"]["SigningKeys"]["required"] = json!(["current", "next"]);
            let actions = overlay["actions"].as_array_mut().expect("actions");
            let target = "$.components.schemas.SigningKeys";
            let action = actions.iter().position(|it| it["target"] == target);
            actions.remove(action.expect("the action"));
        },
    ),
    revision("a region is added", &["keys"], |it, _| {
        let values = it["servers"][1]["variables"]["region"]["enum"]
            .as_array_mut()
            .expect("regions");
        values.push(json!("ap-south-1"));
    }),
    revision("a server is removed", &["keys"], |it, _| {
        it["servers"].as_array_mut().expect("servers").remove(0);
    }),
    revision("the version rises", &["keys"], |it, _| {
        it["info"]["version"] = json!("2.0.1");
    }),
    revision("a filter is added", &["dlq"], |it, _| {
        let added = json!({ "in": "query", "name": "region", "schema": { "type": "string" } });
        parameters(it, "/v2/dlq", "delete").push(added);
    }),
    revision(
        "a query parameter that the overlay made a list becomes one",
        &["logs"],
        |it, _| {
            let list = json!({ "type": "array", "items": { "type": "string" } });
            parameter(it, "/v2/logs", "get", "url")["schema"] = list;
        },
    ),
    revision(
        "a parameter that takes one value becomes a list",
        &["dlq"],
        |it, _| {
            let list = json!({ "type": "array", "items": { "type": "string" } });
            parameter(it, "/v2/dlq", "get", "messageId")["schema"] = list;
        },
    ),
    revision("an operation is renamed", &["keys"], |_, overlay| {
        replace(
            overlay,
            r#""operationId":"rotate_signing_keys""#,
            r#""operationId":"roll_signing_keys""#,
        );
    }),
    revision(
        "an operation is removed",
        &["globalParallelism", "keys"],
        |it, _| {
            it["paths"]
                .as_object_mut()
                .expect("paths")
                .remove("/v2/globalParallelism");
        },
    ),
    revision(
        "an operation is split",
        &["flowControl", "queues"],
        |it, _| {
            let paths = it["paths"].as_object_mut().expect("paths");
            paths.remove("/v2/flowControl/{flowControlKey}/resetRate");
            paths.insert(
                "/v2/rates/reset".to_owned(),
                json!({ "post": simple("reset_rates") }),
            );
            paths.insert(
                "/v2/counts/reset".to_owned(),
                json!({ "post": simple("reset_counts") }),
            );
        },
    ),
    revision(
        "a path moves",
        &["flowControl", "queues", "schedules"],
        |it, _| {
            replace(
                it,
                "/v2/schedules/{scheduleId}/pause",
                "/v2/schedules/{scheduleId}/halt",
            );
        },
    ),
    revision("a path parameter is renamed", &["messages"], |it, _| {
        replace(
            it,
            "/v2/messages/{messageId}/retry",
            "/v2/messages/{id}/retry",
        );
        parameter(it, "/v2/messages/{id}/retry", "post", "messageId")["name"] = json!("id");
    }),
    revision("a header is added", &["publish"], |it, _| {
        let added =
            json!({ "in": "header", "name": "Upstash-Priority", "schema": { "type": "integer" } });
        parameters(it, "/v2/publish/{destination}", "post").push(added);
    }),
    revision("a header moves to the query", &["schedules"], |it, _| {
        parameter(
            it,
            "/v2/schedules/{destination}",
            "post",
            "Upstash-Schedule-Id",
        )["in"] = json!("query");
    }),
    revision("a query parameter is removed", &["logs"], |it, _| {
        parameters(it, "/v2/logs", "get").retain(|it| it["name"] != "scheduleId");
    }),
    revision("a query parameter is deprecated", &["logs"], |it, _| {
        parameter(it, "/v2/logs", "get", "url")["deprecated"] = json!(true);
    }),
    revision("a query parameter becomes required", &["logs"], |it, _| {
        parameter(it, "/v2/logs", "get", "cursor")["required"] = json!(true);
    }),
    revision(
        "a query parameter has another type",
        &["flowControl", "queues"],
        |it, _| {
            parameter(it, "/v2/flowControl/{flowControlKey}/pin", "post", "rate")["schema"] =
                json!({ "type": "number" });
        },
    ),
    revision("an enum value is added", &["logs"], |it, _| {
        let values =
            it["components"]["schemas"]["LogEntry"]["properties"]["state"]["enum"].as_array_mut();
        values.expect("states").push(json!("PAUSED"));
    }),
    revision("an enum value is removed", &["logs"], |it, _| {
        let values =
            it["components"]["schemas"]["LogEntry"]["properties"]["state"]["enum"].as_array_mut();
        values.expect("states").retain(|it| it != "RETRY");
    }),
    revision(
        "a schema is renamed",
        &["flowControl", "queues"],
        |it, _| {
            replace(
                it,
                "components/schemas/FlowControlKey\"",
                "components/schemas/FlowKey\"",
            );
            let schemas = it["components"]["schemas"]
                .as_object_mut()
                .expect("schemas");
            let schema = schemas.remove("FlowControlKey").expect("a schema");
            schemas.insert("FlowKey".to_owned(), schema);
        },
    ),
    revision("a schema is added and used", &["queues"], |it, _| {
        let schema = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
        it["components"]["schemas"]["Owner"] = schema;
        properties(it, "Queue").insert(
            "owner".to_owned(),
            json!({ "$ref": "#/components/schemas/Owner" }),
        );
    }),
    revision("a field is added", &["schedules"], |it, _| {
        properties(it, "Schedule").insert("priority".to_owned(), json!({ "type": "integer" }));
    }),
    revision("a field is removed", &["queues"], |it, _| {
        drop(properties(it, "Queue").remove("lag"));
    }),
    revision("a field has another type", &["queues"], |it, _| {
        properties(it, "Queue").insert("lag".to_owned(), json!({ "type": "string" }));
    }),
    revision(
        "a field is deprecated and described otherwise",
        &["queues"],
        |it, _| {
            let lag =
                json!({ "type": "integer", "deprecated": true, "description": "Something else." });
            properties(it, "Queue").insert("lag".to_owned(), lag);
        },
    ),
    revision(
        "an answer is another one",
        &["queues", "schedules"],
        |it, _| {
            operation(it, "/v2/queues/{queueName}", "get")["responses"]["200"] = answer("Schedule");
        },
    ),
    revision(
        "an answer is described for the first time, with another status",
        &["queues"],
        |it, _| {
            operation(it, "/v2/queues/{queueName}/pause", "post")["responses"] =
                json!({ "202": answer("Queue") });
        },
    ),
    revision(
        "a body becomes optional and has one media type",
        &["queues"],
        |it, _| {
            let body = &mut operation(it, "/v2/queues", "post")["requestBody"];
            body["required"] = json!(false);
        },
    ),
    revision(
        "an operation has another tag and summary and is deprecated",
        &["keys"],
        |it, _| {
            let operation = operation(it, "/v2/keys", "get");
            operation["tags"] = json!(["Keys"]);
            operation["summary"] = json!("Look at the keys");
            operation["deprecated"] = json!(true);
        },
    ),
];
