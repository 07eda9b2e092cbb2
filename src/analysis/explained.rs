//! Why: how a query was read and carried out, and why a hit stands where it stands, in words for both faces.
//!
//! Takes what the engine tells ([`Explanation`], [`Score`]); gives short rows of a label and a text. Drawing them is left to the faces.

use crate::diagnostic::Language;
use crate::query::{Origin, Query, Term};
use crate::search::{ExplainedTerm, Explanation, Further, Hit, Match, Proposal, Score};

/// One thing that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about: a few columns wide.
    pub label: &'static str,
    /// What is to be said.
    pub text: String,
}

/// One part of a score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// What it measures.
    pub name: &'static str,
    /// How much of it there is, from 0 to 1.
    pub value: f32,
    /// What it weighs.
    pub weight: f32,
}

impl Part {
    /// The sum, the signs of all parts below each other: `0.44 × 1.0 =  0.44`.
    #[must_use]
    pub fn sum(&self) -> String {
        format!("{:.2} × {:.1} = {:>5.2}", self.value, self.weight, self.value * self.weight)
    }
}

/// How a query was read: its terms with what was compared, the words they were cut into, their other forms; and how units were come by.
#[must_use]
pub fn query(query: &Query, explanation: &Explanation, language: Language) -> Vec<Row> {
    let terms = query.terms().into_iter().zip(&explanation.terms);
    let mut rows: Vec<Row> = terms.flat_map(|(term, explained)| of_term(term, explained, language)).collect();
    rows.push(Row { label: language.pick("查法", "searched"), text: proposal(explanation, language) });
    rows
}

fn of_term(term: &Term, explained: &ExplainedTerm, language: Language) -> Vec<Row> {
    let exact =
        if term.exact { language.pick("（引号内，只查原样）", " (in quotation marks: exactly this)") } else { "" };
    let mut rows = vec![Row { label: language.pick("词", "term"), text: format!("{}{exact}", explained.text) }];
    if explained.folded != explained.text {
        rows.push(Row { label: language.pick("规范", "folded"), text: explained.folded.clone() });
    }
    if explained.words.len() > 1 {
        rows.push(Row { label: language.pick("分词", "words"), text: explained.words.join(" | ") });
    }
    let others = term.others.iter().map(|form| {
        let why = match form.origin {
            Origin::Numeral => language.pick("（数字写法）", " (numeral)"),
            Origin::Synonym => language.pick("（同义）", " (synonym)"),
        };
        format!("{}{why}", form.text)
    });
    let others = others.collect::<Vec<_>>().join(language.pick("、", ", "));
    if !others.is_empty() {
        rows.push(Row { label: language.pick("另查", "also"), text: others });
    }
    rows
}

fn proposal(explanation: &Explanation, language: Language) -> String {
    let how = match explanation.proposed_by {
        Proposal::Scan => language.pick("通读全文", "by reading all texts"),
        Proposal::Grams => language.pick("按相邻字索引", "by the index of neighbouring characters"),
        Proposal::Frequent => {
            language.pick("按常用字词表，总数预先已知", "by the list for frequent strings, totals known beforehand")
        }
    };
    let units = explanation.proposed;
    let (chinese, english) = (format!("{how}，核对 {units} 个单元"), format!("{how}, {units} looked at"));
    if units == 0 { how.to_owned() } else { language.pick(chinese.as_str(), english.as_str()).to_owned() }
}

/// How a hit matches, with the synonyms that it matches by.
#[must_use]
pub fn matched(hit: &Hit, language: Language) -> String {
    let how = match hit.matched {
        Match::Exact => language.pick("原样（引号内）", "exactly as quoted"),
        Match::Word => language.pick("整词", "a whole word"),
        Match::Crossing => language.pick("跨词（字相连，不成词）", "across words"),
        Match::All => language.pick("各词都有", "all the terms"),
        Match::Synonym => language.pick("同义写法", "by a synonym"),
        Match::Any => language.pick("只含部分字词", "some of the words"),
    };
    if hit.through.is_empty() {
        return how.to_owned();
    }
    format!("{how}{}{}", language.pick("：", ": "), hit.through.join(language.pick("、", ", ")))
}

