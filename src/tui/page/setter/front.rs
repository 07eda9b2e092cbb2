//! The head of a document: it keeps its lines, for titles and signatures are broken with care there.
//!
//! GB/T 9704-2012: the title and the 发文字号 stand in the middle, the 主送机关 begins at the margin, the signature and the date stand to
//! the right.

use super::block::{Align, Block};
use super::{INDENT, Role, Setter};
use crate::document::node::{Node, NodeIndex};

/// A name longer than this, in characters, is no signature.
const LONGEST_NAME: usize = 30;

impl Setter<'_> {
    pub(super) fn set_front(&mut self, index: NodeIndex, node: &Node, block: &Block) {
        let title = node.title_span.clone().unwrap_or(0..0);
        let text = self.document.slice(block.span.clone());
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut start = block.span.start;
        for (number, line) in lines.iter().enumerate() {
            let span = start..start + line.len();
            start = span.end;
            if line.trim().is_empty() {
                continue;
            }
            let is_title = span.start < title.end && title.start < span.end;
            let below = lines.iter().skip(number + 1).find(|below| !below.trim().is_empty());
            let (align, first_indent) =
                if is_title { (Align::Centre, 0) } else { self.place(line.trim(), below.map(|below| below.trim())) };
            let (role, end) = if is_title { (Role::Chapter, span.end) } else { (Role::Text, span.start) };
            let set = Block { span, first_indent, align, label: role, label_end: end, title: role, title_end: end };
            self.set_block(index, &set);
        }
    }

    /// Where a line stands that is no title, told by the next one.
    pub(super) fn place(&self, line: &str, below: Option<&str>) -> (Align, usize) {
        let metadata = &self.document.metadata;
        let is_name =
            |line: &str| line.chars().count() <= LONGEST_NAME && !line.contains(|mark: char| "，。；：、（）《》".contains(mark));
        if metadata.document_number.as_deref() == Some(line) {
            (Align::Centre, 0)
        } else if is_date(line) || (is_name(line) && below.is_some_and(is_date)) {
            (Align::End, 0)
        } else if metadata.addressee.as_deref() == Some(line.trim_end_matches(['：', ':'])) {
            (Align::Start, 0)
        } else {
            (Align::Start, INDENT)
        }
    }
}

/// Whether a line is a date and nothing else: 2021年9月8日, 二〇二一年九月八日.
fn is_date(line: &str) -> bool {
    let is_counted = |character: char| character.is_ascii_digit() || "〇○零一二三四五六七八九十年月日 ".contains(character);
    line.ends_with('日') && line.contains('年') && line.contains('月') && line.chars().all(is_counted)
}
