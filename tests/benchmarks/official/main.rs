//! Our requests beside those of both official clients, call by call. `run.sh` runs it; see `README.md`.

mod calls;
mod difference;
mod filters;
mod given;
mod options;
mod recording;
mod sending;
mod table;

use std::error::Error;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use qstash_api::Client;
use qstash_dev_server::QStash;

use given::Given;
use recording::Recording;

/// Makes the same calls with both official clients and with ours, each against a server of its own, and prints a table
/// of the differences.
#[derive(Parser)]
struct Arguments {
    /// The directory in which `run.sh` has installed the official clients and copied the files that use them.
    installed: PathBuf,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { installed } = Arguments::parse();
    let mut node = Command::new("node");
    node.arg("calls.mjs");
    let mut python = Command::new(installed.join("venv/bin/python"));
    python.arg("calls.py");

    let ours = record_ours().await?;
    let typescript = record("TypeScript", node, &installed).await?;
    let python = record("Python", python, &installed).await?;
    let text = table::render(&ours, &[typescript, python]);
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

async fn record_ours() -> Result<Recording, Box<dyn Error>> {
    let (server, given) = given::start().await?;
    let plain = given::plain()?;
    let client = Client::builder()
        .base_url(server.url())
        .token(server.token())
        .http_client_builder(reqwest::Client::builder().no_proxy())
        .build()?;
    calls::make(&client, &plain, &given).await?;
    Ok(Recording::new("ours", &server.take_requests()))
}

async fn record(
    name: &'static str,
    mut command: Command,
    directory: &Path,
) -> Result<Recording, Box<dyn Error>> {
    let (server, given): (QStash, Given) = given::start().await?;
    command
        .current_dir(directory)
        .env("QSTASH_URL", server.url())
        .env("QSTASH_TOKEN", server.token())
        .env("NO_PROXY", "127.0.0.1")
        .env("GIVEN", given.to_json())
        // One of the clients prints answers.
        .stdout(std::process::Stdio::null());
    let status = tokio::task::spawn_blocking(move || command.status()).await??;
    if !status.success() {
        return Err(format!("the calls in {name} ended with {status}").into());
    }
    Ok(Recording::new(name, &server.take_requests()))
}
