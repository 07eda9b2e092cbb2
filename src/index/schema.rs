//! The schema of the tantivy index: one tantivy document for each unit.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

/// So many fields share the bigrams. tantivy reads the whole dictionary of a field when it is first asked for one of its tokens, and every
/// page is checked that is read: a query asks for a few tokens only, and so opens a few of the fields.
const PARTS: usize = 16;

/// The schema with its fields at hand.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// Overlapping bigrams, spread by their first character: they propose the units that may hold a string.
    grams: Vec<Field>,
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        // Neither frequencies nor positions: both are read from the text itself, which has to be looked at anyway. Nor is there a
        // tokenizer: tokens are made and written by `inversion`.
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::Basic).set_fieldnorms(false);
        let options = TextOptions::default().set_indexing_options(indexing);
        let grams = (0..PARTS).map(|part| builder.add_text_field(&format!("grams{part}"), options.clone())).collect();
        Self { schema: builder.build(), grams }
    }

    /// All fields of bigrams, in order.
    pub(super) fn grams(&self) -> &[Field] {
        &self.grams
    }

    /// The part that has the bigrams that begin with a character: a place in [`Fields::grams`].
    pub(super) const fn part(first: char) -> usize {
        first as usize % PARTS
    }
}
