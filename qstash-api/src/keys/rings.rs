//! Rings of several regions.

use std::ffi::OsString;
use std::sync::Arc;

use super::environment;
use super::ring::KeyRing;
use super::set::KeyName;
use crate::environment::EnvironmentError;
use crate::region::Region;
use crate::timestamp::Timestamp;

/// One ring or several, each of a region that may be known.
///
/// A service that moves from one region to another gets deliveries from both for a while. The
/// `upstash-region` header says which, but it is not signed: it decides which ring is asked
/// first, never which ring is asked at all.
#[derive(Clone, Debug)]
pub struct KeyRings(Arc<[(Option<Region>, KeyRing)]>);

impl KeyRings {
    /// Creates a ring of a region. Add others with [`KeyRings::with_ring`].
    #[must_use]
    pub fn for_region(region: Region, ring: KeyRing) -> Self {
        Self(Arc::new([(Some(region), ring)]))
    }

    /// Adds a ring.
    #[must_use]
    pub fn with_ring(self, region: impl Into<Option<Region>>, ring: KeyRing) -> Self {
        let more = (region.into(), ring);
        Self(self.0.iter().cloned().chain([more]).collect())
    }

    /// Creates the rings of every region that the environment has keys of.
    ///
    /// The first one is that of [`KeyRing::from_env`]. Where `QSTASH_REGION` is set, the pairs of
    /// all regions, and the pair without a region, follow as far as they are set. So a receiver
    /// needs no change when the home region does.
    ///
    /// # Errors
    ///
    /// Names the variable that is missing, half of a pair, or wrong.
    #[inline]
    pub fn from_env() -> Result<Self, EnvironmentError> {
        Self::from_lookup(|name| std::env::var_os(name))
    }

    /// Does the same as [`KeyRings::from_env`], with `lookup` in place of the environment.
    ///
    /// # Errors
    ///
    /// Names the variable that is missing, half of a pair, or wrong.
    #[inline]
    pub fn from_lookup(
        mut lookup: impl FnMut(&str) -> Option<OsString>,
    ) -> Result<Self, EnvironmentError> {
        let pairs = environment::every(&mut lookup)?;
        let rings = pairs
            .into_iter()
            .map(|(region, pair)| (region, pair.into()));
        Ok(Self(rings.collect()))
    }

    /// Returns the rings, each with its region where that is known.
    pub fn iter(&self) -> impl Iterator<Item = (Option<Region>, &KeyRing)> {
        self.0.iter().map(|(region, ring)| (*region, ring))
    }

    /// The region of the ring, and the name of the key in it, under which `tag` is the MAC of
    /// `message`. Rings of the region `hint` are asked first.
    #[inline]
    pub(crate) fn find(
        &self,
        hint: Option<Region>,
        message: &[u8],
        tag: &[u8; 32],
        now: Timestamp,
    ) -> Option<(Option<Region>, KeyName)> {
        let hinted = |region: Option<Region>| region.is_some() && region == hint;
        let first = self.iter().filter(|(region, _)| hinted(*region));
        let others = self.iter().filter(|(region, _)| !hinted(*region));
        first
            .chain(others)
            .find_map(|(region, ring)| Some((region, ring.find(message, tag, now)?)))
    }
}

impl From<KeyRing> for KeyRings {
    fn from(ring: KeyRing) -> Self {
        Self(Arc::new([(None, ring)]))
    }
}

impl From<&KeyRing> for KeyRings {
    fn from(ring: &KeyRing) -> Self {
        ring.clone().into()
    }
}