/// How many more units there are, and by which other forms; none where there are no more.
#[must_use]
pub fn further(further: &Further, language: Language) -> Option<String> {
    let (units, places) = (further.total, further.occurrences);
    let mut forms: Vec<&str> = Vec::new();
    for form in further.hits.iter().flat_map(|hit| &hit.through) {
        if !forms.contains(&form.as_str()) {
            forms.push(form);
        }
    }
    let forms = forms.join(language.pick("、", ", "));
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let (many_units, many_places) = (plural(units), plural(places));
    let before = if forms.is_empty() { "" } else { language.pick("：", ": ") };
    let chinese = format!("另有 {units} 个单元用同义写法{before}{forms}（{places} 处）");
    let english = format!("{units} more unit{many_units} by a synonym{before}{forms} ({places} place{many_places})");
    (units > 0).then(|| language.pick(chinese.as_str(), english.as_str()).to_owned())
}

/// The parts of a score that are not nothing, in the order of their fields.
#[must_use]
pub fn parts(score: &Score, language: Language) -> Vec<Part> {
    let names: [&str; Score::WEIGHTS.len()] = [
        language.pick("整词", "whole words"),
        language.pick("在标题中", "in the title"),
        language.pick("占标题", "share of title"),
        language.pick("靠近", "close together"),
        language.pick("单元层次", "kind of unit"),
        language.pick("词频", "BM25"),
        language.pick("开头说到", "told early"),
        language.pick("合所问", "asked for"),
    ];
    let parts = names.into_iter().zip(score.parts()).zip(Score::WEIGHTS);
    parts.map(|((name, value), weight)| Part { name, value, weight }).filter(|part| part.value.abs() > f32::EPSILON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::locator::DocumentId;
    use crate::document::node::NodeIndex;
    use crate::query::parse;

    #[test]
    fn the_parts_add_up_to_the_total_and_their_signs_stand_below_each_other() {
        let score = Score { whole_words: 1.0, title_filled: 0.44, near: 0.0, bm25: 0.125, ..Score::default() };
        let parts = parts(&score, Language::English);
        assert_eq!(parts.iter().map(|part| part.name).collect::<Vec<_>>(), ["whole words", "share of title", "BM25"]);
        assert!((parts.iter().map(|part| part.value * part.weight).sum::<f32>() - score.total()).abs() < 1e-6);
        assert_eq!(
            parts.iter().map(Part::sum).collect::<Vec<_>>(),
            ["1.00 × 8.0 =  8.00", "0.44 × 1.0 =  0.44", "0.12 × 1.0 =  0.12"]
        );
    }

    #[test]
    fn a_query_is_told_term_by_term() {
        let read = parse("第3章 \"ＲＣＥＰ\"");
        let term = |text: &str, folded: &str, words: &[&str]| ExplainedTerm {
            text: text.to_owned(),
            folded: folded.to_owned(),
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            others: Vec::new(),
        };
        let terms = vec![term("第3章", "第3章", &["第", "3", "章"]), term("ＲＣＥＰ", "rcep", &["rcep"])];
        let explanation = Explanation { terms, proposed_by: Proposal::Scan, proposed: 7 };
        let rows = query(&read, &explanation, Language::Chinese);
        let told: Vec<_> = rows.iter().map(|row| format!("{} {}", row.label, row.text)).collect();
        assert_eq!(
            told,
            [
                "词 第3章",
                "分词 第 | 3 | 章",
                "另查 第三章（数字写法）",
                "词 ＲＣＥＰ（引号内，只查原样）",
                "规范 rcep",
                "查法 通读全文，核对 7 个单元"
            ]
        );
    }

    #[test]
    fn a_synonym_is_named() {
        let hit = Hit {
            document: DocumentId::new("甲"),
            node: NodeIndex(0),
            highlights: Vec::new(),
            matched: Match::Synonym,
            through: vec!["电子商务".to_owned()],
            score: Score::default(),
        };
        assert_eq!(matched(&hit, Language::Chinese), "同义写法：电子商务");
        assert_eq!(matched(&hit, Language::English), "by a synonym: 电子商务");
    }
}
