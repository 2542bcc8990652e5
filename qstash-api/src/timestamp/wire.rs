//! Instants in JSON.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use super::Timestamp;

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TimestampVisitor;

        impl Visitor<'_> for TimestampVisitor {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time in unix milliseconds, or a date in RFC 3339")
            }

            fn visit_i64<E>(self, milliseconds: i64) -> Result<Timestamp, E> {
                Ok(Timestamp(milliseconds))
            }

            fn visit_u64<E>(self, milliseconds: u64) -> Result<Timestamp, E> {
                Ok(Timestamp(i64::try_from(milliseconds).unwrap_or(i64::MAX)))
            }

            fn visit_f64<E>(self, milliseconds: f64) -> Result<Timestamp, E> {
                // A number that does not fit is as far away as can be.
                Ok(Timestamp(milliseconds as i64))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Timestamp, E> {
                match text.parse() {
                    Ok(milliseconds) => Ok(Timestamp(milliseconds)),
                    Err(_) => text.parse().map_err(E::custom),
                }
            }
        }

        deserializer.deserialize_any(TimestampVisitor)
    }
}

/// An integer, as the service writes it.
#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Timestamp {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "format": "unix-milliseconds" })
    }
}
