//! Lists the public API of a crate from its files alone, so that a stable toolchain is enough.
//!
//! `modules` reads them and resolves paths, `reach` follows what is public from the root, `bare` reduces an item to what
//! callers see of it, and `listing` puts it together. Macros are listed with their templates and are not expanded.

mod bare;
mod listing;
mod modules;
mod reach;

pub(crate) use listing::public_api;
