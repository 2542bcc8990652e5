//! The table of precedence, line by line, and what is wrong with variables.

use std::collections::BTreeMap;
use std::ffi::OsString;

use super::*;

/// `NAME=value` for each variable.
fn resolved(given: Given, variables: &[&str]) -> Result<(String, String), String> {
    let variables: BTreeMap<_, _> = variables
        .iter()
        .filter_map(|line| line.split_once('='))
        .collect();
    let mut lookup = |name: &str| variables.get(name).map(OsString::from);
    resolve(given, Some(&mut lookup))
        .map(|endpoint| (endpoint.base_url, endpoint.token.expose().to_owned()))
        .map_err(|error| error.to_string())
}

fn token() -> Given {
    Given {
        token: Some(Token::new("given").unwrap()),
        ..Given::default()
    }
}

fn base_url() -> Given {
    Given {
        base_url: Some("https://given.example".to_owned()),
        ..Given::default()
    }
}

fn region() -> Given {
    Given {
        region: Some(Region::UsEast1),
        ..Given::default()
    }
}

#[test]
fn each_of_base_url_and_token_comes_from_the_first_line_that_has_it() {
    let eu = "https://qstash.upstash.io";
    let us = "https://qstash-us-east-1.upstash.io";
    let us_set = [
        "US_EAST_1_QSTASH_URL=https://us.example",
        "US_EAST_1_QSTASH_TOKEN=us",
    ];
    let [us_url, us_token] = us_set;
    for (given, variables, base_url, token) in [
        // Otherwise.
        (Given::default(), vec!["QSTASH_TOKEN=t"], eu, "t"),
        (
            Given::default(),
            vec!["QSTASH_TOKEN=t", "QSTASH_URL=https://u.example/"],
            "https://u.example",
            "t",
        ),
        (
            Given::default(),
            vec![
                "QSTASH_TOKEN=t",
                "QSTASH_URL=",
                "QSTASH_REGION=",
                "QSTASH_DEV=",
            ],
            eu,
            "t",
        ),
        (
            Given::default(),
            vec!["QSTASH_TOKEN=t", us_url, us_token],
            eu,
            "t",
        ),
        // The region's set.
        (
            Given::default(),
            vec![
                "QSTASH_REGION=US_EAST_1",
                "QSTASH_TOKEN=t",
                us_url,
                us_token,
            ],
            "https://us.example",
            "us",
        ),
        (
            Given::default(),
            vec!["QSTASH_REGION=us-east-1", us_url, us_token],
            "https://us.example",
            "us",
        ),
        (
            Given::default(),
            vec!["QSTASH_REGION=US_EAST_1", "QSTASH_TOKEN=t", us_url],
            eu,
            "t",
        ),
        (
            Given::default(),
            vec!["QSTASH_REGION=US_EAST_1", "QSTASH_TOKEN=t", us_token],
            eu,
            "t",
        ),
        (
            Given::default(),
            vec![
                "QSTASH_REGION=EU_CENTRAL_1",
                "QSTASH_TOKEN=t",
                us_url,
                us_token,
            ],
            eu,
            "t",
        ),
        (
            Given::default(),
            vec![
                "QSTASH_REGION=EU_CENTRAL_1",
                "EU_CENTRAL_1_QSTASH_URL=https://eu.example",
                "EU_CENTRAL_1_QSTASH_TOKEN=eu",
            ],
            "https://eu.example",
            "eu",
        ),
        // The dev server.
        (
            Given::default(),
            vec!["QSTASH_DEV=1", "QSTASH_TOKEN=t"],
            "http://127.0.0.1:8080",
            DEV_TOKEN,
        ),
        (
            Given::default(),
            vec!["QSTASH_DEV=true", "QSTASH_DEV_PORT=9090"],
            "http://127.0.0.1:9090",
            DEV_TOKEN,
        ),
        (
            Given::default(),
            vec!["QSTASH_DEV=1", "QSTASH_REGION=US_EAST_1", us_url, us_token],
            "http://127.0.0.1:8080",
            DEV_TOKEN,
        ),
        (
            Given::default(),
            vec!["QSTASH_DEV=0", "QSTASH_DEV_PORT=none", "QSTASH_TOKEN=t"],
            eu,
            "t",
        ),
        (
            Given::default(),
            vec!["QSTASH_DEV=false", "QSTASH_TOKEN=t"],
            eu,
            "t",
        ),
        // Given to the builder.
        (
            token(),
            vec!["QSTASH_TOKEN=t", "QSTASH_URL=https://u.example"],
            "https://u.example",
            "given",
        ),
        (token(), vec!["QSTASH_TOKEN=\n"], eu, "given"),
        (
            token(),
            vec!["QSTASH_REGION=US_EAST_1", us_url],
            "https://us.example",
            "given",
        ),
        (
            token(),
            vec!["QSTASH_DEV=1"],
            "http://127.0.0.1:8080",
            "given",
        ),
        (
            base_url(),
            vec!["QSTASH_TOKEN=t", "QSTASH_URL=nonsense"],
            "https://given.example",
            "t",
        ),
        (
            base_url(),
            vec!["QSTASH_REGION=US_EAST_1", us_token],
            "https://given.example",
            "us",
        ),
        (
            base_url(),
            vec!["QSTASH_DEV=1", "QSTASH_DEV_PORT=none"],
            "https://given.example",
            DEV_TOKEN,
        ),
        (
            Given {
                token: token().token,
                ..base_url()
            },
            vec!["QSTASH_DEV=maybe"],
            "https://given.example",
            "given",
        ),
        (region(), vec!["QSTASH_TOKEN=t", us_token], us, "us"),
        (
            region(),
            vec!["QSTASH_TOKEN=t", "QSTASH_URL=https://u.example"],
            us,
            "t",
        ),
        (
            region(),
            vec!["QSTASH_REGION=EU_CENTRAL_1", "QSTASH_TOKEN=t", us_token],
            us,
            "us",
        ),
    ] {
        let expected = Ok((base_url.to_owned(), token.to_owned()));
        assert_eq!(
            resolved(given.clone(), &variables),
            expected,
            "{given:?} {variables:?}"
        );
    }
}

