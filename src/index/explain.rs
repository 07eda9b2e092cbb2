//! How a query was carried out, for those who ask.

use super::engine::Search;
use super::related::words_of_terms;
use crate::query::Query;
use crate::search::{ExplainedTerm, Explanation, Proposal};

impl Search<'_> {
    /// Tells what was looked for and how; `proposed` units were looked at.
    pub(super) fn explain(&self, query: &Query, proposed: usize, known_beforehand: bool) -> Explanation {
        let term = |(term, words): (&crate::query::Term, Vec<String>)| ExplainedTerm {
            text: term.text.clone(),
            folded: term.folded.clone(),
            words,
            others: term.others.iter().map(|form| form.text.clone()).collect(),
        };
        let proposed_by = match (known_beforehand, self.index.is_small()) {
            (true, _) => Proposal::Frequent,
            (false, true) => Proposal::Scan,
            (false, false) => Proposal::Grams,
        };
        let terms = query.terms().into_iter().zip(words_of_terms(query)).map(term).collect();
        Explanation { terms, proposed_by, proposed }
    }
}
