//! What `preflight` says beside what progenitor does.
//!
//! Each file in `data/preflight` is a document on which progenitor fails in one way, which its first
//! line claims and which the tests here prove: by calling progenitor, by reading the code it makes, or by
//! compiling that.

mod compiled;
mod fixture;
mod good;
mod mutants;
mod names;
mod table;
