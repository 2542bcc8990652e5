//! The regions of the service.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// A region of the service. Regions share nothing: each has its own tokens, signing keys and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Region {
    /// `EU-CENTRAL-1`, the one behind `https://qstash.upstash.io`.
    EuCentral1,
    /// `US-EAST-1`.
    UsEast1,
}

impl Region {
    /// Every region that is known.
    pub const ALL: [Self; 2] = [Self::EuCentral1, Self::UsEast1];

    /// The name as the `upstash-region` header has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EuCentral1 => "EU-CENTRAL-1",
            Self::UsEast1 => "US-EAST-1",
        }
    }

    /// The name as variables have it, before `_QSTASH_TOKEN` and the others.
    #[must_use]
    pub fn as_prefix(self) -> &'static str {
        match self {
            Self::EuCentral1 => "EU_CENTRAL_1",
            Self::UsEast1 => "US_EAST_1",
        }
    }

    /// The base URL of the region.
    #[must_use]
    pub fn base_url(self) -> &'static str {
        match self {
            Self::EuCentral1 => "https://qstash-eu-central-1.upstash.io",
            Self::UsEast1 => "https://qstash-us-east-1.upstash.io",
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Reads every spelling in use: `US_EAST_1`, `US-EAST-1` and `us-east-1`.
impl FromStr for Region {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|region| name.replace('_', "-").eq_ignore_ascii_case(region.as_str()))
            .ok_or_else(|| Error::configuration("not a region; take `EU_CENTRAL_1` or `US_EAST_1`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_read_in_every_spelling_and_in_no_other() {
        for (name, region) in [
            ("US_EAST_1", Some(Region::UsEast1)),
            ("US-EAST-1", Some(Region::UsEast1)),
            ("us-east-1", Some(Region::UsEast1)),
            ("EU_CENTRAL_1", Some(Region::EuCentral1)),
            ("", None),
            ("us east 1", None),
            ("US_EAST_1 ", None),
            ("US_EAST_2", None),
        ] {
            assert_eq!(name.parse::<Region>().ok(), region, "{name:?}");
        }
    }
}
