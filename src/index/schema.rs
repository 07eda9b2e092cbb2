//! The fields of the tantivy index: one tantivy document for each unit.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TextAnalyzer;

use super::grams::GramTokenizer;

/// The schema with its fields at hand.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// Overlapping bigrams with positions: finds.
    pub(super) grams: Field,
    /// jieba's words, cut beforehand, with frequencies: ranks.
    pub(super) words: Field,
    /// Which unit it is: see [`super::shelf::UnitKey`].
    pub(super) unit: Field,
    /// The id of its document, to delete by.
    pub(super) document: Field,
}

const GRAMS: &str = "grams";

impl Fields {
    pub(super) fn new() -> Self {
        let mut builder = Schema::builder();
        let grams = TextFieldIndexing::default()
            .set_tokenizer(GRAMS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(false);
        let words = TextFieldIndexing::default().set_tokenizer("raw").set_index_option(IndexRecordOption::WithFreqs);
        let grams = builder.add_text_field("grams", TextOptions::default().set_indexing_options(grams));
        let words = builder.add_text_field("words", TextOptions::default().set_indexing_options(words));
        let unit = builder.add_u64_field("unit", FAST | INDEXED);
        let document = builder.add_text_field("document", STRING);
        Self { schema: builder.build(), grams, words, unit, document }
    }

    /// Makes the tokenizers known to an index that was just opened or created.
    pub(super) fn register(index: &tantivy::Index) {
        index.tokenizers().register(GRAMS, TextAnalyzer::builder(GramTokenizer::default()).build());
    }
}
