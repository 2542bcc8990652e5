//! Keys from variables.

use super::error::KeyError;
use super::pair::KeyPair;
use super::ring::KeyRing;
use super::signing_key::SigningKey;
use crate::environment::{EnvironmentError, Lookup, VariableProblem, Variables, variable};
use crate::region::Region;

const CURRENT: &str = "QSTASH_CURRENT_SIGNING_KEY";
const NEXT: &str = "QSTASH_NEXT_SIGNING_KEY";

type Ring = (Option<Region>, KeyRing);

/// The ring of the home region: what a client with the same environment talks to.
#[inline]
pub(super) fn home(lookup: Lookup<'_>) -> Result<Ring, EnvironmentError> {
    home_of(&mut Variables::new(lookup))
}

/// The home ring, then the rings of all regions that have keys, then the one without a region.
#[inline]
pub(super) fn every(lookup: Lookup<'_>) -> Result<Vec<Ring>, EnvironmentError> {
    let variables = &mut Variables::new(lookup);
    let mut rings = vec![home_of(variables)?];
    if variables.is_development()? || variables.region()?.is_none() {
        return Ok(rings);
    }
    let regions = Region::ALL.iter().copied().map(Some);
    for region in regions.chain([None]) {
        if rings.iter().any(|(known, _)| *known == region) {
            continue;
        }
        if let Some(ring) = ring(variables, region)? {
            rings.push((region, ring));
        }
    }
    Ok(rings)
}

fn home_of(variables: &mut Variables<'_>) -> Result<Ring, EnvironmentError> {
    if variables.is_development()? {
        return Ok((None, KeyRing::development()));
    }
    let home = variables.region()?;
    if let Some(region) = home
        && let Some(ring) = ring(variables, home)?
    {
        return Ok((Some(region), ring));
    }
    match ring(variables, None)? {
        Some(ring) => Ok((None, ring)),
        None => Err(unset(&variable(home, CURRENT))),
    }
}

/// The ring of `region`, or `None` when neither of its variables is set.
fn ring(
    variables: &mut Variables<'_>,
    region: Option<Region>,
) -> Result<Option<KeyRing>, EnvironmentError> {
    let [current, next] = [CURRENT, NEXT].map(|name| variable(region, name));
    let pair = match (key(variables, &current)?, key(variables, &next)?) {
        (None, None) => return Ok(None),
        (None, Some(_)) => return Err(unset(&current)),
        (Some(_), None) => return Err(unset(&next)),
        (Some(current_key), Some(next_key)) => KeyPair::from_keys(current_key, next_key),
    };
    pair.map(|pair| Some(KeyRing::from(pair)))
        .map_err(|problem| invalid(&next, problem))
}

fn key(variables: &mut Variables<'_>, name: &str) -> Result<Option<SigningKey>, EnvironmentError> {
    variables
        .text(name)?
        .map(|text| SigningKey::new(text).map_err(|problem| invalid(name, problem)))
        .transpose()
}

fn unset(name: &str) -> EnvironmentError {
    let message = "is not set; set it to the signing key of that name in the QStash console";
    EnvironmentError::with_message(name, VariableProblem::Unset, message)
}

fn invalid(name: &str, problem: KeyError) -> EnvironmentError {
    let message = format!("is no signing key: {problem}");
    EnvironmentError::with_message(name, VariableProblem::Key(problem), message)
}
