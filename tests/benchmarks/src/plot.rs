//! The pictures that criterion draws, kept beside the page that shows them.

use std::error::Error;
use std::fs;

use crate::Setup;
use crate::page::Block;

/// The features that make criterion draw. The benchmarks do without them otherwise, and so do the tests, which are built
/// with whatever the benchmarks need.
pub(crate) const FEATURES: &str = "criterion/html_reports,criterion/plotters";

/// The directory of the pictures, from the directory of the page.
const DIRECTORY: &str = "tests/benchmarks/plots";

/// The distributions of a group of benchmarks that has just run, in a file of this name.
pub(crate) fn of_group(
    setup: &Setup,
    group: &str,
    name: &str,
    about: &str,
) -> Result<Block, Box<dyn Error>> {
    let drawn = setup
        .root
        .join("target/criterion")
        .join(group)
        .join("report/violin.svg");
    let directory = setup.page_directory.join(DIRECTORY);
    fs::create_dir_all(&directory)?;
    fs::copy(&drawn, directory.join(name))
        .map_err(|error| format!("criterion has not drawn {}: {error}", drawn.display()))?;
    Ok(Block::Text(format!("![{about}]({DIRECTORY}/{name})")))
}
