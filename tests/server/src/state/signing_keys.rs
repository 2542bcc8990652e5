use serde_json::{Value, json};

/// The two keys that a server shows: it signs with the current one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKeys {
    /// The key that deliveries are signed with.
    pub current: String,
    /// The key that becomes the current one by a rotation.
    pub next: String,
}

impl SigningKeys {
    /// Makes the next key the current one and a fresh key the next one.
    pub(crate) fn rotate(&mut self, fresh: String) {
        self.current = std::mem::replace(&mut self.next, fresh);
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({ "current": self.current, "next": self.next })
    }
}
