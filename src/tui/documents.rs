//! The documents of the library as rows of a list: made of what is known without reading them.

use super::picker::{Column, Width};
use super::shelf::Shelf;

/// The columns of the list.
#[must_use]
pub fn columns() -> Vec<Column> {
    vec![
        Column::new("标题", "title", Width::Share(3)),
        Column::new("文号", "number", Width::Exactly(22)).shown_from(72),
        Column::new("日期", "date", Width::Exactly(10)).shown_from(52),
        Column::new("地区", "region", Width::Exactly(8)).shown_from(96),
        Column::new("文种", "kind", Width::Exactly(6)).shown_from(108),
        Column::new("发文机关", "issuer", Width::Share(1)).shown_from(124),
        Column::new("单元", "units", Width::Exactly(6)).right().unsearched().shown_from(36),
    ]
}

/// One row for each document of the shelf, in its order.
pub fn rows(shelf: &Shelf) -> impl Iterator<Item = Vec<String>> {
    shelf.places().iter().map(|place| {
        let listing = &place.listing;
        let metadata = &listing.metadata;
        let date = metadata.date.or(metadata.effective).map(|date| date.to_string());
        let date = date.or_else(|| metadata.year().map(|year| year.to_string()));
        vec![
            metadata.title.clone(),
            metadata.document_number.clone().unwrap_or_default(),
            date.unwrap_or_default(),
            metadata.region.clone().unwrap_or_default(),
            metadata.genre.clone().unwrap_or_default(),
            metadata.issuer.clone().unwrap_or_default(),
            listing.units.to_string(),
        ]
    })
}
