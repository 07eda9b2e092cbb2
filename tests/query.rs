//! The page about the query language is made from the table of operators, and every example on it is read as it says.
//!
//! `CELAN_BLESS=1 cargo test --test query` writes the page; look at what changed.

use std::fs;
use std::path::Path;

use celan::query::{self, Clause, OPERATORS};

#[test]
fn the_page_is_that_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/query.md");
    let page = query::page();
    if std::env::var_os("CELAN_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(written == page, "docs/query.md is not what the table makes: CELAN_BLESS=1 cargo test --test query");
}

#[test]
fn every_example_of_the_table_is_read_as_an_operator() {
    for operator in OPERATORS {
        for example in [operator.syntax.chinese, operator.syntax.english] {
            let query = query::parse(example);
            assert_eq!(query.readings, [], "{example}");
            let is_plain = matches!(&query.clause, Some(Clause::Term(term)) if !term.exact);
            assert!(!is_plain, "{example} is read as {:?}", query.clause);
        }
        for name in operator.spellings() {
            let query = query::parse(&format!("{name}(外贸 企业)"));
            let is_literal = query.terms().iter().any(|term| term.text.contains(&name));
            // A year and an address cannot be any word; their own examples are above.
            assert!(!is_literal || ["年:", "year:", "在:", "in:"].contains(&name.as_str()), "{name}");
        }
    }
}
