//! Keys from variables, without variables.

use std::collections::BTreeMap;
use std::ffi::OsString;

use qstash_api::keys::{EnvironmentError, InvalidKey, KeyRing, KeyRings, Region, VariableProblem};

type Variables<'a> = &'a [(&'a str, &'a str)];

fn lookup(variables: Variables<'_>) -> impl Fn(&str) -> Option<OsString> + use<> {
    let variables: BTreeMap<String, OsString> = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), OsString::from(value)))
        .collect();
    move |name| variables.get(name).cloned()
}

const CURRENT: &str = "QSTASH_CURRENT_SIGNING_KEY";
const NEXT: &str = "QSTASH_NEXT_SIGNING_KEY";
const EU_CURRENT: &str = "EU_CENTRAL_1_QSTASH_CURRENT_SIGNING_KEY";
const EU_NEXT: &str = "EU_CENTRAL_1_QSTASH_NEXT_SIGNING_KEY";
const US_CURRENT: &str = "US_EAST_1_QSTASH_CURRENT_SIGNING_KEY";
const US_NEXT: &str = "US_EAST_1_QSTASH_NEXT_SIGNING_KEY";

/// Each ring as its region and its current key.
fn rings(variables: Variables<'_>) -> Result<Vec<(Option<Region>, String)>, EnvironmentError> {
    let rings = KeyRings::from_lookup(lookup(variables))?;
    let current = |ring: &KeyRing| ring.keys().current().expose().to_owned();
    let all: Vec<_> = rings
        .iter()
        .map(|(region, ring)| (region, current(ring)))
        .collect();
    // The home ring is always the first.
    let home = KeyRing::from_lookup(lookup(variables))?;
    assert_eq!(home.keys().current().expose(), all[0].1);
    Ok(all)
}

