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
                ..Self::default()
            },
            false => Self {
                name: text,
                ..Self::default()
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_named_by_its_url_or_by_its_name() {
        for (text, url) in [
            ("https://example.com/a", true),
            ("backup", false),
            ("example.com", false),
        ] {
            let endpoint = Endpoint::from(text);
            let (found, other) = match url {
                true => (endpoint.url, endpoint.name),
                false => (endpoint.name, endpoint.url),
            };
            assert_eq!((found.as_deref(), other), (Some(text), None));
        }
    }

    #[test]
    fn a_queue_delivers_one_message_at_a_time_unless_it_is_told_otherwise() {
        let built = UpsertQueueBody::builder().queue_name("a").build();
        for body in [UpsertQueueBody::new("a"), built.unwrap()] {
            let body = serde_json::to_string(&body).unwrap();
            assert_eq!(body, r#"{"parallelism":1,"queueName":"a"}"#);
        }
    }
}
