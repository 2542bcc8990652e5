//! Marks: facts about a property that progenitor drops, carried through it at the end of the description.
//!
//! A description arrives in the documentation of the generated field, so the pass that needs the fact finds
//! it exactly where it belongs, without guessing how progenitor named the type. Equal schemas get equal
//! marks, so that progenitor still sees them as equal.

use serde_json::Value;

use super::walk;

/// A mark begins with this. It is a private-use character, which no description has.
const BEGIN: char = '\u{E000}';

/// What a mark says of a property.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mark {
    /// Other names under which the service sends the property.
    pub aliases: Vec<String>,
    /// Whether the document marks the property as deprecated.
    pub deprecated: bool,
}

impl Mark {
    fn of(schema: &Value) -> Option<Self> {
        let mark = Self {
            aliases: schema
                .get("x-aliases")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            deprecated: schema.get("deprecated") == Some(&Value::Bool(true)),
        };
        (mark != Self::default()).then_some(mark)
    }

    fn text(&self) -> String {
        let deprecated = if self.deprecated { "!" } else { "" };
        format!("{BEGIN}{deprecated}{}", self.aliases.join(","))
    }

    /// Splits the documentation of a generated field into what a person wrote and the mark.
    #[must_use]
    pub fn split(documentation: &str) -> (String, Option<Self>) {
        let Some((text, mark)) = documentation.split_once(BEGIN) else {
            return (documentation.to_owned(), None);
        };
        let (deprecated, aliases) = match mark.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, mark),
        };
        let aliases = aliases
            .split(',')
            .filter(|alias| !alias.is_empty())
            .map(str::to_owned)
            .collect();
        let mark = Self {
            aliases,
            deprecated,
        };
        (text.to_owned(), Some(mark))
    }
}

/// Marks every property that has a fact to carry; gives their names, each with its mark.
pub fn insert(root: &mut Value) -> Vec<(String, Mark)> {
    let mut inserted = Vec::new();
    walk::schemas(root, &mut |schema| {
        let Some(Value::Object(properties)) = schema.get_mut("properties") else {
            return;
        };
        for (name, property) in properties {
            if let (Some(mark), Some(map)) = (Mark::of(property), property.as_object_mut()) {
                let description = map
                    .get("description")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                let marked = format!("{description}{}", mark.text());
                map.insert("description".to_owned(), Value::String(marked));
                inserted.push((name.clone(), mark));
            }
        }
    });
    inserted
}

#[cfg(test)]
mod tests {
    use super::{Mark, insert};
    use serde_json::json;

    #[test]
    fn a_mark_survives_the_way_through_a_description() {
        for mark in [
            Mark {
                aliases: vec!["events".into(), "rows".into()],
                deprecated: false,
            },
            Mark {
                aliases: vec![],
                deprecated: true,
            },
            Mark {
                aliases: vec!["old".into()],
                deprecated: true,
            },
        ] {
            let (text, read) = Mark::split(&format!("What it is.{}", mark.text()));
            assert_eq!((text.as_str(), read), ("What it is.", Some(mark)));
        }
        assert_eq!(Mark::split("Plain."), ("Plain.".to_owned(), None));
    }

    #[test]
    fn only_properties_are_marked_wherever_they_stand() {
        let property = json!({ "type": "string", "x-aliases": ["b"] });
        let mut root = json!({
            "paths": { "/a": { "get": { "responses": { "200": { "content": { "application/json": { "schema": {
                "allOf": [{ "properties": { "a": property } }],
                "example": { "properties": { "a": property } }
            } } } } } } } },
            "components": { "schemas": { "properties": { "items": { "properties": { "a": property } }, "deprecated": true } } }
        });
        assert_eq!(insert(&mut root).len(), 2);
        let marked = root
            .pointer("/paths/~1a/get/responses/200/content/application~1json/schema/allOf/0/properties/a/description");
        assert_eq!(marked, Some(&json!("\u{E000}b")));
        assert_eq!(
            root.pointer(
                "/paths/~1a/get/responses/200/content/application~1json/schema/example/properties/a"
            ),
            Some(&property)
        );
    }
}