#[test]
fn a_variable_that_is_missing_or_malformed_is_named_and_its_value_is_not_shown() {
    let dev = "QSTASH_DEV` is neither";
    let port = "QSTASH_DEV_PORT` is not a port";
    for (given, variables, problem) in [
        (
            Given::default(),
            vec![],
            "`QSTASH_TOKEN` is not set; set it",
        ),
        (
            Given::default(),
            vec!["QSTASH_TOKEN="],
            "`QSTASH_TOKEN` is not set; set it",
        ),
        (
            Given::default(),
            vec!["QSTASH_TOKEN= "],
            "`QSTASH_TOKEN` is empty",
        ),
        (
            Given::default(),
            vec!["QSTASH_TOKEN=s3cr3t\n"],
            "`QSTASH_TOKEN` has white space",
        ),
        (
            base_url(),
            vec!["QSTASH_TOKEN=Bearer s3cr3t"],
            "`QSTASH_TOKEN` has white space",
        ),
        (
            Given::default(),
            vec![
                "QSTASH_TOKEN=t",
                "QSTASH_URL=https://qstash.upstash.io/v2/publish",
            ],
            "`QSTASH_URL` has the path `/v2/publish`",
        ),
        (
            Given::default(),
            vec!["QSTASH_TOKEN=t", "QSTASH_URL=s3cr3t"],
            "`QSTASH_URL` does not begin with",
        ),
        (
            Given::default(),
            vec!["QSTASH_TOKEN=t", "QSTASH_URL=http://10.1.2.3"],
            "`QSTASH_URL` is plain `http`",
        ),
        (
            Given::default(),
            vec!["QSTASH_TOKEN=t", "QSTASH_REGION=s3cr3t"],
            "`QSTASH_REGION` is not a region",
        ),
        (
            Given::default(),
            vec!["QSTASH_REGION=US_EAST_1"],
            "neither are both `US_EAST_1_QSTASH_URL` and `US_EAST_1_QSTASH_TOKEN`",
        ),
        (
            Given::default(),
            vec![
                "QSTASH_REGION=US_EAST_1",
                "US_EAST_1_QSTASH_URL=https://us.example",
                "US_EAST_1_QSTASH_TOKEN=s3cr3t\r",
            ],
            "`US_EAST_1_QSTASH_TOKEN` has white space",
        ),
        (
            Given::default(),
            vec![
                "QSTASH_REGION=US_EAST_1",
                "US_EAST_1_QSTASH_URL=https://us.example/v2",
                "US_EAST_1_QSTASH_TOKEN=us",
            ],
            "`US_EAST_1_QSTASH_URL` has the path `/v2`",
        ),
        (Given::default(), vec!["QSTASH_DEV=yes"], dev),
        (Given::default(), vec!["QSTASH_DEV=TRUE"], dev),
        (Given::default(), vec!["QSTASH_DEV= 1"], dev),
        (
            Given::default(),
            vec!["QSTASH_DEV=1", "QSTASH_DEV_PORT=0"],
            port,
        ),
        (
            Given::default(),
            vec!["QSTASH_DEV=1", "QSTASH_DEV_PORT=65536"],
            port,
        ),
        (
            Given::default(),
            vec!["QSTASH_DEV=1", "QSTASH_DEV_PORT=+80"],
            port,
        ),
        (
            Given::default(),
            vec!["QSTASH_DEV=1", "QSTASH_DEV_PORT=80a"],
            port,
        ),
        (
            Given {
                region: region().region,
                ..base_url()
            },
            vec!["QSTASH_TOKEN=t"],
            "both a base URL and a region",
        ),
    ] {
        let error = resolved(given, &variables).unwrap_err();
        assert!(error.contains(problem), "{variables:?}: {error}");
        assert!(!error.contains("s3cr3t"), "{variables:?}: {error}");
    }
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_unicode_is_named() {
    use std::os::unix::ffi::OsStringExt as _;

    let mut lookup = |name: &str| (name == "QSTASH_TOKEN").then(|| OsString::from_vec(vec![0xff]));
    let error = resolve(Given::default(), Some(&mut lookup)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`QSTASH_TOKEN` is not valid Unicode"),
        "{error}"
    );
}

#[test]
fn without_an_environment_a_token_has_to_be_given() {
    let endpoint = resolve(token(), None).unwrap();
    assert_eq!(endpoint.base_url, base_url::DEFAULT);
    let error = resolve(Given::default(), None).unwrap_err();
    assert!(error.to_string().contains("no token"), "{error}");
}
