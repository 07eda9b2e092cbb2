//! A collector for tantivy: every unit that matches, with its score.

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::shelf::UnitKey;

/// Collects all units, in the order of the shelves.
pub(super) struct UnitScores {
    /// Name of the field that holds the [`UnitKey`].
    pub(super) field: &'static str,
}

/// The units of one segment.
pub(super) struct SegmentScores {
    keys: Column<u64>,
    scores: Vec<(UnitKey, Score)>,
}

impl Collector for UnitScores {
    type Fruit = Vec<(UnitKey, Score)>;
    type Child = SegmentScores;

    fn for_segment(&self, _ordinal: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentScores> {
        Ok(SegmentScores { keys: segment.fast_fields().u64(self.field)?, scores: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, segments: Vec<Vec<(UnitKey, Score)>>) -> tantivy::Result<Self::Fruit> {
        let mut scores: Vec<_> = segments.into_iter().flatten().collect();
        scores.sort_unstable_by_key(|(key, _)| *key);
        Ok(scores)
    }
}

impl SegmentCollector for SegmentScores {
    type Fruit = Vec<(UnitKey, Score)>;

    fn collect(&mut self, document: DocId, score: Score) {
        if let Some(key) = self.keys.first(document) {
            self.scores.push((UnitKey::unpack(key), score));
        }
    }

    fn harvest(self) -> Self::Fruit {
        self.scores
    }
}
