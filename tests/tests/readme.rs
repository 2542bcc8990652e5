//! The README leads to what is there: it is read in the repository, on crates.io and on docs.rs.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::{tree, workspace};

/// Where links to files of the repository begin: crates.io has no files but those of the package.
const REPOSITORY: &str = "https://github.com/qstash-rs/qstash-api/blob/HEAD/";

/// Where links to the documentation of the crate begin.
const DOCUMENTATION: &str = "https://docs.rs/qstash-api/latest/qstash_api/";

/// Files of the package, which a relative link finds on crates.io too.
const PACKAGED: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

#[test]
fn each_link_leads_somewhere_wherever_the_readme_is_read() {
    let root = workspace();
    let readme = tree::text(&root.join("README.md"));
    let found = links(&readme);
    assert!(found.len() > 10, "{found:?}");
    for link in found {
        if let Some(path) = link.strip_prefix(REPOSITORY) {
            assert!(root.join(path).is_file(), "there is no file for {link}");
        } else if let Some(module) = link.strip_prefix(DOCUMENTATION) {
            let module = module.trim_end_matches('/');
            let file = root.join(format!("qstash-api/src/{module}.rs"));
            assert!(file.is_file(), "there is no module for {link}");
        } else if !link.starts_with("https://") {
            assert!(PACKAGED.contains(&link), "not on crates.io: {link}");
            assert!(root.join("qstash-api").join(link).is_file(), "{link}");
        }
    }
}

#[test]
fn each_example_has_a_link() {
    let readme = tree::text(&workspace().join("README.md"));
    let found = links(&readme);
    let examples = workspace().join("qstash-api/examples");
    for example in tree::files_ending(&examples, ".rs") {
        let path = tree::shown(&example, &workspace());
        let link = format!("{REPOSITORY}{path}");
        assert!(found.contains(&link.as_str()), "README.md lacks {link}");
    }
}

#[test]
fn links_are_found_in_both_of_their_forms() {
    let text = "[a](b) and [`c`](https://d/e), [f].\n\n[f]: g\n- [h] i: j\n";
    assert_eq!(links(text), ["b", "https://d/e", "g"]);
}

/// What the links of a Markdown text lead to: `[text](link)`, then `[text]: link`.
fn links(text: &str) -> Vec<&str> {
    let inline = text.split("](").skip(1);
    let inline = inline.filter_map(|rest| rest.split_once(')').map(|(link, _)| link));
    let named = text.lines().filter_map(|line| {
        let (name, link) = line.strip_prefix('[')?.split_once("]: ")?;
        (!name.contains(']')).then_some(link)
    });
    inline.chain(named).collect()
}
