//! Everything that can go wrong between the client and the service, for every operation, with the token in the header
//! and in the query: each ends in the right error or the right retry, nothing is done twice that must not be, and the
//! token is in no text that anybody sees.

mod expectation;
mod output;
mod plan;
mod refused;
mod scenarios;
mod secrets;
