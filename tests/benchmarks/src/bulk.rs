//! Publishing in bulk beside other ways to publish as much, which `benches/bulk` does.

use std::error::Error;

use crate::Setup;
use crate::commands::{cargo, output};
use crate::page::Block;
use crate::{requests, verification};

pub(crate) fn take(setup: &Setup) -> Result<Vec<Block>, Box<dyn Error>> {
    let official = verification::official(setup)?;
    let mut bench = cargo();
    bench
        .args(["bench", "--quiet", "--package", "qstash-benchmarks"])
        .args(["--bench", "bulk"])
        .env("OFFICIAL", official);
    let printed = output(bench.current_dir(&setup.root))?;
    let about = "Messages of 200 bytes in batches of 100, 4 batches under way, to a service on loopback that accepts \
                 everything, at once and after 30 ms; beside publishing each by itself, and beside the official \
                 client with batches of the same size, as many under way.";
    let rates = printed.lines().filter(|line| line.ends_with("in bulk"));
    let rates: Vec<&str> = rates.collect();
    Ok(vec![
        Block::Figures(about, requests::figures(&printed)?),
        Block::Text(format!("{}.", rates.join("; "))),
    ])
}
