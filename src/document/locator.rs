//! Stable addresses: `<document>/<path>`.
//!
//! The path is made of the numbers as written: `4.3.4` is 第四章 三、（四）. A letter marks what is counted rather than numbered
//! (`p3` third paragraph, `b1` first bullet, `t1.r5` fifth row of the first table) or what has a count of its own (`a17` article,
//! `x2` annex). A number that stands twice under one parent gets `~2`. Reading what people type is left to `query`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The stable name of a document, such as `湘政办发-2021-57`; never contains `/` or white space.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(String);

impl DocumentId {
    /// A name made safe for an address: white space, `/` and control characters become `-`, never two in a row nor at an end.
    #[must_use]
    pub fn new(name: &str) -> Self {
        if is_safe(name) {
            return Self(name.to_owned());
        }
        let mut id = String::with_capacity(name.len());
        for character in name.chars() {
            if !is_parting(character) {
                id.push(character);
            } else if !id.is_empty() && !id.ends_with('-') {
                id.push('-');
            }
        }
        let id = id.trim_end_matches('-');
        Self(if id.is_empty() { "document".to_owned() } else { id.to_owned() })
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a name is an id as it is, as nearly all that are read are.
fn is_safe(name: &str) -> bool {
    let mut after_part = false;
    name.chars().all(|character| {
        let is_part = !is_parting(character);
        let is_kept = is_part || (character == '-' && after_part);
        after_part = is_part;
        is_kept
    }) && after_part
}

/// Whether a character stands between the parts of an id.
fn is_parting(character: char) -> bool {
    character.is_whitespace() || character.is_control() || is_invisible(character) || matches!(character, '/' | '\\' | '-')
}

/// Marks that take no room or turn the direction of writing: two ids must not look the same and differ.
const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

impl fmt::Display for DocumentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a step of an address counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// A written number: part, chapter, section, measure, item, clause.
    Number,
    /// `a`: 条, counted through the whole law.
    Article,
    /// `p`: an unnumbered paragraph.
    Paragraph,
    /// `b`: a bullet.
    Bullet,
    /// `t`: a table.
    Table,
    /// `r`: a row of a table.
    Row,
    /// `z`: 专栏, a box.
    Box,
    /// `x`: 附件, an annex.
    Annex,
    /// `f`: front matter.
    Front,
    /// `s`: a sentence within a node; no node has such an address, it points into one.
    Sentence,
}

impl StepKind {
    const ALL: [Self; 10] = [
        Self::Number,
        Self::Article,
        Self::Paragraph,
        Self::Bullet,
        Self::Table,
        Self::Row,
        Self::Box,
        Self::Annex,
        Self::Front,
        Self::Sentence,
    ];

    const fn letter(self) -> &'static str {
        match self {
            Self::Number => "",
            Self::Article => "a",
            Self::Paragraph => "p",
            Self::Bullet => "b",
            Self::Table => "t",
            Self::Row => "r",
            Self::Box => "z",
            Self::Annex => "x",
            Self::Front => "f",
            Self::Sentence => "s",
        }
    }
}

/// One step of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step {
    /// What is counted.
    pub kind: StepKind,
    /// The count or the written number, from 1.
    pub value: u32,
    /// The number after 之 (`a120-1` is 第一百二十条之一), 0 where there is none.
    pub insertion: u32,
    /// 1 for the first node with this number under its parent, 2 for the second (`~2`).
    pub repeat: u32,
}

impl Step {
    /// The first step of this kind and value.
    #[must_use]
    pub const fn new(kind: StepKind, value: u32) -> Self {
        Self { kind, value, insertion: 0, repeat: 1 }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.kind.letter(), self.value)?;
        if self.insertion > 0 {
            write!(formatter, "-{}", self.insertion)?;
        }
        if self.repeat > 1 {
            write!(formatter, "~{}", self.repeat)?;
        }
        Ok(())
    }
}

impl FromStr for Step {
    type Err = AddressError;

    fn from_str(written: &str) -> Result<Self, AddressError> {
        let malformed = || AddressError { written: written.to_owned() };
        let (body, repeat) = match written.split_once('~') {
            Some((body, repeat)) => (body, repeat.parse().map_err(|_| malformed())?),
            None => (written, 1),
        };
        let (body, insertion) = match body.split_once('-') {
            Some((body, insertion)) => (body, insertion.parse().map_err(|_| malformed())?),
            None => (body, 0),
        };
        StepKind::ALL
            .into_iter()
            .rev()
            .find_map(|kind| body.strip_prefix(kind.letter()).and_then(|number| Some((kind, number.parse().ok()?))))
            .filter(|_| body.chars().all(|character| character.is_ascii_alphanumeric()))
            .map(|(kind, value)| Self { kind, value, insertion, repeat })
            .ok_or_else(malformed)
    }
}

/// A path within a document; empty for the document as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Address(pub Vec<Step>);

impl Address {
    /// The address one step further down.
    #[must_use]
    pub fn child(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            if position > 0 {
                formatter.write_str(".")?;
            }
            write!(formatter, "{step}")?;
        }
        Ok(())
    }
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(written: &str) -> Result<Self, AddressError> {
        if written.is_empty() {
            return Ok(Self::default());
        }
        written.split('.').map(str::parse).collect::<Result<Vec<_>, _>>().map(Self)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(written: String) -> Result<Self, AddressError> {
        written.parse()
    }
}

/// A string that is not an address in its stable form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{written}` is no step of an address such as 4.3.4, a17.2.3 or 2.3.t1.r5")]
pub struct AddressError {
    /// The step that was not understood.
    pub written: String,
}

/// The stable address of a node, or of a whole document where the path is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator {
    /// The document.
    pub document: DocumentId,
    /// The path within it.
    pub address: Address,
}

impl fmt::Display for Locator {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.document)?;
        if !self.address.0.is_empty() {
            write!(formatter, "/{}", self.address)?;
        }
        Ok(())
    }
}

impl FromStr for Locator {
    type Err = AddressError;

    fn from_str(written: &str) -> Result<Self, AddressError> {
        let (document, address) = written.split_once('/').unwrap_or((written, ""));
        Ok(Self { document: DocumentId::new(document), address: address.parse()? })
    }
}

impl Serialize for Locator {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_and_read_back() {
        for written in ["", "4.3.4", "a17.2.3", "1.2.p3", "2.3.t1.r5", "x2", "a120-1", "4.1~2", "f1.p3", "4.3.4.s2", "3.z1"] {
            let address: Address = written.parse().unwrap();
            assert_eq!(address.to_string(), written);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_the_step_named() {
        let refused = "4.q3".parse::<Address>().unwrap_err();
        assert_eq!(refused.to_string(), "`q3` is no step of an address such as 4.3.4, a17.2.3 or 2.3.t1.r5");
        assert!("4..3".parse::<Address>().is_err());
        assert!("4.+3".parse::<Address>().is_err());
    }

    #[test]
    fn an_id_is_safe_in_an_address() {
        assert_eq!(DocumentId::new("湘政办发 / 2021-57 ").as_str(), "湘政办发-2021-57");
        assert_eq!(DocumentId::new("\u{1b}").as_str(), "document");
    }
}
