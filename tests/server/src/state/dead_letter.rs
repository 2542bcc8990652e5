use bytes::Bytes;
use serde_json::Value;

use super::Message;
use crate::clock::Millis;
use crate::options::HeaderList;
use crate::settings::Shapes;

/// The last answer of a destination.
#[derive(Clone, Debug, Default)]
pub(crate) struct Response {
    /// 0 if there was no answer.
    pub(crate) status: u16,
    pub(crate) headers: HeaderList,
    pub(crate) body: Bytes,
    /// The failure where there was no answer.
    pub(crate) error: Option<String>,
}

/// A message that was given up.
#[derive(Clone, Debug)]
pub(crate) struct DeadLetter {
    pub(crate) id: String,
    pub(crate) message: Message,
    pub(crate) response: Response,
    pub(crate) failed_at: Millis,
}

impl DeadLetter {
    /// Returns the message as the service shows it, with its last answer.
    pub(crate) fn to_json(&self, shapes: Shapes) -> Value {
        let mut object = self.message.describe(shapes);
        object
            .set("dlqId", self.id.as_str())
            .set("responseStatus", self.response.status)
            .set("responseHeader", self.response.headers.to_json())
            .body("responseBody", "responseBodyBase64", &self.response.body);
        object.into()
    }
}
