//! Synonyms: other forms of a term that stand for the very same thing.
//!
//! Takes a folded term, gives its other forms: those of the table shipped with the program (`synonyms.tsv`), of the documents
//! themselves (全称（以下简称……）) and of the user. A term that contains a member as a whole part is changed there: 农村电商 is 农村电子商务
//! too. Groups are not chained: what two groups have in common does not join them. Only the groups that concern the terms of a query
//! are kept, so that a search does not pay for a table. Searching for the forms, and saying so, is left to those who ask.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::document::locator::DocumentId;
use crate::text::fold;
use crate::text::segment::words_of;

/// The most other forms of one term.
const MOST_FORMS: usize = 16;

/// Members of so few Chinese characters may arise by accident (外贸 in 境外贸易): they must begin and end where words do.
const SHORT: usize = 3;

static TABLE: &str = include_str!("synonyms.tsv");

/// The lines of the table that may have a form that stands in one of these folded terms, in order. No Chinese character of the table is
/// changed by folding, so that the first character of a form tells, without folding anything.
fn lines_for(folded_terms: &[&str]) -> impl Iterator<Item = &'static str> {
    let characters: BTreeSet<char> = folded_terms.iter().flat_map(|term| term.chars()).collect();
    let (ideographs, others): (Vec<char>, Vec<char>) = characters.into_iter().partition(|character| is_ideograph(*character));
    let forms = ideographs.into_iter().flat_map(|ideograph| FORMS.that_begin_with(ideograph));
    let mut starts: BTreeSet<usize> = forms.map(line_of).collect();
    if !others.is_empty() {
        let lines = TABLE.split_inclusive('\n').scan(0, |start, line| Some((std::mem::replace(start, *start + line.len()), line)));
        let begins_otherwise = |form: &str| form.chars().next().is_some_and(|first| !is_ideograph(first));
        starts.extend(lines.filter(|(_, line)| line.trim().split('\t').any(begins_otherwise)).map(|(start, _)| start));
    }
    let lines = starts.into_iter().filter_map(|start| TABLE.get(start..)?.lines().next());
    lines.filter(|line| !line.starts_with('#'))
}

/// The forms of the table that begin with an ideograph, made when the program is compiled: to read the table for each character of a term took
/// longer than to search for it.
static FORMS: Forms = Forms::of(TABLE.as_bytes());

/// Where forms begin, by the last bits of their first characters.
struct Forms {
    /// For each value of these bits the number of the last form, counted from 1; 0 where there is none.
    last: [u16; BUCKETS],
    /// Where each form begins, and the number of the form before it with the same bits.
    forms: [(u16, u16); forms_in(TABLE.as_bytes())],
}

const BUCKETS: usize = 1024;

const _: () = assert!(TABLE.len() < u16::MAX as usize, "places in the table fit into 16 bits");

impl Forms {
    #[expect(clippy::cast_possible_truncation, reason = "places in the table fit into 16 bits")]
    const fn of(table: &[u8]) -> Self {
        let mut made = Self { last: [0; BUCKETS], forms: [(0, 0); forms_in(TABLE.as_bytes())] };
        let (mut at, mut count) = (0, 0);
        while at < table.len() {
            if begins_form(table, at) {
                // An ideograph is three bytes of UTF-8 with four, six and six bits of its code.
                let bucket = ((table[at + 1] as usize & 63) << 6 | table[at + 2] as usize & 63) % BUCKETS;
                made.forms[count] = (at as u16, made.last[bucket]);
                count += 1;
                made.last[bucket] = count as u16;
            }
            at += 1;
        }
        made
    }

    /// Where forms begin with this ideograph.
    fn that_begin_with(&self, ideograph: char) -> impl Iterator<Item = usize> {
        let last = self.last.get(ideograph as usize % BUCKETS).copied().unwrap_or_default();
        let form = |number: &u16| self.forms.get(usize::from(*number).checked_sub(1)?);
        let numbers = std::iter::successors(Some(last), move |number| Some(form(number)?.1));
        let places = numbers.map_while(move |number| Some(usize::from(form(&number)?.0)));
        places.filter(move |place| TABLE.get(*place..).is_some_and(|form| form.starts_with(ideograph)))
    }
}

const fn forms_in(table: &[u8]) -> usize {
    let (mut at, mut count) = (0, 0);
    while at < table.len() {
        count += begins_form(table, at) as usize;
        at += 1;
    }
    count
}

