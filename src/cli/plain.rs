//! `celan --plain`: reading without a screen, line by line, for screen readers and for terminals that cannot move their cursor.
//!
//! Nothing is drawn: each answer is some plain lines, and what can be opened next has a number before it. A number opens, an empty line
//! reads on, anything else is an address or is searched for; a few signs do the rest. Input may come from a pipe as well.

use std::io::{BufRead, Write};
use std::sync::Arc;

use super::session::Session;
use super::{Outcome, choose, either};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::node::NodeIndex;
use crate::export::passage::Passage;
use crate::library::notes::note_on;
use crate::library::{Library, Target};
use crate::query;
use crate::search::Request;

/// So many places of an answer are listed at once.
const SHOWN: usize = 20;

/// Something with a number before it.
#[derive(Debug, Clone)]
struct Place {
    document: Arc<Document>,
    node: Option<NodeIndex>,
}

/// The session: where one is, and what the numbers stand for.
struct Reading<'s, 'w> {
    session: &'s mut Session<'w>,
    library: &'s Library,
    here: Option<Place>,
    offered: Vec<Place>,
}

/// Reads commands from standard input until it ends or says so.
pub(super) fn run(session: &mut Session<'_>, library: &Library) -> anyhow::Result<Outcome> {
    let mut reading = Reading { session, library, here: None, offered: Vec::new() };
    reading.contents()?;
    reading.say("输入 ? 看说明", "? explains")?;
    for line in std::io::stdin().lock().lines() {
        if !reading.obey(line?.trim())? {
            break;
        }
    }
    Ok(Outcome::Found)
}

impl Reading<'_, '_> {
    /// Does what a line says; tells whether to go on.
    fn obey(&mut self, line: &str) -> anyhow::Result<bool> {
        match line {
            "q" | "quit" | "退出" => return Ok(false),
            "" => self.walk(1)?,
            "-" => self.walk(-1)?,
            "^" => self.up()?,
            "." => self.contents()?,
            "=" => self.cite()?,
            "?" | "？" => self.explain()?,
            _ => match (line.parse::<usize>(), line.strip_prefix('+')) {
                (Ok(number), _) => self.choose(number)?,
                (Err(_), Some(text)) => self.note(text)?,
                (Err(_), None) => self.search(line)?,
            },
        }
        self.session.output.flush()?;
        Ok(true)
    }

    fn say(&mut self, chinese: &str, english: &str) -> anyhow::Result<()> {
        let text = self.session.language.pick(chinese, english);
        self.session.output.line(text)?;
        Ok(self.session.output.flush()?)
    }

    fn explain(&mut self) -> anyhow::Result<()> {
        self.say(
            "数字：打开该条。空行：读下一段。-：上一段。^：上一级。.：目录。=：引注。+文字：给这一段写笔记。q：结束。其他文字：位置（如 4.3.4）或检索。",
            "A number opens. An empty line reads on. - goes back, ^ up, . to the contents. = cites. +TEXT notes. q ends. Anything else is a place (4.3.4) or a search.",
        )
    }

    /// The documents, or the chapters where there is only one.
    fn contents(&mut self) -> anyhow::Result<()> {
        let mut documents = Vec::new();
        for listing in self.library.listings() {
            documents.push(self.library.document(&listing.id).map_err(|error| self.session.failed(&error))?);
        }
        if let [only] = documents.as_slice() {
            self.session.output.line(only.official_name())?;
            return self.offer_below(&Arc::clone(only), None);
        }
        self.offer(documents.into_iter().map(|document| Place { document, node: None }).collect())
    }

    fn offer_below(&mut self, document: &Arc<Document>, node: Option<NodeIndex>) -> anyhow::Result<()> {
        let below = document.children(node).filter(|(_, child)| child.kind.is_outline() || child.kind == Kind::Front);
        self.offer(below.map(|(index, _)| Place { document: Arc::clone(document), node: Some(index) }).collect())
    }

    fn offer(&mut self, places: Vec<Place>) -> anyhow::Result<()> {
        for (number, place) in places.iter().enumerate() {
            let name = place.node.map_or_else(|| place.document.official_name(), |node| place.document.name_in_words(node));
            self.session.output.line(format!("{} {name}", number + 1))?;
        }
        self.offered = places;
        Ok(())
    }

    fn choose(&mut self, number: usize) -> anyhow::Result<()> {
        match number.checked_sub(1).and_then(|at| self.offered.get(at)).cloned() {
            Some(place) => self.read(place),
            None => self.say("没有这个编号", "there is no such number"),
        }
    }

