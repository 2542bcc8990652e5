//! Durations in storage: numbers of seconds, rounded up as they are on the wire.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(crate) fn serialize<S: Serializer>(
    duration: &Option<Duration>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let seconds = duration.map(|duration| {
        let fraction = u64::from(duration.subsec_nanos() > 0);
        duration.as_secs().saturating_add(fraction)
    });
    seconds.serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    Ok(Option::deserialize(deserializer)?.map(Duration::from_secs))
}
