//! Verification beside other ways to do it, which `benches/verify` does, and beside the official receivers.

use std::error::Error;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::Setup;
use crate::commands::{cargo, output, ratios};
use crate::figure::{Figure, Wanted};
use crate::page::Block;
use crate::{plot, requests, scratch};

const PAIRS: usize = 9;
const CURRENT: &str = "sig_3Cq7vQm9TzWb2LxUeRk5abcdef";
const URL: &str = "https://example.com/api/orders/incoming";

pub(crate) fn take(setup: &Setup) -> Result<Vec<Block>, Box<dyn Error>> {
    let rows = requests::bench(setup, "qstash-benchmarks", "verify")?;
    let receivers = receivers(setup)?;
    Ok(vec![
        Block::Figures(
            "Beside the same calls of `hmac`, `sha2`, `base64` and `serde_json` written out, beside `jsonwebtoken` with \
             `sha2`, and beside SHA-256 of the body alone; and readers of a ring of keys while another thread puts \
             one set with another next key after the other into it, beside readers of a ring that it does not touch.",
            rows,
        ),
        plot::of_group(
            setup,
            "1 KiB",
            "verification.svg",
            "How long verifying a delivery of 1 KiB takes with the receiver, by hand, and with jsonwebtoken",
        )?,
        Block::Figures(
            "Beside the official receivers: the same delivery with a body of 1 KiB, again and again in one process \
             each, after a first round that is not counted.",
            receivers,
        ),
    ])
}

fn receivers(setup: &Setup) -> Result<Vec<Figure>, Box<dyn Error>> {
    let ours = our_receiver(setup)?;
    let official = official(setup)?;
    let delivery = setup.scratch.join("delivery.json");
    let seconds = |command: &mut Command, calls: u32| -> Result<f64, Box<dyn Error>> {
        fs::write(&delivery, made(calls)?)?;
        let printed = output(command.stdin(File::open(&delivery)?))?;
        Ok(printed.trim().parse()?)
    };
    let mut rows = Vec::new();
    for (name, program, argument) in [
        (
            "@upstash/qstash 2.12.0 on Node.js",
            PathBuf::from("node"),
            "receiver.mjs",
        ),
        (
            "qstash 3.4.0 on Python",
            official.join("venv/bin/python"),
            "receiver.py",
        ),
    ] {
        let ratios = ratios(
            setup.pairs(PAIRS),
            || seconds(&mut Command::new(&ours), 50_000),
            || {
                seconds(
                    Command::new(&program).arg(argument).current_dir(&official),
                    5000,
                )
            },
        )?;
        let name = format!("receiver / {name}, time");
        let figure = Figure::of(&name, ratios, Wanted::Nothing).ok_or("no pairs")?;
        rows.push(figure);
    }
    Ok(rows)
}

/// A program that verifies with our receiver.
fn our_receiver(setup: &Setup) -> Result<PathBuf, Box<dyn Error>> {
    let dependencies = format!("{}\nserde_json = \"1\"", scratch::ours(setup));
    let files = [("main.rs", include_str!("receiver.rs.txt"))];
    let package = scratch::package(setup, "our-receiver", &dependencies, &files)?;
    output(
        cargo()
            .args(["build", "--quiet", "--release"])
            .current_dir(&package),
    )?;
    Ok(package.join("target/release/our-receiver"))
}

/// The directory in which both official clients are installed, in the versions that `official` compares with.
pub(crate) fn official(setup: &Setup) -> Result<PathBuf, Box<dyn Error>> {
    let directory = setup.scratch.join("official");
    fs::create_dir_all(&directory)?;
    for (from, file) in [
        ("official", "package.json"),
        ("official", "requirements.txt"),
        ("src", "receiver.mjs"),
        ("src", "receiver.py"),
        ("src", "bulk.mjs"),
    ] {
        let source = setup.root.join("tests/benchmarks").join(from).join(file);
        fs::copy(source, directory.join(file))?;
    }
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--silent",
    ]);
    output(npm.current_dir(&directory))?;
    output(
        Command::new("python3")
            .args(["-m", "venv", "venv"])
            .current_dir(&directory),
    )?;
    let mut pip = Command::new(directory.join("venv/bin/python"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    pip.args(["--requirement", "requirements.txt"]);
    output(pip.current_dir(&directory))?;
    Ok(directory)
}

/// A delivery as the service signs it, and how often to verify it.
fn made(calls: u32) -> Result<String, Box<dyn Error>> {
    let body = "a".repeat(1024);
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let claims = json!({
        "aud": "",
        "body": URL_SAFE.encode(Sha256::digest(&body)),
        "exp": now + 3600,
        "iat": now,
        "iss": "Upstash",
        "jti": "jwt_67kxXD6UBAk7DqU6hzuHMDdXFXfP",
        "nbf": now,
        "sub": URL,
    });
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mac = Hmac::<Sha256>::new_from_slice(CURRENT.as_bytes())?.chain_update(&signed);
    let mac = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    let delivery = json!({
        "signature": format!("{signed}.{mac}"),
        "body": body,
        "url": URL,
        "current": CURRENT,
        "next": "sig_5kXbVt8QpRn1YdWe7Lz2ghijkl",
        "calls": calls,
    });
    Ok(delivery.to_string())
}
