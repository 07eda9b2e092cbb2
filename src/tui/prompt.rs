//! The input line as data: a text and a cursor between its graphemes.

use unicode_segmentation::UnicodeSegmentation;

use super::action::Edit;
use crate::text::width::{Ambiguous, columns, fitting, fitting_end};

/// What is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    /// Bytes before the cursor; always a grapheme's boundary.
    cursor: usize,
}

impl Prompt {
    /// The text typed so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What stands before the cursor.
    #[must_use]
    pub fn before(&self) -> &str {
        self.halves().0
    }

    /// Puts `text` in place of everything.
    pub fn replace(&mut self, text: &str) {
        *self = Self::default();
        self.insert(text);
    }

    /// Puts `text` in at the cursor; a line feed becomes a space, other control characters are left out.
    pub fn insert(&mut self, text: &str) {
        let (before, after) = self.halves();
        let typed = text.chars().map(|character| if matches!(character, '\n' | '\t') { ' ' } else { character });
        let before: String = before.chars().chain(typed.filter(|character| !character.is_control())).collect();
        let text = format!("{before}{after}");
        self.cursor = before.len();
        self.text = text;
    }

    /// Moves the cursor or deletes something.
    pub fn edit(&mut self, edit: Edit) {
        let (before, after) = self.halves();
        let previous = before.graphemes(true).next_back().map_or(0, str::len);
        let next = after.graphemes(true).next().map_or(0, str::len);
        match edit {
            Edit::Left => self.cursor -= previous,
            Edit::Right => self.cursor += next,
            Edit::Home => self.cursor = 0,
            Edit::End => self.cursor = self.text.len(),
            Edit::Backspace => self.delete_before(previous),
            Edit::Delete => self.text.replace_range(self.cursor..self.cursor + next, ""),
            Edit::ClearBefore => self.delete_before(self.cursor),
            Edit::WordBefore => {
                let word = before.trim_end().unicode_word_indices().next_back().map_or(0, |(at, _)| at);
                self.delete_before(before.len() - word);
            }
        }
    }

    /// The part of the text to show in `room` columns, and the column of the cursor in it.
    #[must_use]
    pub fn window(&self, room: usize, ambiguous: Ambiguous) -> (String, usize) {
        let (before, after) = self.halves();
        let left = fitting_end(before, room.saturating_sub(1), ambiguous);
        let at = columns(left, ambiguous);
        let right = fitting(after, room.saturating_sub(at), ambiguous);
        (format!("{left}{right}"), at)
    }

    fn halves(&self) -> (&str, &str) {
        self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""))
    }

    fn delete_before(&mut self, bytes: usize) {
        let from = self.cursor.saturating_sub(bytes);
        self.text.replace_range(from..self.cursor, "");
        self.cursor = from;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Prompt {
        let mut prompt = Prompt::default();
        prompt.insert(text);
        prompt
    }

    #[test]
    fn whole_characters_are_moved_over_and_deleted() {
        let mut prompt = typed("易货𠮷e\u{301}");
        prompt.edit(Edit::Backspace);
        assert_eq!(prompt.text(), "易货𠮷");
        prompt.edit(Edit::Left);
        prompt.edit(Edit::Backspace);
        prompt.insert("物");
        assert_eq!(prompt.text(), "易物𠮷");
        prompt.edit(Edit::Delete);
        prompt.edit(Edit::ClearBefore);
        assert_eq!(prompt.text(), "");
        prompt.edit(Edit::Backspace);
        prompt.edit(Edit::WordBefore);
        assert_eq!(prompt, Prompt::default());
    }

    #[test]
    fn a_pasted_text_becomes_one_line() {
        assert_eq!(typed("一\n二\u{1b}[31m").text(), "一 二[31m");
    }

    #[test]
    fn the_cursor_is_always_inside_the_window() {
        assert_eq!(typed("易货贸易").window(9, Ambiguous::Narrow), ("易货贸易".to_owned(), 8));
        assert_eq!(typed("易货贸易").window(6, Ambiguous::Narrow), ("贸易".to_owned(), 4));
        assert_eq!(typed("易货贸易").window(0, Ambiguous::Narrow), (String::new(), 0));
    }
}
