//! The generator beside progenitor, which `xtask/benches` does, and beside others that read OpenAPI 3.1.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::Setup;
use crate::commands::{cargo, output, ratios, seconds};
use crate::figure::{Figure, Wanted};
use crate::page::Block;
use crate::{requests, scratch};

const OAS3_GEN: &str = "0.29.0";
const OPENAPI_TO_RUST: &str = "0.23.0";
const PAIRS: usize = 21;

/// A document of a thousand operations, the one that a test generates from too.
#[path = "../../tests/other_documents/large.rs"]
#[expect(
    clippy::indexing_slicing,
    reason = "a member is added to an object that is made in the lines before"
)]
mod large;

/// The documents, and the overlay that ours applies to it.
const DOCUMENTS: [(&str, &str, Option<&str>); 3] = [
    (
        "`openapi/openapi.yaml`",
        "openapi/openapi.yaml",
        Some("openapi/overlay.yaml"),
    ),
    (
        "`xtask/tests/data/features-3.1.yaml`",
        "xtask/tests/data/features-3.1.yaml",
        None,
    ),
    ("a thousand operations", LARGE, None),
];

/// The file that the large document is written to, in the scratch directory.
const LARGE: &str = "large.json";

pub(crate) fn take(setup: &Setup) -> Result<Vec<Block>, Box<dyn Error>> {
    let progenitor = requests::bench(setup, "xtask", "pipeline")?;
    let mut build = cargo();
    build.args(["build", "--quiet", "--release", "--package", "xtask"]);
    output(build.current_dir(&setup.root))?;
    let oas3_gen = scratch::installed(setup, "oas3-gen", OAS3_GEN)?;
    let openapi_to_rust = scratch::installed(setup, "openapi-to-rust", OPENAPI_TO_RUST)?;

    fs::write(setup.scratch.join(LARGE), large::document(200))?;
    let mut rows = Vec::new();
    let mut refused = Vec::new();
    for (shown, document, overlay) in DOCUMENTS {
        let document = match document {
            LARGE => setup.scratch.join(LARGE),
            document => setup.root.join(document),
        };
        let ours = |out: &Path| ours(setup, &document, overlay, out);
        let oas3_gen = |out: &Path| {
            let mut command = Command::new(&oas3_gen);
            command
                .args(["generate", "client-mod", "-i"])
                .arg(&document)
                .arg("-o")
                .arg(out);
            command
        };
        let openapi_to_rust = |out: &Path| {
            let mut command = Command::new(&openapi_to_rust);
            command
                .args(["generate", "--quiet", "--output-dir"])
                .arg(out)
                .arg(&document);
            command
        };
        type Theirs<'a> = &'a dyn Fn(&Path) -> Command;
        let others: [(String, Theirs<'_>); 2] = [
            (format!("oas3-gen {OAS3_GEN}"), &oas3_gen),
            (
                format!("openapi-to-rust {OPENAPI_TO_RUST}"),
                &openapi_to_rust,
            ),
        ];
        for (name, theirs) in others {
            if let Err(error) = once(setup, theirs) {
                refused.push(format!(
                    "- {name} does not read {shown}: {}",
                    last_line(&*error)
                ));
                continue;
            }
            let ratios = ratios(
                setup.pairs(PAIRS),
                || once(setup, &ours),
                || once(setup, theirs),
            )?;
            let name = format!("`cargo xtask codegen` / {name}, {shown}, time");
            let figure = Figure::of(&name, ratios, Wanted::Nothing).ok_or("no pairs")?;
            rows.push(figure);
        }
    }
    let mut blocks = vec![
        Block::Figures(
            "Beside the bare call of progenitor and prettyplease on the document as it is after lowering; and 64 times \
             the document beside once. Each in a process of its own, without the time that starting it takes.",
            progenitor,
        ),
        Block::Figures(
            "Whole processes, from the start to the written files. Ours applies the overlay, and reports positions on \
             the way.",
            rows,
        ),
    ];
    if !refused.is_empty() {
        blocks.push(Block::Text(refused.join("\n")));
    }
    Ok(blocks)
}

fn ours(setup: &Setup, document: &Path, overlay: Option<&str>, out: &Path) -> Command {
    let mut command = Command::new(setup.root.join("target/release/xtask"));
    command.current_dir(&setup.root);
    command
        .args(["codegen", "--document"])
        .arg(document)
        .arg("--out")
        .arg(out);
    match overlay {
        Some(overlay) => command.arg("--overlay").arg(setup.root.join(overlay)),
        None => command.arg("--no-overlay"),
    };
    command
}

/// One run into a directory that is not there before.
fn once(setup: &Setup, command: &dyn Fn(&Path) -> Command) -> Result<f64, Box<dyn Error>> {
    let scratch = tempfile::tempdir_in(&setup.scratch)?;
    let out = scratch.path().join("generated");
    let seconds = seconds(&mut command(&out))?;
    // Whoever writes nothing is fast.
    if fs::read_dir(&out).is_ok_and(|mut entries| entries.next().is_some()) {
        Ok(seconds)
    } else {
        Err("it wrote nothing".into())
    }
}

fn last_line(error: &dyn Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim().to_owned()
}
