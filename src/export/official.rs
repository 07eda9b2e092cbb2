//! The style of official documents: 《标题》（文号）第四章 三、（四）, with the words after a colon: ：“……”.

use std::io::{self, Write};

use super::passage::{Passage, in_quotation_marks};

pub(super) fn write(passage: &Passage<'_>, writer: &mut dyn Write) -> io::Result<()> {
    write!(writer, "{}{}", passage.official_name(), passage.place())?;
    if let Some(words) = passage.quotation() {
        write!(writer, "：{}", in_quotation_marks(&words))?;
    }
    writeln!(writer)
}
