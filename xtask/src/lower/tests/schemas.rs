//! What becomes of schemas. The table is data, because validators that others wrote have checked it too.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::harness::{compact, errors, generated, lowered, with_schema};

#[derive(Deserialize)]
struct Table {
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    name: String,
    openapi: Option<String>,
    schema: Value,
    lowered: Value,
    #[serde(default)]
    lifted: Map<String, Value>,
    #[serde(default)]
    findings: Vec<String>,
    accepts: Vec<Value>,
    rejects: Vec<Value>,
}

fn rows() -> Vec<Row> {
    let text = include_str!("../../../tests/data/lower/schemas.json");
    let table: Table = serde_json::from_str(text).expect("the table is JSON");
    table.rows
}

#[test]
fn every_schema_of_the_table_becomes_its_lowered_form() {
    let mut all = String::new();
    for row in rows() {
        let mut root = with_schema(row.schema);
        if let Some(version) = row.openapi {
            root["openapi"] = json!(version);
        }
        let (document, findings) = lowered(root);
        let document = document.unwrap_or_else(|| panic!("{}: {}", row.name, errors(&findings)));
        let mut schemas = document.root["components"]["schemas"].clone();
        assert_eq!(schemas["T"], row.lowered, "{}", row.name);
        for name in ["T", "Pet", "Size"] {
            schemas
                .as_object_mut()
                .expect("an object")
                .shift_remove(name);
        }
        assert_eq!(schemas, Value::Object(row.lifted), "{}", row.name);
        let found: Vec<String> = findings
            .iter()
            .map(|f| format!("{} {}", f.severity, f.code))
            .collect();
        assert_eq!(found, row.findings, "{}", row.name);
        all += &findings.iter().map(compact).collect::<String>();
    }
    insta::assert_snapshot!("schema_warnings", all);
}

#[test]
fn the_generator_makes_types_of_every_lowered_form() {
    for row in rows() {
        let mut root = with_schema(row.lowered);
        root["openapi"] = json!("3.0.3");
        for (name, schema) in row.lifted {
            root["components"]["schemas"][name] = schema;
        }
        generated(&root);
    }
}

#[test]
fn a_lowered_schema_is_not_lowered_further() {
    for row in rows() {
        let mut root = with_schema(row.lowered.clone());
        root["openapi"] = json!("3.0.3");
        for (name, schema) in row.lifted {
            root["components"]["schemas"][name] = schema;
        }
        let (document, findings) = lowered(root);
        let document = document.unwrap_or_else(|| panic!("{}: {}", row.name, errors(&findings)));
        assert_eq!(
            document.root["components"]["schemas"]["T"], row.lowered,
            "{}",
            row.name
        );
        assert!(findings.codes().is_empty(), "{}: {findings:?}", row.name);
    }
}

#[test]
fn the_table_says_of_almost_every_schema_what_it_accepts_and_rejects() {
    let silent = |row: &Row| row.accepts.is_empty() && row.rejects.is_empty();
    assert_eq!(rows().iter().filter(|row| silent(row)).count(), 0);
}

/// The same Rust types come out as for the plain reference, so that a description costs nothing.
#[test]
fn a_description_beside_a_reference_makes_no_new_type() {
    let property = |property: Value| {
        let root = with_schema(json!({ "type": "object", "properties": { "pet": property } }));
        let (document, findings) = lowered(root);
        let document = document.unwrap_or_else(|| panic!("{}", errors(&findings)));
        types(&generated(&document.root))
    };
    let pet = "#/components/schemas/Pet";
    assert_eq!(
        property(json!({ "$ref": pet })),
        property(
            json!({ "$ref": pet, "description": "Mine.", "title": "Cat", "deprecated": true })
        ),
    );
}

/// The names of all types and their fields, with the types of those.
fn types(file: &syn::File) -> Vec<String> {
    let module = file.items.iter().find_map(|item| match item {
        syn::Item::Mod(module) if module.ident == "types" => module.content.as_ref(),
        _ => None,
    });
    let items = module.into_iter().flat_map(|(_, items)| items);
    let mut types = Vec::new();
    for item in items {
        if let syn::Item::Struct(item) = item {
            for field in &item.fields {
                let (ident, ty) = (&field.ident, &field.ty);
                types.push(quote::quote!(#ident: #ty).to_string());
            }
            types.push(item.ident.to_string());
        }
    }
    types
}
