//! Answering what people type: the string itself first, then, where that is found nowhere, what may have been meant.
//!
//! What was typed is searched together with its synonyms, which are counted apart. Where neither is found, it is read as a question
//! (its question words dropped), else as pinyin; and the nearest words of the library are offered. Each step says that it was taken.

mod wording;

use std::collections::BTreeSet;

pub use wording::Extent;

use super::{Library, LibraryError, Target};
use crate::index::ShortForm;
use crate::query::synonyms::{Group, Source, Synonyms, stands_in};
use crate::query::{self, Clause, Form, Origin, Query, Question, Term, Want, address};
use crate::search::{Details, Engine, Preference, Related, Request, Response};
use crate::text::near::Slips;
use crate::text::pinyin::PinyinQuery;
use crate::text::segment::Segmenter;

/// All that is known about what was typed.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// What was typed, as read, with its synonyms.
    pub query: Query,
    /// The place that it names, where it is an address.
    pub place: Option<Target>,
    /// What the library holds of it.
    pub response: Response,
    /// The terms that no unit of the library holds, nor any synonym of theirs: told by reading all texts.
    pub absent: Vec<String>,
    /// What is found by another reading, where the string itself is found nowhere.
    pub instead: Option<Instead>,
    /// Strings that the library does hold and that may have been meant, the likeliest first.
    pub suggestions: Vec<Suggestion>,
}

/// An answer to another query than the one typed.
#[derive(Debug, Clone)]
pub struct Instead {
    /// How what was typed has been read.
    pub meant: Meant,
    /// The query that was asked instead.
    pub query: Query,
    /// What the library holds of it.
    pub response: Response,
}

/// How something typed was read that is found nowhere as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// As a question about what is left without its question words.
    Question(Question),
    /// As pinyin.
    Pinyin,
    /// As a slip of the finger: one character differs.
    Slip,
}

/// A string that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The string.
    pub text: String,
    /// How many units hold it.
    pub units: usize,
}

/// How many strings are offered.
const SUGGESTIONS: usize = 5;

/// A string of so many characters that is found but for one of them is certain to be meant.
const CERTAIN: usize = 4;

/// The most words of the dictionary that make up one string to be looked for.
const MOST_PIECES: usize = 6;

/// The most pieces of a term, and words of a query, that related units are looked for by: what is longer is no query.
const MOST_READ: usize = 48;

/// How many candidates are looked for in the texts, to find those that occur.
const CANDIDATES: usize = 50;

impl Library {
    /// Answers what was typed; `request` has it as read.
    ///
    /// # Errors
    /// Where the texts cannot be read.
    pub fn ask(&self, mut request: Request) -> Result<Answer, LibraryError> {
        self.add_synonyms(&mut request.query)?;
        request.related = Related::Nothing;
        let mut response = self.search(&request)?;
        let nothing = response.total == 0 && response.synonyms.total == 0;
        if nothing {
            request.related = Related::By(self.words(&request.query)?);
            response = self.search(&request)?;
        }
        let mut answer = Answer { place: self.place(&request)?, response, ..Answer::default() };
        if nothing && request.query.clause.is_some() {
            answer.absent = self.absent(&request.query);
            self.read_otherwise(&request, &mut answer)?;
        }
        answer.query = request.query;
        self.index.undamaged()?;
        Ok(answer)
    }

    /// The synonyms of these folded terms: those of the program, of the user, and those that the documents introduce.
    fn synonyms(&self, terms: &[&str]) -> Result<Synonyms, LibraryError> {
        let introduced = self.index.short_forms(|full, short| [full, short].iter().any(|form| stands_in(form, terms)))?;
        let introduced = introduced
            .into_iter()
            .map(|ShortForm { full, short, document }| Group { members: vec![full, short], source: Source::Document(document) });
        let own = self.settings.synonyms.iter().map(|members| Group { members: members.clone(), source: Source::User });
        Ok(Synonyms::concerning(terms, own.chain(introduced)))
    }

    /// Puts the synonyms of its terms into a query; strings in quotation marks have none.
    fn add_synonyms(&self, query: &mut Query) -> Result<(), LibraryError> {
        let Some(clause) = &mut query.clause else { return Ok(()) };
        let terms: Vec<&str> = clause.terms().iter().filter(|term| !term.exact).map(|term| term.folded.as_str()).collect();
        if terms.is_empty() {
            return Ok(());
        }
        let synonyms = self.synonyms(&terms)?;
        for term in clause.terms_mut().into_iter().filter(|term| !term.exact) {
            let known: Vec<String> =
                std::iter::once(&term.folded).chain(term.others.iter().map(|form| &form.folded)).cloned().collect();
            let others = synonyms.of(&term.folded).into_iter().filter(|other| !known.contains(&other.folded));
            term.others.extend(others.map(|other| Form { text: other.text, folded: other.folded, origin: Origin::Synonym }));
        }
        Ok(())
    }

