//! The tests that cross crates. This library is empty.

/// The examples of the README, compiled. They stand here, because the README is outside of the package that it is of.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
