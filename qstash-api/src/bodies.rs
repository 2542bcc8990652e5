//! Requests that are made of text and numbers.

use crate::destination;
use crate::generated::builder;
use crate::types::{
    AddUrlGroupEndpointsBody, Endpoint, NewEndpoint, RemoveUrlGroupEndpointsBody, UpsertQueueBody,
};

impl builder::AddUrlGroupEndpoints {
    /// Sets the endpoints, by their URLs, or as [`NewEndpoint`]s that have names too.
    pub fn endpoints<E: Into<NewEndpoint>>(self, endpoints: impl IntoIterator<Item = E>) -> Self {
        let endpoints = endpoints.into_iter().map(Into::into).collect();
        self.body(AddUrlGroupEndpointsBody { endpoints })
    }
}

impl builder::RemoveUrlGroupEndpoints {
    /// Sets the endpoints to remove, by their URLs or their names.
    pub fn endpoints<E: Into<Endpoint>>(self, endpoints: impl IntoIterator<Item = E>) -> Self {
        let endpoints = endpoints.into_iter().map(Into::into).collect();
        self.body(RemoveUrlGroupEndpointsBody { endpoints })
    }
}

impl UpsertQueueBody {
    /// Creates the settings of a queue that delivers one message at a time.
    pub fn new(queue_name: impl Into<String>) -> Self {
        Self {
            queue_name: queue_name.into(),
            parallelism: 1,
            paused: None,
        }
    }
}

/// An endpoint without a name.
impl<T: Into<String>> From<T> for NewEndpoint {
    fn from(url: T) -> Self {
        Self {
            url: url.into(),
            name: None,
        }
    }
}

/// An endpoint by its URL, or by its name where the text is no absolute URL.
impl<T: Into<String>> From<T> for Endpoint {
    fn from(text: T) -> Self {
        let text = Some(text.into());
        match text.as_deref().is_some_and(destination::is_absolute_url) {
            true => Self {
                url: text,
                name: None,
            },
            false => Self {
                url: None,
                name: text,
            },
        }
    }
}
