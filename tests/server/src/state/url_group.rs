use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clock::Millis;
use crate::settings::Shapes;
use crate::view::Object;

/// A URL Group: a name for several endpoints.
#[derive(Clone, Debug)]
pub(crate) struct UrlGroup {
    pub(crate) name: String,
    pub(crate) endpoints: Vec<Endpoint>,
    /// The headers that every message to the group gets.
    pub(crate) headers: BTreeMap<String, Vec<String>>,
    pub(crate) created_at: Millis,
    pub(crate) updated_at: Millis,
}

/// One endpoint of a URL Group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Endpoint {
    pub(crate) name: Option<String>,
    pub(crate) url: String,
}

impl UrlGroup {
    pub(crate) fn new(name: &str, now: Millis) -> Self {
        Self {
            name: name.to_owned(),
            endpoints: Vec::new(),
            headers: BTreeMap::new(),
            created_at: now,
            updated_at: now,
        }
    }

    /// Adds an endpoint, or changes the one of the same name, or without a name of the same URL.
    pub(crate) fn add(&mut self, endpoint: Endpoint) {
        let same = |known: &&mut Endpoint| match &endpoint.name {
            Some(_) => known.name == endpoint.name,
            None => known.url == endpoint.url,
        };
        match self.endpoints.iter_mut().find(same) {
            Some(known) => known.url = endpoint.url,
            None => self.endpoints.push(endpoint),
        }
    }

    /// Removes the endpoints that have the given name, or without a name the given URL.
    pub(crate) fn remove(&mut self, name: Option<&str>, url: Option<&str>) -> usize {
        let before = self.endpoints.len();
        self.endpoints.retain(|known| match (name, url) {
            (Some(name), _) => known.name.as_deref() != Some(name),
            (None, Some(url)) => known.url != url,
            (None, None) => true,
        });
        before - self.endpoints.len()
    }

    pub(crate) fn to_json(&self, shapes: Shapes) -> Value {
        let endpoints = self.endpoints.iter().map(|endpoint| {
            let mut object = Object::new(shapes);
            object
                .maybe("name", endpoint.name.as_deref())
                .set("url", endpoint.url.as_str());
            Value::from(object)
        });
        let endpoints: Vec<Value> = endpoints.collect();
        let mut group = Object::new(shapes);
        group
            .set("name", self.name.as_str())
            .set("createdAt", self.created_at)
            .set("updatedAt", self.updated_at)
            .set("endpoints", endpoints)
            .set("headers", json!(self.headers));
        group.into()
    }
}
