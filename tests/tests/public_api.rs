//! The public API of `qstash-api`, as a person reviews it: every public path, with what is to be found there.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "public_api/mod.rs"]
mod lister;

use crate::common::{tree, workspace};

/// Public functions that take or give what nobody outside of the crate can name.
const UNNAMEABLE: [&str; 0] = [];

#[test]
fn the_public_api_is_as_reviewed() {
    insta::assert_snapshot!("public_api", of_the_crate());
}

/// A type that a public signature has, and no public path, is a promise that callers cannot use.
#[test]
fn every_type_in_a_public_signature_has_a_public_path() {
    let api = of_the_crate();
    let lines: Vec<&str> = api
        .lines()
        .map(str::trim)
        .filter(|line| line.contains("private::"))
        .collect();
    assert_eq!(lines, UNNAMEABLE);
}

/// A major version of a crate that has none yet is a major version of ours. reqwest is what a user configures, and the
/// others define the traits of streams and of layers, for which there are no other crates.
#[test]
fn of_crates_below_1_0_the_public_api_has_those_alone_that_nothing_stands_in_for() {
    const TAKEN: [&str; 4] = ["futures_core", "reqwest", "tower_layer", "tower_service"];
    let api = of_the_crate();
    let words = api.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let roots = words.filter_map(|word| Some(word.split_once("::")?.0));
    let roots: std::collections::BTreeSet<&str> = roots.collect();
    let manifest = tree::text(&workspace().join("Cargo.toml"));
    let manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let dependencies = manifest["workspace"]["dependencies"]
        .as_table()
        .expect("it has them");
    let below: Vec<String> = dependencies
        .iter()
        .filter_map(|(name, told)| {
            let version = told.as_str().or_else(|| told.get("version")?.as_str())?;
            let name = name.replace('-', "_");
            let is_ours = told.get("path").is_some();
            (version.starts_with("0.") && !is_ours && roots.contains(name.as_str())).then_some(name)
        })
        .collect();
    assert_eq!(below, TAKEN);
}

#[test]
fn a_small_crate_is_listed_as_it_is() {
    let read = |path: &str| {
        let mut files = SMALL_CRATE.iter();
        let file = files.find(|(name, _)| *name == path);
        file.map(|(_, text)| (*text).to_owned())
    };
    insta::assert_snapshot!("small_crate", lister::public_api(&read));
}

/// Files by their paths below `src`, with everything that a listing has to tell from what is not public.
const SMALL_CRATE: [(&str, &str); 4] = [
    (
        "lib.rs",
        "mod a; pub mod b; #[cfg(feature = \"c\")] pub mod c { pub fn only_with_c() {} } #[cfg(test)] pub mod tests;
        pub use a::{A as Renamed, deep, twice}; pub use http; pub use bytes::Bytes as Buffer; pub use crate::b::Twice;
        /// Docs.
        #[must_use = \"words\"] #[inline] pub const fn f<'a, T: Into<String>>(mut a: &'a str, b: T) -> Option<&'a T>
        where T: Clone { todo() }
        pub const C: &[u8] = &[1]; fn private() {} pub(crate) struct Inner; pub struct Tuple(pub u8, u16);",
    ),
    (
        "a.rs",
        "use std::fmt::{self, Debug}; use crate::Inner; type R<T> = std::result::Result<T, Inner>;
        pub mod deep { pub struct Deep { pub shown: super::A, hidden: u8 } }
        #[derive(Clone, Debug)] #[non_exhaustive] pub enum A { B(u8), #[deprecated = \"words\"] C { d: http::Uri } }
        impl A { pub fn new(mut self) -> Self { self } pub(crate) fn no() {} #[cfg(unix)] pub fn g(&self) -> Alias {} }
        impl fmt::Display for A { fn fmt(&self) {} } impl From<Inner> for A {} impl From<A> for String {}
        impl<'a> IntoIterator for &'a A { type Item = &'a u8; fn into_iter(self) -> Self {} } impl A { fn none() {} }
        type Alias = Vec<Inner>; pub fn twice() -> <A as IntoIterator>::Item {} impl Debug for Inner {}",
    ),
    (
        "b/mod.rs",
        "#![cfg(unix)] pub use crate::a::A; pub struct Twice; mod hidden { pub struct Hidden; } make! { Made }
        pub trait T: Send { type B: Clone; const C: u8; fn d(&self); fn e(mut self) -> Made where Self: Sized { f() } }
        macro_rules! make { ($name:ident) => { /// Docs.
        pub struct $name; impl $name { pub fn new() -> Self { Self } } }; }
        macro_rules! internal { () => { fn f() {} }; } internal!(); impl T for Twice { type B = super::Tuple; }",
    ),
    ("b/hidden.rs", "pub struct NeverRead;"),
];

/// The lister reads no file that the compiler does not read, and misses none.
#[test]
fn every_file_of_the_crate_is_a_module_of_it() {
    let src = workspace().join("qstash-api/src");
    let read = std::cell::RefCell::new(std::collections::BTreeSet::new());
    lister::public_api(&|path| {
        let text = std::fs::read_to_string(src.join(path)).ok()?;
        read.borrow_mut().insert(path.to_owned());
        Some(text)
    });
    let files = tree::files_ending(&src, ".rs");
    let files = files.iter().map(|path| tree::shown(path, &src));
    let unread: Vec<String> = files.filter(|path| !read.borrow().contains(path)).collect();
    // What is there for tests only is no API.
    let unread = unread.iter().filter(|path| !path.contains("tests"));
    let unread: Vec<&String> = unread.collect();
    assert!(unread.is_empty(), "no `mod` leads to these: {unread:?}");
}

fn of_the_crate() -> String {
    let src = workspace().join("qstash-api/src");
    lister::public_api(&|path| std::fs::read_to_string(src.join(path)).ok())
}
