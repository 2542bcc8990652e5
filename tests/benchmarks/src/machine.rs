//! The day and the machine on which the figures of a section were taken.

use std::error::Error;
use std::fs;
use std::process::Command;
use std::thread::available_parallelism;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::Setup;
use crate::commands;

/// One line: the day, the processor, the compiler.
pub(crate) fn described(setup: &Setup) -> Result<String, Box<dyn Error>> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let now = chrono::DateTime::from_timestamp(i64::try_from(since.as_secs())?, 0);
    let day = now.ok_or("the clock is wrong")?.date_naive();
    let compiler = commands::output(Command::new("rustc").arg("--version"))?;
    let compiler = compiler.split(" (").next().unwrap_or_default();
    let cores = available_parallelism()?;
    let quick = if setup.quick {
        ", a quick look with few pairs: not to be quoted"
    } else {
        ""
    };
    Ok(format!(
        "{day}, {}, {cores} cores, {}, {compiler}{quick}",
        processor().unwrap_or_else(|| "an unknown processor".to_owned()),
        std::env::consts::OS,
    ))
}

/// The model of the processor, where the system says it.
fn processor() -> Option<String> {
    let text = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(": ")?.1.trim().to_owned())
}