    /// Reads a unit: its place, its words, and what can be opened below it.
    fn read(&mut self, place: Place) -> anyhow::Result<()> {
        let document = Arc::clone(&place.document);
        let heading = place.node.map_or_else(|| document.official_name(), |node| document.place_in_words(node));
        let words = place.node.and_then(|node| document.node(node)).map_or("", |node| document.unit_text(node));
        self.session.output.line(heading)?;
        if !words.is_empty() {
            self.session.output.line(words)?;
        }
        let node = place.node;
        self.here = Some(place);
        self.offer_below(&document, node)
    }

    /// On to the next unit, or back.
    fn walk(&mut self, step: isize) -> anyhow::Result<()> {
        let here = self.here.clone().or_else(|| self.offered.first().cloned());
        let Some(here) = here else { return self.say("文库是空的", "the library is empty") };
        let next = match (self.here.is_some(), here.node) {
            (false, node) => Some(node.map_or(0, |node| node.0)),
            (true, None) => (step > 0).then_some(0),
            (true, Some(node)) => node.0.checked_add_signed(step),
        };
        match next.map(NodeIndex).filter(|next| here.document.node(*next).is_some()) {
            Some(next) => self.read(Place { node: Some(next), ..here }),
            None => self.say("到头了", "there is nothing further"),
        }
    }

    fn up(&mut self) -> anyhow::Result<()> {
        match self.here.clone() {
            Some(Place { document, node: Some(node) }) => {
                let node = document.node(node).and_then(|node| node.parent);
                self.read(Place { document, node })
            }
            Some(_) | None => self.contents(),
        }
    }

    fn cite(&mut self) -> anyhow::Result<()> {
        let Some(here) = self.here.clone() else { return self.say("还没有打开任何一段", "nothing has been opened yet") };
        let passage = Passage { document: &here.document, node: here.node, through: None, sentence: None, quoted: false };
        let mut citation = Vec::new();
        self.session.habits.value.style.write(&passage, &mut citation)?;
        Ok(self.session.output.text(String::from_utf8_lossy(&citation))?)
    }

    fn note(&mut self, text: &str) -> anyhow::Result<()> {
        let Some(here) = self.here.clone() else { return self.say("还没有打开任何一段", "nothing has been opened yet") };
        let note = note_on(&here.document, here.node, text);
        self.library.change_note(None, Some(&note)).map_err(|error| self.session.failed(&error))?;
        let target = Target { document: here.document, node: here.node, sentence: None };
        let locator = choose::passage(&target, false).locator();
        self.say(&format!("已保存笔记：{locator}"), &format!("note kept: {locator}"))
    }

    /// A place is opened, anything else searched for.
    fn search(&mut self, typed: &str) -> anyhow::Result<()> {
        let answer = self.library.ask(Request::of(query::parse(typed))).map_err(|error| self.session.failed(&error))?;
        if let Some(place) = answer.place {
            return self.read(Place { document: place.document, node: place.node });
        }
        let response = answer.instead.as_ref().map_or(&answer.response, |instead| &instead.response);
        let (total, language) = (response.total, self.session.language);
        self.session.output.line(found(typed, total, language))?;
        let mut places = Vec::new();
        for hit in response.hits.iter().chain(&response.synonyms.hits).take(SHOWN) {
            let document = self.library.document(&hit.document).map_err(|error| self.session.failed(&error))?;
            places.push(Place { document, node: Some(hit.node) });
        }
        for (number, place) in places.iter().enumerate() {
            let Some(node) = place.node else { continue };
            let words = place.document.node(node).map_or("", |node| place.document.unit_text(node));
            let words = words.lines().next().unwrap_or_default();
            let name = place.document.citation(node);
            self.session.output.line(format!("{} {name}{}{words}", number + 1, language.pick("：", ": ")))?;
        }
        self.offered = places;
        let suggested: Vec<&str> = answer.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
        if !suggested.is_empty() {
            let (chinese, english) = (suggested.join("、"), suggested.join(", "));
            self.say(&format!("是否为：{chinese}"), &format!("perhaps: {english}"))?;
        }
        Ok(())
    }
}

fn found(typed: &str, total: usize, language: Language) -> String {
    let shown = total.min(SHOWN);
    let more = if total > shown {
        either(language, format!("，列出前 {shown} 个"), format!(", the first {shown} here"))
    } else {
        String::new()
    };
    either(language, format!("“{typed}”：{total} 个单元{more}"), format!("`{typed}`: {total} units{more}"))
}
