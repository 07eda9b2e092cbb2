//! One line without marks, for a message or a table cell: title, 文号, date and place set apart by commas, then the words.

use std::io::{self, Write};

use super::passage::{Passage, in_quotation_marks};

pub(super) fn write(passage: &Passage<'_>, writer: &mut dyn Write) -> io::Result<()> {
    let date = passage.document.metadata.date.map(|date| format!("{}年{}月{}日", date.year, date.month, date.day));
    let place = Some(passage.place()).filter(|place| !place.is_empty());
    write!(writer, "{}", passage.title())?;
    for part in [passage.number(), date, place].into_iter().flatten() {
        write!(writer, "，{part}")?;
    }
    if let Some(words) = passage.quotation() {
        write!(writer, "：{}", in_quotation_marks(&words))?;
    }
    writeln!(writer)
}
