//! Keys from variables.

use super::pair::KeyPair;
use super::signing_key::SigningKey;
use crate::environment::{EnvironmentError, Lookup, VariableProblem, Variables, variable};
use crate::invalid_key::InvalidKey;
use crate::region::Region;

const CURRENT: &str = "QSTASH_CURRENT_SIGNING_KEY";
const NEXT: &str = "QSTASH_NEXT_SIGNING_KEY";

/// The pair of a region, or the one without a region.
type Pair = (Option<Region>, KeyPair);

/// Returns the pair of the home region, which a client with the same environment talks to.
#[inline]
pub(super) fn home(lookup: Lookup<'_>) -> Result<Pair, EnvironmentError> {
    home_of(&mut Variables::new(lookup))
}

/// Returns the home pair, then the pairs of all regions that have keys, then the one without a region.
#[inline]
pub(super) fn every(lookup: Lookup<'_>) -> Result<Vec<Pair>, EnvironmentError> {
    let variables = &mut Variables::new(lookup);
    let mut pairs = vec![home_of(variables)?];
    if variables.is_development()? || variables.region()?.is_none() {
        return Ok(pairs);
    }
    let regions = Region::ALL.iter().copied().map(Some);
    for region in regions.chain([None]) {
        if pairs.iter().any(|(known, _)| *known == region) {
            continue;
        }
        if let Some(pair) = pair(variables, region)? {
            pairs.push((region, pair));
        }
    }
    Ok(pairs)
}

fn home_of(variables: &mut Variables<'_>) -> Result<Pair, EnvironmentError> {
    if variables.is_development()? {
        return Ok((None, KeyPair::development()));
    }
    let home = variables.region()?;
    if let Some(region) = home
        && let Some(pair) = pair(variables, home)?
    {
        return Ok((Some(region), pair));
    }
    match pair(variables, None)? {
        Some(pair) => Ok((None, pair)),
        None => Err(unset(&variable(home, CURRENT))),
    }
}

/// Returns the pair of `region`, or `None` when neither of its variables is set.
fn pair(
    variables: &mut Variables<'_>,
    region: Option<Region>,
) -> Result<Option<KeyPair>, EnvironmentError> {
    let [current, next] = [CURRENT, NEXT].map(|name| variable(region, name));
    let pair = match (key(variables, &current)?, key(variables, &next)?) {
        (None, None) => return Ok(None),
        (None, Some(_)) => return Err(unset(&current)),
        (Some(_), None) => return Err(unset(&next)),
        (Some(current_key), Some(next_key)) => KeyPair::from_keys(current_key, next_key),
    };
    pair.map(Some).map_err(|problem| invalid(&next, problem))
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

fn invalid(name: &str, problem: InvalidKey) -> EnvironmentError {
    let message = format!("is no signing key: {problem}");
    EnvironmentError::with_message(name, VariableProblem::Key(problem), message)
}
