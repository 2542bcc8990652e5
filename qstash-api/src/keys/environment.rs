//! Keys from variables, without touching the process: whoever calls brings the lookup.

use std::ffi::OsString;

use super::error::{EnvironmentError, KeyError, VariableProblem};
use super::pair::KeyPair;
use super::ring::KeyRing;
use super::signing_key::SigningKey;
use crate::environment::Lookup;
use crate::region::Region;

const CURRENT: &str = "QSTASH_CURRENT_SIGNING_KEY";
const NEXT: &str = "QSTASH_NEXT_SIGNING_KEY";
const REGION: &str = "QSTASH_REGION";
const DEVELOPMENT: &str = "QSTASH_DEV";

type Ring = (Option<Region>, KeyRing);

/// The ring of the home region: what a client with the same environment talks to.
#[inline]
pub(super) fn home(lookup: Lookup<'_>) -> Result<Ring, EnvironmentError> {
    if is_development(lookup)? {
        return Ok((None, KeyRing::development()));
    }
    let home = home_region(lookup)?;
    if let Some(region) = home
        && let Some(ring) = ring(lookup, home)?
    {
        return Ok((Some(region), ring));
    }
    match ring(lookup, None)? {
        Some(ring) => Ok((None, ring)),
        None => Err(unset(&variable(home, CURRENT))),
    }
}

/// The home ring, then the rings of all regions that have keys, then the one without a region.
#[inline]
pub(super) fn every(lookup: Lookup<'_>) -> Result<Vec<Ring>, EnvironmentError> {
    let first = home(lookup)?;
    let mut rings = vec![first];
    if is_development(lookup)? || home_region(lookup)?.is_none() {
        return Ok(rings);
    }
    for region in Region::ALL.map(Some).into_iter().chain([None]) {
        if rings.iter().any(|(known, _)| *known == region) {
            continue;
        }
        if let Some(ring) = ring(lookup, region)? {
            rings.push((region, ring));
        }
    }
    Ok(rings)
}

/// The ring of `region`, or `None` when neither of its variables is set.
fn ring(lookup: Lookup<'_>, region: Option<Region>) -> Result<Option<KeyRing>, EnvironmentError> {
    let [current, next] = [CURRENT, NEXT].map(|name| variable(region, name));
    let pair = match (key(lookup, &current)?, key(lookup, &next)?) {
        (None, None) => return Ok(None),
        (None, Some(_)) => return Err(unset(&current)),
        (Some(_), None) => return Err(unset(&next)),
        (Some(current_key), Some(next_key)) => KeyPair::of(current_key, next_key),
    };
    pair.map(|pair| Some(KeyRing::from(pair)))
        .map_err(|problem| invalid(&next, problem))
}

fn key(lookup: Lookup<'_>, name: &str) -> Result<Option<SigningKey>, EnvironmentError> {
    text(lookup, name)?
        .map(|text| SigningKey::new(text).map_err(|problem| invalid(name, problem)))
        .transpose()
}

fn home_region(lookup: Lookup<'_>) -> Result<Option<Region>, EnvironmentError> {
    let wrong = |_| EnvironmentError::new(REGION, VariableProblem::NotARegion);
    text(lookup, REGION)?
        .map(|name| name.parse().map_err(wrong))
        .transpose()
}

fn is_development(lookup: Lookup<'_>) -> Result<bool, EnvironmentError> {
    match text(lookup, DEVELOPMENT)?.as_deref() {
        None | Some("0" | "false") => Ok(false),
        Some("1" | "true") => Ok(true),
        Some(_) => Err(EnvironmentError::new(
            DEVELOPMENT,
            VariableProblem::NotABoolean,
        )),
    }
}

/// The value of a variable. One that is empty counts as unset: that is how an unset variable
/// comes out of most deployment files.
fn text(lookup: Lookup<'_>, name: &str) -> Result<Option<String>, EnvironmentError> {
    lookup(name)
        .filter(|value| !value.is_empty())
        .map(OsString::into_string)
        .transpose()
        .map_err(|_| EnvironmentError::new(name, VariableProblem::NotUnicode))
}

fn variable(region: Option<Region>, name: &str) -> String {
    region.map_or_else(
        || name.to_owned(),
        |region| format!("{}_{name}", region.as_prefix()),
    )
}

fn unset(name: &str) -> EnvironmentError {
    EnvironmentError::new(name, VariableProblem::Unset)
}

fn invalid(name: &str, problem: KeyError) -> EnvironmentError {
    EnvironmentError::new(name, VariableProblem::Key(problem))
}
