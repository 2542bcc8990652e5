//! Writes a test that calls every operation of a document through its generated client.
//!
//! `cargo run -p xtask --example replay -- DOCUMENT CRATE` expects the generated files in `CRATE/src/generated` and
//! writes `CRATE/tests/replay.rs`. In that test a listener on the loopback interface answers each operation with the
//! example that the document itself gives for it, or with a value that the core form says is valid. Every member of an
//! example that the document declares has to arrive, and every parameter has to be in the request.

#![allow(clippy::expect_used, reason = "a program for a person who watches it")]

mod calls;
mod samples;

use std::error::Error;
use std::path::Path;

use xtask::finding::Findings;
use xtask::load::load_openapi;
use xtask::lower::lower;
use xtask::settings::Settings;
use xtask::source::Source;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [document, folder] = arguments.as_slice() else {
        return Err(
            "give the document, and the folder of the crate with the generated files".into(),
        );
    };
    let source = Source::new(document.as_str(), std::fs::read_to_string(document)?);
    let mut findings = Findings::new();
    let loaded = load_openapi(&source, &mut findings).ok_or("this is no OpenAPI document")?;
    let api =
        lower(&loaded, &Settings::default(), &mut findings).ok_or("the document is refused")?;
    let package = Path::new(folder)
        .file_name()
        .and_then(|name| name.to_str())
        .ok_or("the folder has no name")?;
    let (test, counted) = calls::test(&api, &loaded, &format!("d_{package}"));
    std::fs::create_dir_all(Path::new(folder).join("tests"))?;
    std::fs::write(Path::new(folder).join("tests/replay.rs"), test)?;
    println!(
        "{package}: {} operations, {} of them answered with an example of the document",
        counted.operations, counted.examples
    );
    Ok(())
}
