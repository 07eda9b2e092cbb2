//! What most likely stood in an official text where its folded form has this character.
//!
//! Chinese text has full-width marks, and half-width ones between Latin letters and digits; quotation marks come in pairs, and a bracket is
//! closed by its like. Takes the folded text and what the characters before turned out to be; gives one character. [`super::originals`]
//! stores where it is wrong: any change here is a change of the format on disk.

/// What is known at one place of a unit.
#[derive(Debug)]
pub(super) struct Prediction {
    /// The folded character before.
    before: Option<char>,
    /// The bracket that was opened last, and the one around it.
    brackets: [char; 2],
    /// The double and the single quotation mark that are open.
    quotes: [Option<char>; 2],
    /// Whether this unit has half-width brackets, and half-width marks, in Chinese text, too.
    half_brackets: bool,
    half_marks: bool,
}

impl Default for Prediction {
    fn default() -> Self {
        Self { before: None, brackets: ['（'; 2], quotes: [None; 2], half_brackets: false, half_marks: false }
    }
}

impl Prediction {
    /// The character that is expected for the folded `character`, which `rest` follows.
    pub(super) fn expect(&self, character: char, rest: &str) -> char {
        match character {
            '(' if self.half_brackets => '(',
            '(' if is_year_in_brackets(rest) => '〔',
            '(' => self.unless_latin(character, rest, '（'),
            ')' => closing(self.brackets[0]),
            '"' => self.quotes[0].map_or('“', closing),
            '\'' => self.quotes[1].map_or(self.unless_latin('’', rest, '‘'), closing),
            '-' if self.before == Some('-') || rest.starts_with('-') => '—',
            '-' => self.unless_latin(character, rest, '—'),
            '~' => '～',
            ',' | ';' | ':' | '!' | '?' if self.half_marks => character,
            ',' => self.unless_latin(character, rest, '，'),
            ';' => self.unless_latin(character, rest, '；'),
            ':' => self.unless_latin(character, rest, '：'),
            '!' => self.unless_latin(character, rest, '！'),
            '?' => self.unless_latin(character, rest, '？'),
            _ => character,
        }
    }

    /// `latin` between Latin letters or digits, else `chinese`.
    fn unless_latin(&self, latin: char, rest: &str, chinese: char) -> char {
        if self.before.is_some_and(is_latin) && rest.chars().next().is_some_and(is_latin) { latin } else { chinese }
    }

    /// What stood there in truth.
    #[inline]
    pub(super) fn saw(&mut self, character: char, expected: char, actual: char) {
        self.before = Some(character);
        if !character.is_ascii_punctuation() {
            return;
        }
        match character {
            '(' => {
                self.brackets = [actual, self.brackets[0]];
                self.half_brackets = actual == '(' && (self.half_brackets || expected != actual);
            }
            ')' => self.brackets = [self.brackets[1], '（'],
            '"' => self.quotes[0] = opened(self.quotes[0], actual),
            '\'' => self.quotes[1] = opened(self.quotes[1], actual),
            ',' | ';' | ':' | '!' | '?' if actual != expected => self.half_marks = actual == character,
            _ => {}
        }
    }

    /// Passes over a character that was not predicted.
    pub(super) const fn skip(&mut self, character: char) {
        self.before = Some(character);
    }
}

/// The quotation mark that is open after `mark`.
fn opened(open: Option<char>, mark: char) -> Option<char> {
    let opens = matches!(mark, '“' | '‘' | '「' | '『' | '〝') || (open.is_none() && matches!(mark, '"' | '＂'));
    opens.then_some(mark)
}

/// The mark that closes what this one opens.
const fn closing(opening: char) -> char {
    match opening {
        '(' => ')',
        '（' => '）',
        '〔' => '〕',
        '[' => ']',
        '［' => '］',
        '【' => '】',
        '〖' => '〗',
        '“' => '”',
        '‘' => '’',
        '「' => '」',
        '『' => '』',
        '〝' => '〞',
        other => other,
    }
}

/// Marks that fold to this character and are written now and then.
pub(super) const fn candidates(folded: char) -> [char; 4] {
    match folded {
        '(' => ['（', '〔', '【', '['],
        ')' => ['）', '〕', '】', ']'],
        '"' => ['“', '”', '「', '」'],
        '\'' => ['‘', '’', '『', '』'],
        ',' => ['，', '、', '﹐', '\u{FE10}'],
        '-' => ['—', '－', '–', '−'],
        '.' => ['．', '。', '·', '﹒'],
        ' ' => ['\u{3000}', '\n', '\u{A0}', '\t'],
        other => [other; 4],
    }
}

/// The full-width form of an ASCII character.
pub(super) fn full_width(character: char) -> Option<char> {
    character.is_ascii_graphic().then(|| char::from_u32(u32::from(character) + 0xFEE0)).flatten()
}

/// The upper case, where it is another character and only one.
pub(super) fn upper_case(character: char) -> Option<char> {
    let mut upper = character.to_uppercase();
    upper.next().filter(|first| *first != character && upper.next().is_none())
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '/'
}

/// `2021)` after a bracket: 〔2021〕57号.
fn is_year_in_brackets(rest: &str) -> bool {
    let (digits, after) = rest.as_bytes().split_at(rest.len().min(4));
    digits.len() == 4 && digits.iter().all(u8::is_ascii_digit) && after.first() == Some(&b')')
}

/// Where the number of an article or heading ends that other words follow: `第一条` in 第一条为了……, 第十七条之一 too.
///
/// White space stands there, which folding drops.
pub(super) fn label_end(folded: &str) -> Option<usize> {
    let number = |text: &str| text.trim_start_matches(is_numeral).len();
    let start = folded.strip_prefix('第')?;
    let after = start.get(start.len() - number(start)..).filter(|after| after.len() < start.len())?;
    let after = after.strip_prefix(['条', '章', '节', '编', '篇'])?;
    let after = match after.strip_prefix('之') {
        Some(insertion) => insertion.get(insertion.len() - number(insertion)..).filter(|after| after.len() < insertion.len()),
        None => None,
    }
    .unwrap_or(after);
    let next = after.chars().next()?;
    (next.is_alphanumeric() || matches!(next, '《' | '"')).then_some(folded.len() - after.len())
}

const fn is_numeral(character: char) -> bool {
    matches!(
        character,
        '零' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '两' | '0'..='9'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_ends_where_other_words_follow() {
        for (folded, label) in [
            ("第一条为了规范立法", Some("第一条")),
            ("第一百二十条之一资助恐怖活动组织", Some("第一百二十条之一")),
            ("第12章总则", Some("第12章")),
            ("第一条,第二条", None),
            ("第二条", None),
            ("第条为了", None),
            ("根据第一条为了", None),
        ] {
            assert_eq!(label_end(folded).and_then(|end| folded.get(..end)), label, "{folded}");
        }
    }
}
