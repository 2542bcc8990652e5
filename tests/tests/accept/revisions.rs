//! Revisions that a vendor may publish, with one change each.

use serde_json::{Value, json};

/// A revision: a name, and what it does to the document and to the overlay.
pub(crate) struct Revision {
    pub(crate) name: &'static str,
    pub(crate) document: Value,
    pub(crate) overlay: String,
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

/// All revisions of a document, none of which says anything else beside what its name says.
pub(crate) fn revisions(document: &Value, overlay: &str) -> Vec<Revision> {
    type Change = fn(&mut Value, &mut String);
    let changes: [(&'static str, Change); 31] = [
        ("a required list is mended", |it, _| {
            it["components"]["schemas"]["SigningKeys"]["required"] = json!(["current", "next"]);
        }),
        (
            "a required list is mended, and the action is deleted",
            |it, overlay| {
                it["components"]["schemas"]["SigningKeys"]["required"] = json!(["current", "next"]);
                let begins = overlay
                    .find("  - target: $.components.schemas.SigningKeys\n")
                    .expect("the action");
                let rest = overlay[begins + 1..].find("\n\n").expect("its end");
                overlay.replace_range(begins..begins + rest + 3, "");
            },
        ),
        ("a region is added", |it, _| {
            let values = it["servers"][1]["variables"]["region"]["enum"]
                .as_array_mut()
                .expect("regions");
            values.push(json!("ap-south-1"));
        }),
        ("a server is removed", |it, _| {
            it["servers"].as_array_mut().expect("servers").remove(0);
        }),
        ("the version rises", |it, _| {
            it["info"]["version"] = json!("2.0.1");
        }),
        ("a filter is added", |it, _| {
            let added = json!({ "in": "query", "name": "region", "schema": { "type": "string" } });
            parameters(it, "/v2/dlq", "delete").push(added);
        }),
        (
            "a query parameter that the overlay made a list becomes one",
            |it, _| {
                let list = json!({ "type": "array", "items": { "type": "string" } });
                parameter(it, "/v2/logs", "get", "url")["schema"] = list;
            },
        ),
        (
            "a parameter that takes one value becomes a list",
            |it, _| {
                let list = json!({ "type": "array", "items": { "type": "string" } });
                parameter(it, "/v2/dlq", "get", "messageId")["schema"] = list;
            },
        ),
        ("an operation is renamed", |_, overlay| {
            assert!(overlay.contains("operationId: rotate_signing_keys"));
            *overlay = overlay.replace(
                "operationId: rotate_signing_keys",
                "operationId: roll_signing_keys",
            );
        }),
        ("an operation is removed", |it, _| {
            it["paths"]
                .as_object_mut()
                .expect("paths")
                .remove("/v2/globalParallelism");
        }),
        ("an operation is split", |it, _| {
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
        }),
        ("a path moves", |it, _| {
            replace(
                it,
                "/v2/schedules/{scheduleId}/pause",
                "/v2/schedules/{scheduleId}/halt",
            );
        }),
        ("a path parameter is renamed", |it, _| {
            replace(
                it,
                "/v2/messages/{messageId}/retry",
                "/v2/messages/{id}/retry",
            );
            parameter(it, "/v2/messages/{id}/retry", "post", "messageId")["name"] = json!("id");
        }),
        ("a header is added", |it, _| {
            let added = json!({ "in": "header", "name": "Upstash-Priority", "schema": { "type": "integer" } });
            parameters(it, "/v2/publish/{destination}", "post").push(added);
        }),
        ("a header moves to the query", |it, _| {
            parameter(
                it,
                "/v2/schedules/{destination}",
                "post",
                "Upstash-Schedule-Id",
            )["in"] = json!("query");
        }),
        ("a query parameter is removed", |it, _| {
            parameters(it, "/v2/logs", "get").retain(|it| it["name"] != "scheduleId");
        }),
        ("a query parameter is deprecated", |it, _| {
            parameter(it, "/v2/logs", "get", "url")["deprecated"] = json!(true);
        }),
        ("a query parameter becomes required", |it, _| {
            parameter(it, "/v2/logs", "get", "cursor")["required"] = json!(true);
        }),
        ("a query parameter has another type", |it, _| {
            parameter(it, "/v2/flowControl/{flowControlKey}/pin", "post", "rate")["schema"] =
                json!({ "type": "number" });
        }),
        ("an enum value is added", |it, _| {
            let values = it["components"]["schemas"]["LogEntry"]["properties"]["state"]["enum"]
                .as_array_mut();
            values.expect("states").push(json!("PAUSED"));
        }),
        ("an enum value is removed", |it, _| {
            let values = it["components"]["schemas"]["LogEntry"]["properties"]["state"]["enum"]
                .as_array_mut();
            values.expect("states").retain(|it| it != "RETRY");
        }),
        ("a schema is renamed", |it, _| {
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
        }),
        ("a schema is added and used", |it, _| {
            let schema =
                json!({ "type": "object", "properties": { "name": { "type": "string" } } });
            it["components"]["schemas"]["Owner"] = schema;
            properties(it, "Queue").insert(
                "owner".to_owned(),
                json!({ "$ref": "#/components/schemas/Owner" }),
            );
        }),
        ("a field is added", |it, _| {
            properties(it, "Schedule").insert("priority".to_owned(), json!({ "type": "integer" }));
        }),
        ("a field is removed", |it, _| {
            drop(properties(it, "Queue").remove("lag"));
        }),
        ("a field has another type", |it, _| {
            properties(it, "Queue").insert("lag".to_owned(), json!({ "type": "string" }));
        }),
        ("a field is deprecated and described otherwise", |it, _| {
            let lag =
                json!({ "type": "integer", "deprecated": true, "description": "Something else." });
            properties(it, "Queue").insert("lag".to_owned(), lag);
        }),
        ("an answer is another one", |it, _| {
            operation(it, "/v2/queues/{queueName}", "get")["responses"]["200"] = answer("Schedule");
        }),
        (
            "an answer is described for the first time, with another status",
            |it, _| {
                operation(it, "/v2/queues/{queueName}/pause", "post")["responses"] =
                    json!({ "202": answer("Queue") });
            },
        ),
        ("a body becomes optional and has one media type", |it, _| {
            let body = &mut operation(it, "/v2/queues", "post")["requestBody"];
            body["required"] = json!(false);
        }),
        (
            "an operation has another tag and summary and is deprecated",
            |it, _| {
                let operation = operation(it, "/v2/keys", "get");
                operation["tags"] = json!(["Keys"]);
                operation["summary"] = json!("Look at the keys");
                operation["deprecated"] = json!(true);
            },
        ),
    ];
    let revision = |(name, change): (&'static str, Change)| {
        let (mut document, mut overlay) = (document.clone(), overlay.to_owned());
        change(&mut document, &mut overlay);
        Revision {
            name,
            document,
            overlay,
        }
    };
    changes.into_iter().map(revision).collect()
}
