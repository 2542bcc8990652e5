//! Requests beside bare reqwest, which `benches/requests` does, and beside qstash-rs.

use std::error::Error;

use crate::Setup;
use crate::commands::{cargo, output};
use crate::figure::Figure;
use crate::page::Block;
use crate::{plot, scratch};

/// The version of qstash-rs that is compared with.
const QSTASH_RS: &str = "0.6.0";

pub(crate) fn take(setup: &Setup) -> Result<Vec<Block>, Box<dyn Error>> {
    let mut rows = bench(setup, "qstash-benchmarks", "requests")?;
    rows.extend(bench(setup, "qstash-benchmarks", "allocations")?);
    let beside = beside(setup)?;
    let mut run = cargo();
    run.args(["run", "--quiet", "--release", "--"])
        .arg(setup.pairs(201).to_string());
    let others = figures(&output(run.current_dir(beside))?)?;
    Ok(vec![
        Block::Figures(
            "Beside the same requests written straight on `reqwest`: the same bytes on the wire to the same server over \
             loopback, the same answer decoded into the same types. The server's own allocations are not counted.",
            rows,
        ),
        Block::Figures(
            "Beside `qstash-rs` 0.6.0, with the same server. Its requests have fewer headers, and its answers fewer \
             fields.",
            others,
        ),
        plot::of_group(
            setup,
            "publish_message of 1 KiB",
            "requests.svg",
            "How long a publish of 1 KiB takes with the client, and with bare reqwest",
        )?,
    ])
}

/// The figures that a benchmark of the workspace prints.
pub(crate) fn bench(
    setup: &Setup,
    package: &str,
    name: &str,
) -> Result<Vec<Figure>, Box<dyn Error>> {
    let mut bench = cargo();
    bench.args(["bench", "--quiet", "--package", package, "--bench", name]);
    if package == "qstash-benchmarks" {
        bench.args(["--features", plot::FEATURES]);
    }
    figures(&output(bench.current_dir(&setup.root))?)
}

/// The figures in what a benchmark has printed.
pub(crate) fn figures(text: &str) -> Result<Vec<Figure>, Box<dyn Error>> {
    let figures: Vec<Figure> = text.lines().filter_map(|line| line.parse().ok()).collect();
    if figures.is_empty() {
        return Err("the benchmark printed no figure".into());
    }
    Ok(figures)
}

/// A program with both clients in it.
fn beside(setup: &Setup) -> Result<std::path::PathBuf, Box<dyn Error>> {
    let dependencies = format!(
        "{}\nqstash-rs = \"={QSTASH_RS}\"\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"io-util\", \"net\", \"rt\", \"time\"] }}",
        scratch::ours(setup)
    );
    let figure = scratch::text(setup, "tests/benchmarks/src/figure.rs")?;
    let server = scratch::text(setup, "tests/benchmarks/benches/requests/server.rs")?;
    let main = include_str!("beside.rs.txt");
    let files = [
        ("main.rs", main),
        ("figure.rs", figure.as_str()),
        ("server.rs", server.as_str()),
    ];
    scratch::package(setup, "beside-qstash-rs", &dependencies, &files)
}
