//! A reference after GB/T 7714-2015 (信息与文献 参考文献著录规则).
//!
//! `湖南省人民政府办公厅. 湖南省“十四五”商务和开放型经济发展规划：湘政办发〔2021〕57号[A]. 2021-09-08: 第四章 三、（四）.`
//!
//! - The mark of the type is `A` (档案, archive): annex A.7 of the standard gives a notice of the office of a city's government, with its
//!   文号 after the title, as `[A/OL]`. The carrier `/OL` is left out, because it promises an address on the net and the day of access
//!   (§8.5.2, §8.7), and a library of files knows neither; whoever has them writes `[A/OL]` and adds them at the end.
//! - The 文号 follows the title as other title information, set off by a colon (§8.2.3).
//! - Without an issuer the reference begins with the title (§8.1.4, numbered references).
//! - The place stands where page numbers stand, after the date and a colon (§8.5.1).

use std::io::{self, Write};

use super::passage::{Passage, in_quotation_marks};

pub(super) fn write(passage: &Passage<'_>, writer: &mut dyn Write) -> io::Result<()> {
    if let Some(issuer) = passage.issuer() {
        write!(writer, "{issuer}. ")?;
    }
    write!(writer, "{}", passage.title())?;
    if let Some(number) = passage.number() {
        write!(writer, "：{number}")?;
    }
    write!(writer, "[A]")?;
    let place = passage.place();
    match (passage.document.metadata.date, place.is_empty()) {
        (Some(date), true) => write!(writer, ". {date}.")?,
        (Some(date), false) => write!(writer, ". {date}: {place}.")?,
        (None, true) => write!(writer, ".")?,
        (None, false) => write!(writer, ": {place}.")?,
    }
    if let Some(words) = passage.quotation() {
        write!(writer, " {}", in_quotation_marks(&words))?;
    }
    writeln!(writer)
}
