//! Questions about documents that have been read: pure functions, no disk and no screen.
//!
//! [`verify`] checks the promises of the model on a document at hand. It runs on every document that is imported. [`concordance`]
//! and [`counts`] turn the hits of a search into what a researcher works with: lines aligned on the term, and tables of counts.
//! [`explained`] says in words how a query was read and why a hit stands where it stands. [`reference`] finds what a text refers to.

pub mod concordance;
pub mod counts;
pub mod explained;
pub mod reference;
pub mod verify;
