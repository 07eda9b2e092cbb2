//! The built-in plan against an outline and a table of indicators that were made by hand, where they are at hand.
//!
//! They are kept outside of the project; without them these tests say so and pass.

use std::fs;
use std::path::Path;

use celan::document::Document;
use celan::document::metadata::Source;
use celan::{extract, structure};

fn gold(name: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/gold").join(name);
    fs::read_to_string(path).ok()
}

fn plan() -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/湖南省“十四五”商务和开放型经济发展规划.txt");
    let raw = extract::extract(&fs::read(path).unwrap_or_default()).map(|raw| raw.value).unwrap_or_default();
    structure::structure(raw, Source::default()).value
}

#[test]
fn the_outline_is_the_one_made_by_hand() {
    let Some(gold) = gold("outline.tsv") else {
        println!("no outline made by hand is at hand: nothing compared");
        return;
    };
    let document = plan();
    let headings = document.nodes.iter().filter(|node| matches!(node.kind.name(), "chapter" | "section" | "measure" | "bullet"));
    let found = headings.map(|node| format!("{}\t{}\t{}\t{}", node.line_start, node.kind.name(), node.label, node.title));
    assert_eq!(found.collect::<Vec<_>>(), gold.lines().skip(1).collect::<Vec<_>>());
}

#[test]
fn the_indicators_are_the_ones_made_by_hand() {
    let Some(gold) = gold("indicators.csv") else {
        println!("no indicators made by hand are at hand: nothing compared");
        return;
    };
    let document = plan();
    let found = document.indicators.iter().map(|row| {
        let values = row.values.iter().map(|value| value.value.as_str()).collect::<Vec<_>>().join(",");
        let (name, growth) = (&row.name, &row.annual_growth);
        format!("{},{},{name},{},{values},{growth},{},{}", row.category, row.number, row.unit, row.target, row.property)
    });
    assert_eq!(found.collect::<Vec<_>>(), gold.lines().skip(1).collect::<Vec<_>>());
}
