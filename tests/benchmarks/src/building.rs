//! Build times and crates beside reqwest alone and beside what progenitor alone generates.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use crate::Setup;
use crate::commands::{cargo, output, ratios, seconds};
use crate::dependencies;
use crate::figure::{Figure, Wanted};
use crate::page::Block;
use crate::scratch;

/// Clean builds take most of the time of the whole page. An even number, so that neither side is first more often: a
/// machine that was busy for half a minute is slower in the next.
const CLEAN: usize = 4;
const AGAIN: usize = 8;

/// The dependencies of progenitor's generated code. It is built alone, so it does not matter which TLS it has.
const BARE: &str = "\
bytes = \"1\"
futures-core = \"0.3\"
progenitor-client = \"0.15\"
reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"query\", \"stream\"] }
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
serde_urlencoded = \"0.7\"
";

pub(crate) fn take(setup: &Setup) -> Result<Vec<Block>, Box<dyn Error>> {
    let ours = caller_of_ours(setup, "caller-of-ours", &scratch::ours(setup))?;
    let reqwest = caller_of_reqwest(setup)?;
    let bare = bare(setup)?;
    let progenitor = caller_of_progenitor(setup)?;
    let rows = vec![
        row(
            "clean debug build / reqwest with default features, time",
            Wanted::AtMost(1.15),
            ratios(
                setup.pairs(CLEAN),
                || clean(of_registry(&ours)),
                || clean(of_registry(&reqwest)),
            )?,
        )?,
        row(
            "the crate alone, dependencies ready / what progenitor generates, time",
            Wanted::AtMost(2.0),
            ratios(
                setup.pairs(AGAIN),
                || alone(&ours, "qstash-api"),
                || alone(&bare, "bare"),
            )?,
        )?,
    ];
    let generator = row(
        "clean debug build of xtask / of progenitor and prettyplease, time",
        Wanted::AtMost(1.4),
        ratios(
            setup.pairs(CLEAN),
            || clean_xtask(setup),
            || clean(build(&progenitor)),
        )?,
    )?;
    Ok(vec![
        Block::Figures(
            "Programs that depend on nothing else, with default features, built as Cargo builds crates of a registry: \
             without incremental compilation. Clean is without any file in `target`, and with the sources of the \
             dependencies at hand. Both have their TLS by `aws-lc-rs`.",
            rows,
        ),
        Block::Figures(
            "The generator, beside a program that depends on progenitor and prettyplease alone; without debug information.",
            vec![generator],
        ),
        Block::Text(dependencies::described(setup, &ours)?),
    ])
}

fn row(name: &str, wanted: Wanted, ratios: Vec<f64>) -> Result<Figure, Box<dyn Error>> {
    Ok(Figure::of(name, ratios, wanted).ok_or("no pairs")?)
}

fn caller_of_ours(setup: &Setup, name: &str, dependency: &str) -> Result<PathBuf, Box<dyn Error>> {
    let main =
        "fn main() {\n    println!(\"{}\", qstash_api::Client::new(\"token\").is_ok());\n}\n";
    package(setup, name, dependency, main)
}

fn caller_of_reqwest(setup: &Setup) -> Result<PathBuf, Box<dyn Error>> {
    let main =
        "fn main() {\n    println!(\"{}\", reqwest::Client::builder().build().is_ok());\n}\n";
    package(setup, "caller-of-reqwest", "reqwest = \"0.13\"", main)
}

fn caller_of_progenitor(setup: &Setup) -> Result<PathBuf, Box<dyn Error>> {
    let main = "fn main() {\n    let file = syn::parse_quote!();\n    \
                println!(\"{}{}\", progenitor::Generator::default().generate_tokens(&Default::default()).is_ok(), \
                prettyplease::unparse(&file));\n}\n";
    let manifest = fs::read_to_string(setup.root.join("Cargo.toml"))?;
    let named = ["openapiv3 ", "prettyplease ", "progenitor ", "syn "];
    let lines = manifest
        .lines()
        .filter(|line| named.iter().any(|name| line.starts_with(name)));
    let dependencies = lines.collect::<Vec<_>>().join("\n");
    package(setup, "caller-of-progenitor", &dependencies, main)
}

/// A caller, built once, so that everything is downloaded and the build is known to work.
fn package(
    setup: &Setup,
    name: &str,
    dependencies: &str,
    main: &str,
) -> Result<PathBuf, Box<dyn Error>> {
    let directory = scratch::package(setup, name, dependencies, &[("main.rs", main)])?;
    output(cargo().args(["fetch", "--quiet"]).current_dir(&directory))?;
    output(&mut of_registry(&directory))?;
    Ok(directory)
}

/// The code that progenitor makes of the lowered document, as a package of its own.
fn bare(setup: &Setup) -> Result<PathBuf, Box<dyn Error>> {
    let mut print = cargo();
    print.args([
        "bench",
        "--quiet",
        "--package",
        "xtask",
        "--bench",
        "pipeline",
        "--",
        "--bare-code",
    ]);
    let code = output(print.current_dir(&setup.root))?;
    let directory = scratch::package(setup, "bare", BARE, &[("lib.rs", &code)])?;
    output(cargo().args(["fetch", "--quiet"]).current_dir(&directory))?;
    output(&mut of_registry(&directory))?;
    Ok(directory)
}

fn build(directory: &Path) -> std::process::Command {
    let mut build = cargo();
    build
        .args([
            "build",
            "--quiet",
            "--offline",
            "--config",
            "profile.dev.debug=false",
        ])
        .current_dir(directory);
    build
}

/// A build in which the crate is treated as those who get it from a registry have it, though it lies in a directory.
fn of_registry(directory: &Path) -> std::process::Command {
    let mut build = build(directory);
    build.args(["--config", "profile.dev.incremental=false"]);
    build
}

fn clean(mut build: std::process::Command) -> Result<f64, Box<dyn Error>> {
    if let Some(directory) = build.get_current_dir() {
        fs::remove_dir_all(directory.join("target"))?;
    }
    seconds(&mut build)
}

/// A clean build of the generator, in a directory of its own.
fn clean_xtask(setup: &Setup) -> Result<f64, Box<dyn Error>> {
    let target = setup.scratch.join("xtask-target");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    let mut build = build(&setup.root);
    build
        .args(["--package", "xtask"])
        .env("CARGO_TARGET_DIR", target);
    seconds(&mut build)
}

/// A build of one package, with its dependencies ready and without the program that calls it.
fn alone(directory: &Path, package: &str) -> Result<f64, Box<dyn Error>> {
    output(
        cargo()
            .args(["clean", "--quiet", "--package", package])
            .current_dir(directory),
    )?;
    seconds(of_registry(directory).args(["--package", package]))
}
