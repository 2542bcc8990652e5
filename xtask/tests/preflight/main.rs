//! What `preflight` says beside what progenitor does.
//!
//! Each file in `data/preflight` is a document on which progenitor fails in one way, which its first
//! line claims and which the tests here prove: by calling progenitor, by reading the code it makes, or by
//! compiling that.

#[cfg(test)]
mod compiled;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod good;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod inspect;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod mutants;
#[cfg(test)]
#[path = "../mutate/mod.rs"]
mod mutate;
#[cfg(test)]
mod names;
#[cfg(test)]
mod table;