/// Whether a form that begins with a character of three bytes, as ideographs are, begins here.
const fn begins_form(table: &[u8], at: usize) -> bool {
    table[at] >> 4 == 0b1110 && (at == 0 || matches!(table[at - 1], b'\t' | b'\n'))
}

/// Where the line begins that a place of the table is on.
fn line_of(place: usize) -> usize {
    TABLE.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

const fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

/// Whether a form, written in any way, stands in one of these folded terms.
fn stands_in(form: &str, folded_terms: &[&str]) -> bool {
    let folded = fold::folded(form);
    !folded.is_empty() && folded_terms.iter().any(|term| term.contains(&folded))
}

/// Who says that two forms are the same; ordered from the most general to the most special.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The table of the program.
    Shipped,
    /// The settings of the library.
    User,
    /// A document that introduces a short form.
    Document(DocumentId),
}

/// Forms that stand for the same thing, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The forms; two that fold alike count once.
    pub members: Vec<String>,
    /// Who says so.
    pub source: Source,
}

/// Another form of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synonym {
    /// What is compared.
    pub folded: String,
    /// What is shown: as written where it was put in, folded around it.
    pub text: String,
    /// Who says that it is the same; where several parts were changed, the most special.
    pub source: Source,
}

/// The groups that concern some terms.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    own: Groups,
    shipped: Groups,
}

/// Groups, and where each form stands in them.
#[derive(Debug, Clone, Default)]
struct Groups {
    all: Vec<(Source, Vec<Member>)>,
    by_member: HashMap<String, Vec<usize>>,
    /// The most characters of a member.
    longest: usize,
}

#[derive(Debug, Clone)]
struct Member {
    folded: String,
    text: String,
}

/// A member that stands in the term.
struct Part<'synonyms> {
    span: Range<usize>,
    others: Vec<(&'synonyms Member, &'synonyms Source)>,
}

impl FromIterator<Group> for Groups {
    fn from_iter<Iterable: IntoIterator<Item = Group>>(groups: Iterable) -> Self {
        let mut made = Self::default();
        groups.into_iter().for_each(|group| made.push(group));
        made
    }
}

impl Groups {
    fn push(&mut self, group: Group) {
        let mut members: Vec<Member> = Vec::new();
        for text in group.members {
            let folded = fold::folded(&text);
            if !folded.is_empty() && members.iter().all(|known| known.folded != folded) {
                members.push(Member { folded, text: text.trim().to_owned() });
            }
        }
        if members.len() < 2 {
            return;
        }
        for member in &members {
            self.longest = self.longest.max(member.folded.chars().count());
            self.by_member.entry(member.folded.clone()).or_default().push(self.all.len());
        }
        self.all.push((group.source, members));
    }

    /// The other members of every group that has this one.
    fn others<'synonyms>(&'synonyms self, folded: &str) -> impl Iterator<Item = (&'synonyms Member, &'synonyms Source)> {
        let groups = self.by_member.get(folded).into_iter().flatten().filter_map(|group| self.all.get(*group));
        let folded = folded.to_owned();
        groups.flat_map(move |(source, members)| {
            let folded = folded.clone();
            members.iter().filter(move |member| member.folded != folded).map(move |member| (member, source))
        })
    }
}

impl Synonyms {
    /// What the table of the program, and groups of the user or of documents, say about these folded terms; of the groups those that
    /// come first are offered first.
    #[must_use]
    pub fn concerning(folded_terms: &[&str], groups: impl IntoIterator<Item = Group>) -> Self {
        let concern = |group: &Group| group.members.iter().any(|member| stands_in(member, folded_terms));
        let groups_of_lines = lines_for(folded_terms)
            .map(|line| Group { members: line.split('\t').map(str::to_owned).collect(), source: Source::Shipped });
        let shipped = groups_of_lines.filter(concern);
        Self { own: groups.into_iter().filter(concern).collect(), shipped: shipped.collect() }
    }

    /// The other forms of a folded term, at most 16, without the term itself; the library's own before those of the program. None of a
    /// term that these synonyms do not concern.
    #[must_use]
    pub fn of(&self, folded_term: &str) -> Vec<Synonym> {
        let mut seen = BTreeSet::from([folded_term.to_owned()]);
        // 湖南自贸试验区 may be a short form of its own: what the program knows of 自贸试验区 holds all the same.
        let tables = [vec![&self.own, &self.shipped], vec![&self.shipped]];
        let forms = tables.iter().flat_map(|tables| forms(folded_term, tables));
        forms.filter(|form| seen.insert(form.folded.clone())).take(MOST_FORMS).collect()
    }
}

