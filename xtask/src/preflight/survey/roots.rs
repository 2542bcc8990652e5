//! The schemas that progenitor hands to typify, and those inside them.

use std::collections::HashSet;

use super::{Kind, Nested, Node, Operation, Root, RootName, Survey, is_json, json_content};
use crate::names::{Case, operation_case};
use crate::preflight::schema::children;

impl<'a> Survey<'a> {
    pub(super) fn find_schemas(&self) -> Vec<Nested<'a>> {
        let mut seen = HashSet::new();
        let mut schemas = Vec::new();
        for root in self.roots() {
            let mut pending = vec![Nested {
                node: root.node.clone(),
                depth: 1,
            }];
            while let Some(schema) = pending.pop() {
                if seen.insert(std::ptr::from_ref(schema.node.value)) {
                    let children = children(&schema.node).into_iter().rev();
                    let depth = schema.depth + 1;
                    pending.extend(children.map(|node| Nested { node, depth }));
                    schemas.push(schema);
                }
            }
        }
        schemas
    }

    pub(super) fn find_roots(&self) -> Vec<Root<'a>> {
        let components = self.components(Kind::Schema).into_iter();
        let mut roots: Vec<_> = components
            .map(|(name, node)| Root {
                node,
                name: RootName::Component(name),
            })
            .collect();
        for operation in &self.operations {
            self.roots_of(operation, &mut roots);
        }
        roots
    }

    fn roots_of(&self, operation: &Operation<'a>, roots: &mut Vec<Root<'a>>) {
        let mut add = |node: Option<Node<'a>>, suffix: &str| {
            let name = format!("{}-{suffix}", operation.id);
            let name = RootName::Derived(operation_case(&name, Case::Pascal));
            roots.extend(node.map(|node| Root { node, name }));
        };
        let mut parameters: Vec<_> = operation.parameters.iter().collect();
        parameters.sort_by_key(|parameter| parameter.name);
        for parameter in parameters {
            add(parameter.node.get("schema"), parameter.name);
        }
        let content = self.body(operation).and_then(|body| body.get("content"));
        for (media_type, node) in content.iter().flat_map(Node::members) {
            if is_json(media_type) || media_type.starts_with("application/x-www-form-urlencoded") {
                add(node.get("schema"), "body");
            }
        }
        for (_, response) in self.responses(operation) {
            add(
                json_content(&response).and_then(|json| json.get("schema")),
                "response",
            );
        }
    }
}
