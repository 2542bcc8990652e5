//! Tests of lowering. One table per family of constructs: what becomes of each, and where each is refused.

mod codes;
mod documents;
mod fixtures;
mod harness;
mod mutations;
mod operation_refusals;
mod operations;
mod origins;
mod pets;
mod refusals;
mod root_extensions;
mod schemas;