#[test]
fn rings_come_from_the_variables_of_the_home_region_then_from_the_others() {
    let eu = Some(Region::EuCentral1);
    let us = Some(Region::UsEast1);
    let plain = [(CURRENT, "p1"), (NEXT, "p2")];
    let eu_pair = [(EU_CURRENT, "e1"), (EU_NEXT, "e2")];
    let us_pair = [(US_CURRENT, "u1"), (US_NEXT, "u2")];
    type Row<'a> = (&'a [Variables<'a>], &'a [(Option<Region>, &'a str)]);
    let table: &[Row<'_>] = &[
        (&[&plain], &[(None, "p1")]),
        // Without a home region the regions' variables are not looked at.
        (&[&plain, &eu_pair], &[(None, "p1")]),
        (&[&plain, &[("QSTASH_REGION", "")]], &[(None, "p1")]),
        (
            &[&plain, &[("QSTASH_REGION", "US_EAST_1")]],
            &[(None, "p1")],
        ),
        (
            &[&us_pair, &[("QSTASH_REGION", "US_EAST_1")]],
            &[(us, "u1")],
        ),
        (
            &[&us_pair, &plain, &[("QSTASH_REGION", "us-east-1")]],
            &[(us, "u1"), (None, "p1")],
        ),
        (
            &[&us_pair, &eu_pair, &[("QSTASH_REGION", "US_EAST_1")]],
            &[(us, "u1"), (eu, "e1")],
        ),
        (
            &[&us_pair, &eu_pair, &[("QSTASH_REGION", "EU_CENTRAL_1")]],
            &[(eu, "e1"), (us, "u1")],
        ),
        (
            &[&eu_pair, &plain, &[("QSTASH_REGION", "US_EAST_1")]],
            &[(None, "p1"), (eu, "e1")],
        ),
        (
            &[
                &us_pair,
                &plain,
                &eu_pair,
                &[("QSTASH_REGION", "EU_CENTRAL_1")],
            ],
            &[(eu, "e1"), (us, "u1"), (None, "p1")],
        ),
        (&[&plain, &[("QSTASH_DEV", "0")]], &[(None, "p1")]),
        (&[&plain, &[("QSTASH_DEV", "false")]], &[(None, "p1")]),
        (
            &[
                &plain,
                &us_pair,
                &[("QSTASH_DEV", "true"), ("QSTASH_REGION", "US_EAST_1")],
            ],
            &[(None, "sig_7kYjw48mhY7kAjqNGcy6cr29RJ6r")],
        ),
        (
            &[&[("QSTASH_DEV", "1")]],
            &[(None, "sig_7kYjw48mhY7kAjqNGcy6cr29RJ6r")],
        ),
    ];
    for (variables, expected) in table {
        let variables = variables.concat();
        let expected: Vec<_> = expected
            .iter()
            .map(|(r, key)| (*r, (*key).to_owned()))
            .collect();
        assert_eq!(rings(&variables).as_ref(), Ok(&expected), "{variables:?}");
    }
}

#[test]
fn a_wrong_variable_is_named_and_its_value_is_not() {
    use VariableProblem::{Key, NotABoolean, NotARegion, Unset};
    let eu = ("QSTASH_REGION", "EU_CENTRAL_1");
    let table: &[(Variables<'_>, &str, VariableProblem)] = &[
        (&[], CURRENT, Unset),
        (&[(CURRENT, "k1")], NEXT, Unset),
        (&[(CURRENT, "k1"), (NEXT, "")], NEXT, Unset),
        (&[(NEXT, "k2")], CURRENT, Unset),
        (
            &[(CURRENT, "k1"), (NEXT, " ")],
            NEXT,
            Key(InvalidKey::Empty),
        ),
        (
            &[(CURRENT, "k1\n"), (NEXT, "k2")],
            CURRENT,
            Key(InvalidKey::Character),
        ),
        (
            &[(CURRENT, "'k1'"), (NEXT, "k2")],
            CURRENT,
            Key(InvalidKey::Character),
        ),
        (
            &[(CURRENT, "k1"), (NEXT, "k1")],
            NEXT,
            Key(InvalidKey::Repeated),
        ),
        (&[eu], EU_CURRENT, Unset),
        (
            &[eu, (US_CURRENT, "k1"), (US_NEXT, "k2")],
            EU_CURRENT,
            Unset,
        ),
        (
            &[eu, (EU_CURRENT, "k1"), (CURRENT, "k3"), (NEXT, "k4")],
            EU_NEXT,
            Unset,
        ),
        (
            &[eu, (EU_CURRENT, "k1"), (EU_NEXT, "k2"), (US_NEXT, "k3")],
            US_CURRENT,
            Unset,
        ),
        (
            &[eu, (EU_CURRENT, "k1"), (EU_NEXT, "k2"), (NEXT, "k3")],
            CURRENT,
            Unset,
        ),
        (
            &[("QSTASH_REGION", "k1k2"), (CURRENT, "k1"), (NEXT, "k2")],
            "QSTASH_REGION",
            NotARegion,
        ),
        (
            &[("QSTASH_DEV", "k1k2"), (CURRENT, "k1"), (NEXT, "k2")],
            "QSTASH_DEV",
            NotABoolean,
        ),
    ];
    for (variables, name, problem) in table {
        let error = rings(variables).unwrap_err();
        assert_eq!(
            (error.variable(), error.problem()),
            (*name, *problem),
            "{variables:?}"
        );
        assert!(error.to_string().contains(name), "{error}");
        for value in ["k1", "k2", "k3"] {
            assert!(!format!("{error} {error:?}").contains(value), "{error:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_unicode_is_named() {
    use std::os::unix::ffi::OsStringExt;
    let error = KeyRing::from_lookup(|name| {
        (name == CURRENT).then(|| OsString::from_vec(vec![b's', 0xff]))
    });
    let error = error.unwrap_err();
    assert_eq!(error.variable(), CURRENT);
    assert_eq!(error.problem(), VariableProblem::NotUnicode);
}
