//! Corrections as people write them: a TOML file beside the source.
//!
//! ```toml
//! title = "关于促进外贸的意见"
//! document_number = "湘政办发〔2021〕57号"
//! issuer = "湖南省人民政府办公厅"
//! date = 2021-09-08
//!
//! [[heading]]
//! line = 12
//! level = 1            # or kind = "chapter"
//!
//! [[text]]
//! lines = [15, 18]     # or from = 15, to = 18
//! ```
//!
//! What cannot be understood is told and left out; the rest holds. A file that is no TOML at all says nothing.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::{Corrections, FAULTY, Heading};
use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};
use crate::document::kind::Kind;
use crate::document::metadata::Date;
use crate::structure::head;

/// The most lines that one order may name by their first and last.
const LONGEST_RANGE: u32 = 100_000;

/// What is told about one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Heading(Heading),
    Text,
}

/// Gathers orders and faults.
#[derive(Default)]
struct Reader {
    corrections: Corrections,
    orders: BTreeMap<u32, Vec<Order>>,
    faults: Vec<Diagnostic>,
}

impl Corrections {
    /// Reads the contents of a file of corrections; what is wrong with it is told in the diagnostics.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Warned<Self> {
        let mut reader = Reader::default();
        match std::str::from_utf8(bytes).map(str::parse::<Table>) {
            Ok(Ok(table)) => reader.table(table),
            Ok(Err(error)) => {
                let before = error.span().and_then(|span| bytes.get(..span.start)).unwrap_or_default();
                let line = before.split(|byte| *byte == b'\n').count();
                let what = error.message();
                reader.fault(
                    format!("更正文件第{line}行不合 TOML 语法（{what}），全部更正均未采用"),
                    format!("line {line} of the file of corrections is no TOML ({what}): none of it is followed"),
                );
            }
            Err(_) => reader.fault(
                "更正文件不是 UTF-8 编码，全部更正均未采用",
                "the file of corrections is not in UTF-8: none of it is followed",
            ),
        }
        reader.settle();
        Warned { value: reader.corrections, diagnostics: reader.faults }
    }
}

impl Reader {
    fn table(&mut self, table: Table) {
        for (key, value) in table {
            match key.as_str() {
                "title" => self.corrections.title = self.text("title", &value),
                "issuer" => self.corrections.issuer = self.text("issuer", &value),
                "document_number" => self.corrections.document_number = self.number(&value),
                "date" => self.corrections.date = self.date(&value),
                "heading" => self.entries("heading", &value, Self::heading),
                "text" => self.entries("text", &value, Self::text_lines),
                _ => self.unknown(&key, "title、issuer、document_number、date、[[heading]]、[[text]]"),
            }
        }
    }

