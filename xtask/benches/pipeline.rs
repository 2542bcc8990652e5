//! The cost of the pipeline beside the bare progenitor call, and how it grows with the document.
//!
//! `cargo bench -p xtask` runs both in turn, each in a process of its own, and prints the ratio of every pair:
//! the machine's speed may drift between pairs, hardly within one. A process reports the time of its work, without
//! that of starting, and the most memory that it held.
//!
//! - *whole*: load, overlay, lower, generate, refine and render.
//! - *bare*: progenitor and prettyplease on the same document, in the core form before the clock starts. `cargo bench -p xtask
//!   -- --bare-code` prints what that makes.

#![allow(
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a measurement that cannot be made stops"
)]

#[path = "../../tests/benchmarks/src/figure.rs"]
#[expect(dead_code, reason = "only a part of it is needed here")]
mod figure;

use std::process::Command;
use std::time::Instant;

use figure::{Figure, Wanted};
use serde_json::{Map, Value};
use xtask::core::{self, Api};
use xtask::finding::Findings;
use xtask::overlay::Mode;
use xtask::pipeline::{self, Sources};
use xtask::settings::Settings;
use xtask::source::Source;

/// Pairs that are counted, after one that is not.
const PAIRS: usize = 9;

/// The number of copies of the document in the large one.
const LARGE: usize = 64;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.get(1..3) {
        Some([task, _]) if task == "--bare-code" => {
            println!("{}", bare(&committed_in_core_form()).1);
        }
        Some([task, copies]) if task != "--bench" => {
            let copies = copies.parse().expect("a number of copies");
            let (seconds, operations) = work(task, copies);
            println!("{seconds} {operations} {}", peak_memory());
        }
        _ => compare(),
    }
}

