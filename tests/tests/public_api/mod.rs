//! Lists the public API of a crate from its files alone, so that a stable toolchain is enough.
//!
//! `source` reads the modules and expands the crate's own macros, `resolve` says what a path in a module
//! means, `reach` follows what is public from the root, `items` and `impls` describe it, and `listing` puts it together.

mod expand;
mod impls;
mod items;
mod listing;
mod marks;
mod reach;
mod resolve;
mod source;
mod text;

pub(crate) use listing::public_api;