    /// The place that was typed, where it is an address that can mean only one.
    fn place(&self, request: &Request) -> Result<Option<Target>, LibraryError> {
        let typed = request.query.typed.trim();
        let Some(pattern) = address::parse(typed) else { return Ok(None) };
        let certain = pattern.document.is_some() || self.document_count() == 1;
        if !certain || request.scope.is_some() {
            return Ok(None);
        }
        self.resolve(typed)
    }

    /// The terms of a query that nothing in the library holds, in any form.
    fn absent<'query>(&self, query: &'query Query) -> Vec<String> {
        let terms = query.terms();
        let forms = |term: &'query Term| {
            std::iter::once(term.folded.as_str()).chain(term.others.iter().map(|form| form.folded.as_str())).collect()
        };
        let groups: Vec<Vec<&str>> = terms.iter().map(|term| forms(term)).collect();
        let held = self.index.contain_any(&groups);
        terms.iter().zip(held).filter(|(_, is_held)| !is_held).map(|(term, _)| term.text.clone()).collect()
    }

    fn read_otherwise(&self, request: &Request, answer: &mut Answer) -> Result<(), LibraryError> {
        let typed = &request.query.typed;
        if let Some(question) = query::understand(typed) {
            answer.instead = Some(self.asked(request, question)?);
            return Ok(());
        }
        // What fields and operators were used for is neither pinyin nor a slip.
        let is_plain = |clause: &Clause| match clause {
            Clause::Term(term) => !term.exact,
            Clause::All(clauses) => clauses.iter().all(|clause| matches!(clause, Clause::Term(term) if !term.exact)),
            Clause::Any(_) | Clause::Not(_) | Clause::Near(..) | Clause::In(..) | Clause::Only(_) => false,
        };
        if !request.query.clause.as_ref().is_some_and(is_plain) {
            return Ok(());
        }
        if let Some(pinyin) = PinyinQuery::parse(typed) {
            let vocabulary = self.index.vocabulary(|word| pinyin.may_hold(word))?;
            let words = vocabulary.iter().map(|(word, units)| (word.as_str(), *units));
            let readings = pinyin.lattice(words).readings(CANDIDATES, |string| self.index.may_contain_text(string).unwrap_or(true));
            answer.suggestions = self.that_occur(request, readings.into_iter().map(|reading| reading.text))?;
            if let Some(best) = answer.suggestions.first() {
                answer.instead = Some(self.instead(request, Meant::Pinyin, &best.text)?);
            }
        }
        if answer.suggestions.is_empty() {
            self.correct(request, answer)?;
        }
        Ok(())
    }

    /// Offers what differs by a slip or two from a term that is found nowhere; what is certain to be a slip is searched at once.
    fn correct(&self, request: &Request, answer: &mut Answer) -> Result<(), LibraryError> {
        let terms = request.query.terms();
        let absent = terms.iter().filter(|term| answer.absent.contains(&term.text));
        let slips: Vec<Slips> = absent.filter_map(|term| Slips::of(&term.folded)).collect();
        let vocabulary = self.index.vocabulary(|word| slips.iter().any(|slips| slips.may_lead_to(word)))?;
        let words = || vocabulary.iter().map(|(word, units)| (word.as_str(), *units));
        let near: Vec<_> = slips.into_iter().flat_map(|slips| slips.nearest(words(), CANDIDATES)).collect();
        answer.suggestions = self.that_occur(request, near.iter().map(|near| near.text.clone()))?;
        let [term] = terms.as_slice() else { return Ok(()) };
        let Some(best) = answer.suggestions.first() else { return Ok(()) };
        let one_slip = near.iter().any(|near| near.slips == 1 && near.text == best.text);
        if one_slip && term.folded.chars().count() >= CERTAIN {
            answer.instead = Some(self.instead(request, Meant::Slip, &best.text)?);
        }
        Ok(())
    }

    /// The answer to another string.
    fn instead(&self, request: &Request, meant: Meant, text: &str) -> Result<Instead, LibraryError> {
        let mut query = Query::literal(text);
        self.add_synonyms(&mut query)?;
        let response = self.search(&Request { query: query.clone(), related: Related::Nothing, ..request.clone() })?;
        Ok(Instead { meant, query, response })
    }

    /// The words of a query with their synonyms: what related units are found by. Longer strings that the library holds are words,
    /// whatever the dictionary says: 建|海外|仓 has 海外仓.
    fn words(&self, query: &Query) -> Result<Vec<Term>, LibraryError> {
        let terms = query.terms();
        let segmenter = Segmenter::for_texts(terms.iter().map(|term| term.folded.as_str()));
        let mut words: Vec<Term> = Vec::new();
        for term in &terms {
            let mut pieces = segmenter.pieces(&term.folded);
            pieces.truncate(MOST_READ);
            let mut rest = pieces.as_slice();
            while !rest.is_empty() && words.len() < MOST_READ {
                let (taken, word) = self.longest(rest, term.exact)?;
                let found = match (word, rest.first()) {
                    (None, Some(piece)) => self.inside(&segmenter, piece, term.exact)?,
                    (word, _) => word.into_iter().collect(),
                };
                words.extend(found);
                rest = rest.get(taken..).unwrap_or_default();
            }
        }
        let mut seen = BTreeSet::new();
        words.retain(|word| seen.insert(word.folded.clone()));
        Ok(words)
    }

    /// The longest string at the start of some pieces, of two characters or more, that the library holds in any form (as it is, where it
    /// stood in quotation marks); and of how many pieces it is. One piece and no string where there is none.
    fn longest(&self, pieces: &[&str], exact: bool) -> Result<(usize, Option<Term>), LibraryError> {
        for taken in (1..=pieces.len().min(MOST_PIECES)).rev() {
            let string = pieces.get(..taken).unwrap_or_default().concat();
            let tells = string.chars().nth(1).is_some() && string.chars().all(|character| !character.is_whitespace());
            let Some(term) = Term::new(&string, exact).filter(|_| tells && string.chars().any(char::is_alphanumeric)) else {
                continue;
            };
            let mut query = Query { clause: Some(Clause::Term(term)), ..Query::default() };
            self.add_synonyms(&mut query)?;
            let found = self.index.search(&Request { limit: Some(0), ..Request::of(query.clone()) })?;
            if found.total + found.synonyms.total > 0 {
                return Ok((taken, query.terms().first().map(|term| (*term).clone())));
            }
        }
        Ok((1, None))
    }

    /// The shorter words inside one that the library does not hold: 解除合同 has 解除 and 合同.
    fn inside(&self, segmenter: &Segmenter, piece: &str, exact: bool) -> Result<Vec<Term>, LibraryError> {
        let mut inside = Vec::new();
        for word in segmenter.words(piece).into_iter().filter(|word| word.len() < piece.len()).filter_map(|word| piece.get(word)) {
            inside.extend(self.longest(&[word], exact)?.1);
        }
        Ok(inside)
    }

    /// The answer to a question: all that is left of it, in one unit; the engine offers what holds some of it where there is none.
    fn asked(&self, request: &Request, question: Question) -> Result<Instead, LibraryError> {
        let mut clauses: Vec<Clause> = question.kept.iter().filter_map(|kept| Term::new(kept, false)).map(Clause::Term).collect();
        let clause = if clauses.len() > 1 { Some(Clause::All(clauses)) } else { clauses.pop() };
        let mut query = Query { typed: question.kept.join(" "), clause, readings: Vec::new() };
        self.add_synonyms(&mut query)?;
        let prefer = question.wants.and_then(preference);
        let related = Related::By(self.words(&query)?);
        let response = self.search(&Request { query: query.clone(), related, prefer, ..request.clone() })?;
        Ok(Instead { meant: Meant::Question(question), query, response })
    }

    /// Those of some strings that stand in the texts, with the number of units that hold them.
    fn that_occur(&self, request: &Request, strings: impl Iterator<Item = String>) -> Result<Vec<Suggestion>, LibraryError> {
        let mut occurring: Vec<Suggestion> = Vec::new();
        for text in strings {
            if occurring.len() == SUGGESTIONS {
                break;
            }
            let request = Request { query: Query::literal(&text), limit: Some(0), details: Details::default(), ..request.clone() };
            let units = self.index.search(&request)?.total;
            if units > 0 && !occurring.iter().any(|known| known.text == text) {
                occurring.push(Suggestion { text, units });
            }
        }
        Ok(occurring)
    }
}

/// What a question wants, as far as the order of hits can serve it.
const fn preference(want: Want) -> Option<Preference> {
    match want {
        Want::Chapter => Some(Preference::Headings),
        Want::Figure | Want::Time => Some(Preference::Figures),
        Want::Means => Some(Preference::Measures),
        Want::Definition => Some(Preference::Definitions),
        Want::Actor => Some(Preference::Actors),
        Want::Reason => Some(Preference::Statements),
        Want::Place => None,
    }
}