/// Runs the pairs and prints the ratios.
fn compare() {
    type Task = (&'static str, usize);
    let runs: [(&str, Task, Task, f64); 2] = [
        (
            "whole pipeline / bare progenitor",
            ("whole", 1),
            ("bare", 1),
            1.3,
        ),
        (
            "64 copies / 1 copy, per operation",
            ("copies", LARGE),
            ("copies", 1),
            1.2,
        ),
    ];
    for (title, one, other, limit) in runs {
        let mut time = Vec::new();
        let mut memory = Vec::new();
        let mut last = (Measure::default(), Measure::default());
        for pair in 0..=PAIRS {
            last = (measure(one), measure(other));
            if pair > 0 {
                time.push(last.0.seconds_each / last.1.seconds_each);
                memory.push(last.0.bytes_each / last.1.bytes_each);
            }
        }
        for (what, ratios) in [("time", time), ("memory", memory)] {
            let name = format!("{title}, {what}");
            let figure = Figure::of(&name, ratios, Wanted::AtMost(limit));
            println!("{}", figure.expect("there are pairs"));
        }
        for ((task, copies), measure) in [(one, last.0), (other, last.1)] {
            println!(
                "  last {task} of {copies}: {:.3} s, {:.0} MB, {} operations",
                measure.seconds, measure.megabytes, measure.operations
            );
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Measure {
    seconds: f64,
    megabytes: f64,
    operations: usize,
    seconds_each: f64,
    bytes_each: f64,
}

/// One run in a process of its own.
fn measure((task, copies): (&str, usize)) -> Measure {
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program)
        .args([task, &copies.to_string()])
        .output()
        .expect("this program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("text");
    let mut fields = text.split_whitespace();
    let mut field = || {
        fields
            .next()
            .expect("a field")
            .parse::<f64>()
            .expect("a number")
    };
    let (seconds, operations, kilobytes) = (field(), field(), field());
    Measure {
        seconds,
        megabytes: kilobytes / 1000.0,
        operations: operations as usize,
        seconds_each: seconds / operations,
        bytes_each: kilobytes / operations,
    }
}

/// Does the work of one process; gives its seconds, and how many operations it generated.
fn work(task: &str, copies: usize) -> (f64, usize) {
    let committed = committed();
    let settings = Settings::default();
    let mut findings = Findings::new();
    match task {
        "whole" => {
            let start = Instant::now();
            let files = pipeline::files(&committed, Mode::Strict, &settings, &mut findings);
            let seconds = start.elapsed().as_secs_f64();
            (
                seconds,
                count(&files.expect("the document generates")["operations.rs"]),
            )
        }
        "bare" => {
            let api = committed_in_core_form();
            (bare(&api).0, api.operations.len())
        }
        "copies" => {
            let sources = Sources {
                document: Source::new("copies.json", multiplied(&committed, copies)),
                overlay: None,
            };
            let start = Instant::now();
            let files = pipeline::files(&sources, Mode::Strict, &settings, &mut findings);
            let seconds = start.elapsed().as_secs_f64();
            assert!(!findings.has_errors(), "{:?}", findings.codes());
            (
                seconds,
                count(&files.expect("the copies generate")["operations.rs"]),
            )
        }
        other => panic!("no task {other}"),
    }
}

/// The code of progenitor and prettyplease alone, and how many seconds it took.
fn bare(api: &Api) -> (f64, String) {
    let document = serde_json::to_value(core::document(api)).expect("JSON");
    let start = Instant::now();
    let api = serde_json::from_value(document).expect("OpenAPI");
    let mut settings = progenitor::GenerationSettings::new();
    settings.with_interface(progenitor::InterfaceStyle::Builder);
    let tokens = progenitor::Generator::new(&settings)
        .generate_tokens(&api)
        .expect("tokens");
    let text = prettyplease::unparse(&syn::parse2(tokens).expect("Rust"));
    (start.elapsed().as_secs_f64(), text)
}

fn committed_in_core_form() -> Api {
    let settings = Settings::default();
    pipeline::core(&committed(), Mode::Strict, &settings, &mut Findings::new()).expect("it lowers")
}

fn count(operations: &str) -> usize {
    operations.matches("\n    id: \"").count()
}

fn committed() -> Sources {
    let read = |name: &str| {
        let path = format!("{}/../openapi/{name}", env!("CARGO_MANIFEST_DIR"));
        Source::new(
            name,
            std::fs::read_to_string(path).expect("a committed file"),
        )
    };
    Sources {
        document: read("openapi.yaml"),
        overlay: Some(read("overlay.yaml")),
    }
}

/// The corrected document, with its paths and schemas so many times under other names.
fn multiplied(sources: &Sources, copies: usize) -> String {
    let mut findings = Findings::new();
    let corrected =
        pipeline::corrected(sources, Mode::Strict, &mut findings).expect("it is corrected");
    let mut root = corrected.root;
    for (section, rename) in [
        ("/paths", rename_path as fn(&str, usize) -> String),
        ("/components/schemas", rename_schema),
        ("/components/responses", rename_schema),
    ] {
        let Some(Value::Object(members)) = root.pointer_mut(section) else {
            continue;
        };
        let originals: Map<String, Value> = members.clone();
        for copy in 1..copies {
            for (name, value) in &originals {
                let mut value = value.clone();
                refer_to_copy(&mut value, copy);
                members.insert(rename(name, copy), value);
            }
        }
    }
    serde_json::to_string(&root).expect("JSON")
}

fn rename_path(path: &str, copy: usize) -> String {
    format!("/copy{copy}{path}")
}

fn rename_schema(name: &str, copy: usize) -> String {
    format!("{name}Copy{copy}")
}

fn refer_to_copy(value: &mut Value, copy: usize) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "$ref" => *text = rename_schema(text, copy),
                    Value::String(text) if key == "operationId" => {
                        *text = format!("{text}_copy_{copy}");
                    }
                    other => refer_to_copy(other, copy),
                }
            }
        }
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|value| refer_to_copy(value, copy)),
        _ => {}
    }
}

/// The most memory that this process held, in kB; 0 where the system does not say.
fn peak_memory() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}