    fn text(&mut self, key: &str, value: &Value) -> Option<String> {
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.fault(format!("{key} 应为非空的文字"), format!("{key} must be a text that is not empty"));
        }
        text.map(str::to_owned)
    }

    /// 湘政办发〔2021〕57号.
    fn number(&mut self, value: &Value) -> Option<String> {
        let written = self.text("document_number", value)?;
        let number = head::document_number(&written);
        if number.is_none() {
            self.fault(
                format!("document_number 不合文号格式：“{written}”，应如“湘政办发〔2021〕57号”"),
                format!("document_number `{written}` is no number of the form 湘政办发〔2021〕57号"),
            );
        }
        number.map(|number| number.written)
    }

    /// A date of TOML (2021-09-08), or the same as a text.
    fn date(&mut self, value: &Value) -> Option<Date> {
        let date = match value {
            Value::Datetime(moment) => moment.date.and_then(|date| Date::new(date.year, date.month, date.day)),
            Value::String(written) => Date::try_from(written.clone()).ok(),
            Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Array(_) | Value::Table(_) => None,
        };
        if date.is_none() {
            self.fault("date 应为日期，如 2021-09-08", "date must be a day such as 2021-09-08");
        }
        date
    }

    /// The entries of `[[heading]]` or `[[text]]`, each with its name for messages.
    fn entries(&mut self, key: &str, value: &Value, take: fn(&mut Self, &str, &Table)) {
        let Some(entries) = value.as_array() else {
            return self.fault(format!("{key} 应写作 [[{key}]]"), format!("{key} must be written as [[{key}]]"));
        };
        for (place, entry) in entries.iter().enumerate() {
            let name = format!("[[{key}]] #{}", place + 1);
            match entry.as_table() {
                Some(entry) => take(self, &name, entry),
                None => self.fault(format!("{name} 应为表"), format!("{name} must be a table")),
            }
        }
    }

    fn heading(&mut self, name: &str, entry: &Table) {
        self.known_keys(name, entry, &["line", "level", "kind"]);
        let Some(line) = entry.get("line").and_then(line) else {
            return self.fault(format!("{name} 缺少 line（从 1 起的行号）"), format!("{name} has no line (a number from 1)"));
        };
        let level = |value: &Value| value.as_integer().and_then(|level| u8::try_from(level).ok());
        let level = |value| level(value).filter(|level| (1..=Heading::DEEPEST).contains(level)).map(Heading::Level);
        let kind = |value: &Value| Heading::KINDS.into_iter().find(|kind| Some(kind.name()) == value.as_str()).map(Heading::Kind);
        let heading = match (entry.get("level"), entry.get("kind")) {
            (Some(value), None) => level(value),
            (None, Some(value)) => kind(value),
            (Some(_), Some(_)) | (None, None) => None,
        };
        let Some(heading) = heading else {
            let kinds = Heading::KINDS.map(Kind::name);
            return self.fault(
                format!("{name} 应有 level（1–{}）或 kind（{}）之一", Heading::DEEPEST, kinds.join("、")),
                format!("{name} must have either level (1–{}) or kind ({})", Heading::DEEPEST, kinds.join(", ")),
            );
        };
        self.order(line, Order::Heading(heading));
    }

    fn text_lines(&mut self, name: &str, entry: &Table) {
        self.known_keys(name, entry, &["lines", "from", "to"]);
        let lines: Option<Vec<u32>> = match (entry.get("lines"), entry.get("from"), entry.get("to")) {
            (Some(lines), None, None) => lines.as_array().and_then(|lines| lines.iter().map(line).collect()),
            (None, Some(from), Some(to)) => range(from, to),
            _ => None,
        };
        match lines.filter(|lines| !lines.is_empty()) {
            Some(lines) => lines.into_iter().for_each(|line| self.order(line, Order::Text)),
            None => self.fault(
                format!("{name} 应有 lines = [行号…]，或 from 与 to"),
                format!("{name} must have lines = [numbers], or from and to"),
            ),
        }
    }

    fn order(&mut self, line: u32, order: Order) {
        self.orders.entry(line).or_default().push(order);
    }

    /// Two orders for one line contradict each other: neither is followed.
    fn settle(&mut self) {
        for (line, orders) in std::mem::take(&mut self.orders) {
            match orders.as_slice() {
                [Order::Heading(heading)] => {
                    self.corrections.headings.insert(line, *heading);
                }
                [Order::Text] => {
                    self.corrections.texts.insert(line);
                }
                _ => self.fault(
                    format!("第{line}行有不止一处更正，均未采用"),
                    format!("there is more than one correction of line {line}: none is followed"),
                ),
            }
        }
    }

    fn known_keys(&mut self, name: &str, entry: &Table, known: &[&str]) {
        for key in entry.keys().filter(|key| !known.contains(&key.as_str())) {
            self.unknown(&format!("{name} {key}"), &known.join("、"));
        }
    }

    fn unknown(&mut self, key: &str, known: &str) {
        let english = known.replace('、', ", ");
        self.fault(format!("不认识的键“{key}”；可用：{known}"), format!("unknown key `{key}`; there are: {english}"));
    }

    fn fault(&mut self, chinese: impl Into<String>, english: impl Into<String>) {
        self.faults.push(Diagnostic::warning(FAULTY, Bilingual::new(chinese, english), Place::default()));
    }
}

/// All lines from one to another.
fn range(from: &Value, to: &Value) -> Option<Vec<u32>> {
    let (from, to) = (line(from)?, line(to)?);
    (from <= to && to - from < LONGEST_RANGE).then(|| (from..=to).collect())
}

/// The number of a line, from 1.
fn line(value: &Value) -> Option<u32> {
    value.as_integer().and_then(|line| u32::try_from(line).ok()).filter(|line| *line > 0)
}
