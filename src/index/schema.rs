//! The fields of the tantivy index: one tantivy document for each unit.

use tantivy::schema::{FAST, Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;

use super::grams::{GramTokenizer, LineTokenizer};

/// The schema with its fields at hand.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// Overlapping bigrams: proposes the units that may hold a string.
    pub(super) grams: Field,
    /// jieba's words of two characters or more: the vocabulary, and units that hold some of the words of a query.
    pub(super) words: Field,
    /// Which unit it is: see [`super::shelf::records::UnitKey`].
    pub(super) unit: Field,
    /// The id of its document, to delete by.
    pub(super) document: Field,
}

/// Name of the field `unit`.
pub(super) const UNIT: &str = "unit";

const GRAMS: &str = "grams";
const LINES: &str = "lines";

impl Fields {
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        // Neither frequencies nor positions: both are read from the text itself, which has to be looked at anyway.
        let indexed = |tokenizer: &str| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing)
        };
        let grams = builder.add_text_field("grams", indexed(GRAMS));
        let words = builder.add_text_field("words", indexed(LINES));
        let unit = builder.add_u64_field(UNIT, FAST);
        let document = builder.add_text_field("document", STRING);
        Self { schema: builder.build(), grams, words, unit, document }
    }

    /// Makes the tokenizers known to an index that was just opened or created.
    pub(super) fn register(index: &tantivy::Index) {
        index.tokenizers().register(GRAMS, TextAnalyzer::builder(GramTokenizer::default()).build());
        index.tokenizers().register(LINES, TextAnalyzer::builder(LineTokenizer::default()).build());
    }
}
