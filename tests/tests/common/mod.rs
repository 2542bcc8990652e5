//! Helpers that tests of both binaries share. Each test file uses a part of them.

#![allow(dead_code, reason = "each test file uses a part")]

pub(crate) mod built;
pub(crate) mod copy;
pub(crate) mod pipeline;
pub(crate) mod tree;

use std::path::{Path, PathBuf};

/// The root of the workspace, where `Cargo.toml` with `[workspace]` is.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package lies in the workspace")
        .to_owned()
}