/// The term with every part that is a member in every other form, and the term itself.
fn forms(term: &str, tables: &[&Groups]) -> Vec<Synonym> {
    let mut forms = vec![Synonym { folded: String::new(), text: String::new(), source: Source::Shipped }];
    let mut end = 0;
    for part in &parts(term, tables) {
        let before = term.get(end..part.span.start).unwrap_or_default();
        let kept = term.get(part.span.clone()).unwrap_or_default();
        forms = grown(&forms, before, kept, part);
        end = part.span.end;
    }
    let rest = term.get(end..).unwrap_or_default();
    let whole = forms.into_iter().map(|form| form.followed_by(rest, rest, None));
    // Folding anew: what was put in may close up with what stands beside it.
    let refolded = whole.map(|form| Synonym { folded: fold::folded(&form.folded), ..form });
    refolded.collect()
}

/// The members that stand in the term: the longest first, none overlapping, in the order of the term.
fn parts<'synonyms>(term: &str, tables: &[&'synonyms Groups]) -> Vec<Part<'synonyms>> {
    let longest = tables.iter().map(|groups| groups.longest).max().unwrap_or_default();
    let bounds: Vec<usize> = term.char_indices().map(|(at, _)| at).chain([term.len()]).collect();
    let known = |part: &str| tables.iter().any(|groups| groups.by_member.contains_key(part));
    let is_member = |span: &Range<usize>| term.get(span.clone()).is_some_and(known);
    let mut spans = Vec::new();
    for (first, start) in bounds.iter().enumerate() {
        spans.extend(bounds.iter().skip(first + 1).take(longest).map(|end| *start..*end).filter(|span| is_member(span)));
    }
    if spans.is_empty() {
        return Vec::new();
    }
    let words = words_of(term);
    spans.retain(|span| stands_alone(term, span, &words));
    spans.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start));
    let mut parts: Vec<Part<'_>> = Vec::new();
    for span in spans {
        if parts.iter().all(|part| part.span.end <= span.start || span.end <= part.span.start) {
            let folded = term.get(span.clone()).unwrap_or_default();
            parts.push(Part { span, others: tables.iter().flat_map(|groups| groups.others(folded)).collect() });
        }
    }
    parts.sort_by_key(|part| part.span.start);
    parts
}

/// Every form with the part as it is and with each of its other forms.
fn grown(forms: &[Synonym], before: &str, kept: &str, part: &Part<'_>) -> Vec<Synonym> {
    let mut longer = Vec::new();
    for form in forms {
        let form = form.followed_by(before, before, None);
        longer.push(form.followed_by(kept, kept, None));
        longer.extend(part.others.iter().map(|(member, source)| form.followed_by(&member.folded, &member.text, Some(source))));
    }
    // One more than is given, for the term itself is among them.
    longer.truncate(MOST_FORMS + 1);
    longer
}

impl Synonym {
    fn followed_by(&self, folded: &str, text: &str, source: Option<&Source>) -> Self {
        let source = source.map_or(&self.source, |source| source.max(&self.source));
        Self { folded: format!("{}{folded}", self.folded), text: format!("{}{text}", self.text), source: source.clone() }
    }
}

/// Whether a member stands in the term as a whole part: no Latin word goes on beside it, and a short one is cut through no word.
fn stands_alone(term: &str, span: &Range<usize>, words: &[Range<usize>]) -> bool {
    let (Some(before), Some(member), Some(after)) = (term.get(..span.start), term.get(span.clone()), term.get(span.end..)) else {
        return false;
    };
    let joined = |left: Option<char>, right: Option<char>| {
        left.is_some_and(|left| left.is_ascii_alphanumeric()) && right.is_some_and(|right| right.is_ascii_alphanumeric())
    };
    if joined(before.chars().next_back(), member.chars().next()) || joined(member.chars().next_back(), after.chars().next()) {
        return false;
    }
    let cuts = |at: usize| words.iter().any(|word| word.start < at && at < word.end);
    member.chars().count() > SHORT || !cuts(span.start) && !cuts(span.end)
}

#[cfg(test)]
mod tests;
