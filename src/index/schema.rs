//! The schema of the tantivy index: one tantivy document for each unit.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// The schema with its field at hand.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// Overlapping bigrams: proposes the units that may hold a string.
    pub(super) grams: Field,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        // Neither frequencies nor positions: both are read from the text itself, which has to be looked at anyway. Nor is there a
        // tokenizer: tokens are made and written by `inversion`.
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
        let grams = builder.add_text_field("grams", TextOptions::default().set_indexing_options(indexing));
        Self { schema: builder.build(), grams }
    }
}
