//! The regions of the service.

use std::error::Error;
use std::fmt;

use crate::text::{from_text, to_text};

/// A region of the service. Regions share nothing: each has its own tokens, signing keys and messages.
///
/// Read in any of the spellings in use: `US-EAST-1` in the `upstash-region` header, `US_EAST_1` in
/// variables, `us-east-1` in host names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Region {
    /// `EU-CENTRAL-1`, the home of `https://qstash.upstash.io`.
    EuCentral1,
    /// `US-EAST-1`.
    UsEast1,
}

impl Region {
    /// The regions that this version of the crate knows.
    pub const ALL: &[Self] = &[Self::EuCentral1, Self::UsEast1];

    /// Returns the name as the `upstash-region` header has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EuCentral1 => "EU-CENTRAL-1",
            Self::UsEast1 => "US-EAST-1",
        }
    }

    /// Returns the name as variables have it, before `_QSTASH_...`.
    #[must_use]
    pub fn env_prefix(self) -> &'static str {
        match self {
            Self::EuCentral1 => "EU_CENTRAL_1",
            Self::UsEast1 => "US_EAST_1",
        }
    }

    /// Returns the base URL of the region.
    #[must_use]
    pub fn base_url(self) -> &'static str {
        match self {
            Self::EuCentral1 => "https://qstash-eu-central-1.upstash.io",
            Self::UsEast1 => "https://qstash-us-east-1.upstash.io",
        }
    }
}

from_text!(Region, UnknownRegion, Region::from_name);
to_text!(Region);

impl Region {
    fn from_name(name: impl AsRef<str>) -> Result<Self, UnknownRegion> {
        let name = name.as_ref();
        let spelt_as = |known: &str| {
            known.len() == name.len()
                && known
                    .bytes()
                    .zip(name.bytes())
                    .all(|(known, given)| match known {
                        b'-' => matches!(given, b'-' | b'_'),
                        _ => known.eq_ignore_ascii_case(&given),
                    })
        };
        Self::ALL
            .iter()
            .copied()
            .find(|region| spelt_as(region.as_str()))
            .ok_or(UnknownRegion)
    }
}

/// The name is not one of a region that this version knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownRegion;

impl fmt::Display for UnknownRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a known region; the known ones are EU-CENTRAL-1 and US-EAST-1")
    }
}

impl Error for UnknownRegion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_in_every_spelling_and_in_no_other() {
        for (name, region) in [
            ("US-EAST-1", Ok(Region::UsEast1)),
            ("us_east_1", Ok(Region::UsEast1)),
            ("Us-East_1", Ok(Region::UsEast1)),
            ("eu-central-1", Ok(Region::EuCentral1)),
            ("", Err(UnknownRegion)),
            ("US-EAST-2", Err(UnknownRegion)),
            ("US EAST 1", Err(UnknownRegion)),
            ("US-EAST-1 ", Err(UnknownRegion)),
            ("US-EAST-", Err(UnknownRegion)),
        ] {
            assert_eq!(name.parse(), region, "{name:?}");
        }
        for region in Region::ALL.iter().copied() {
            assert_eq!(region.to_string().parse(), Ok(region));
            assert_eq!(region.env_prefix().parse(), Ok(region));
        }
    }
}
