//! Tests of lowering. One table per family of constructs: what becomes of each, and where each is refused.

mod harness;

mod fixtures;
