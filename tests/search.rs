//! The promises of search, proved: the engine against a plain reference, the order of hits, odd texts, and what is answered.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "tests stop at the first surprise")]

mod common;
#[path = "search/agreement.rs"]
mod agreement;
#[path = "search/answers.rs"]
mod answers;
#[path = "search/at_hand.rs"]
mod at_hand;
#[path = "search/disk.rs"]
mod disk;
#[path = "search/documents.rs"]
mod documents;
#[path = "search/examples.rs"]
mod examples;
#[path = "search/exhaustive.rs"]
mod exhaustive;
#[path = "search/odd.rs"]
mod odd;
#[path = "search/order.rs"]
mod order;
#[path = "search/queries.rs"]
mod queries;
#[path = "search/reference.rs"]
mod reference;
#[path = "search/shelves.rs"]
mod shelves;
