//! The settings of a library: what its user says in `celan.toml`.
//!
//! ```toml
//! words = ["三高四新", "湘品出湘"]
//! synonyms = [["电商", "电子商务"]]
//!
//! [limits]
//! file_mib = 64
//!
//! [[synonyms]]
//! words = ["湘江新区", "湖南湘江新区"]
//! ```
//!
//! Takes the bytes of the file, gives what could be understood; what could not is told with its line and left out, and the rest
//! holds. Using the words is left to others.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{CorpusError, SETTINGS_FILE};
use crate::diagnostic::{Bilingual, Diagnostic, Place, Warned};
use crate::extract::{LIMITS, Limit, Limits};
use crate::text::fold;

/// The code of every diagnostic about the settings.
const FAULTY: &str = "settings";

/// What a user says of a library.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Words that are kept whole when texts are cut, as written.
    pub words: Vec<String>,
    /// Groups of forms that stand for the same thing, two or more each, as written.
    pub synonyms: Vec<Vec<String>>,
    /// How much a file may be, hold and take.
    pub limits: Limits,
}

/// Gathers settings and faults.
struct Reader<'text> {
    text: &'text str,
    settings: Settings,
    faults: Vec<Diagnostic>,
}

impl Settings {
    /// The settings of the library in `folder`; none where it has no file of settings.
    ///
    /// # Errors
    /// Where the file is there and cannot be read.
    pub fn load(folder: &Path) -> Result<Warned<Self>, CorpusError> {
        let path = folder.join(SETTINGS_FILE);
        match std::fs::read(&path) {
            Ok(bytes) if says_nothing(&bytes) => Ok(Warned::clean(Self::default())),
            Ok(bytes) => Ok(Self::read(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Warned::clean(Self::default())),
            Err(source) => Err(CorpusError::Io { path, source }),
        }
    }

    /// The words as texts are compared: folded, sorted, each once.
    #[must_use]
    pub fn folded_words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.words.iter().map(|word| fold::folded(word)).filter(|word| !word.is_empty()).collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    /// Reads the contents of a file of settings; what is wrong with it is told in the diagnostics.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Warned<Self> {
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut reader = Reader { text, settings: Self::default(), faults: Vec::new() };
        if std::str::from_utf8(bytes).is_err() {
            reader.fault(0..0, "文件不是 UTF-8 编码，全部设置均未采用", "the file is not in UTF-8: none of it is followed");
        } else {
            let (table, errors) = DeTable::parse_recoverable(text);
            for error in errors {
                let what = error.message();
                reader.fault(
                    error.span().unwrap_or_default(),
                    format!("不合 TOML 语法（{what}），此处及其后的设置可能未被采用"),
                    format!("this is no TOML ({what}): what stands here or below may be left out"),
                );
            }
            reader.table(table.get_ref());
        }
        Warned { value: reader.settings, diagnostics: reader.faults }
    }
}

/// Whether a file of settings has nothing but comments, as most have: then reading it as TOML would be the longest step of opening a library.
fn says_nothing(bytes: &[u8]) -> bool {
    let is_comment = |line: &str| {
        let line = line.trim_matches([' ', '\t']);
        (line.is_empty() || line.starts_with('#')) && !line.contains(|character: char| character.is_control() && character != '\t')
    };
    std::str::from_utf8(bytes).is_ok_and(|text| text.lines().all(is_comment))
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            match key.get_ref().as_ref() {
                "words" => {
                    let words = self.texts("words", value);
                    for word in words {
                        self.word(word);
                    }
                }
                "synonyms" => self.groups(value),
                "limits" => self.limits(value),
                other => self.unknown(key.span(), other, "words、synonyms、limits"),
            }
        }
    }

    fn word(&mut self, word: String) {
        if !self.settings.words.contains(&word) {
            self.settings.words.push(word);
        }
    }

    fn groups(&mut self, value: &Spanned<DeValue<'_>>) {
        let DeValue::Array(groups) = value.get_ref() else {
            return self.fault(
                value.span(),
                "synonyms 应为若干组词，如 [[\"电商\", \"电子商务\"]]",
                "synonyms must be groups of words, such as [[\"电商\", \"电子商务\"]]",
            );
        };
        for group in groups {
            if let DeValue::Table(table) = group.get_ref() {
                self.group_table(group.span(), table);
            } else {
                self.group(group);
            }
        }
    }

    /// `[[synonyms]]` with its `words`.
    fn group_table(&mut self, span: Range<usize>, table: &DeTable<'_>) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut has_words = false;
        for (key, value) in entries {
            if key.get_ref() == "words" {
                has_words = true;
                self.group(value);
            } else {
                self.unknown(key.span(), &format!("[[synonyms]] {}", key.get_ref()), "words");
            }
        }
        if !has_words {
            self.fault(span, "[[synonyms]] 缺少 words = [\"…\", \"…\"]", "[[synonyms]] has no words = [\"…\", \"…\"]");
        }
    }

    fn group(&mut self, value: &Spanned<DeValue<'_>>) {
        let mut group = self.texts("synonyms", value);
        let mut seen = Vec::new();
        group.retain(|word| {
            !seen.contains(word) && {
                seen.push(word.clone());
                true
            }
        });
        match group.len() {
            0 => {}
            1 => self.fault(value.span(), "一组同义词至少要有两个不同的词", "a group of synonyms must have two words at least"),
            _ => self.settings.synonyms.push(group),
        }
    }

    fn limits(&mut self, value: &Spanned<DeValue<'_>>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.fault(value.span(), "limits 应写作 [limits] 一节", "limits must be a section, [limits]");
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in entries {
            if let Some(limit) = Limits::row(key.get_ref()) {
                self.limit(limit, value);
            } else {
                let known: Vec<&str> = LIMITS.iter().map(|limit| limit.name).collect();
                self.unknown(key.span(), &format!("[limits] {}", key.get_ref()), &known.join("、"));
            }
        }
    }

    /// A limit within its range; the usual one holds where what is set is none.
    fn limit(&mut self, limit: &Limit, value: &Spanned<DeValue<'_>>) {
        let Limit { name, least, most, .. } = limit;
        let number = match value.get_ref() {
            DeValue::Integer(written) => u64::from_str_radix(written.as_str(), written.radix()).ok(),
            DeValue::String(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        };
        match number.filter(|number| (*least..=*most).contains(number)) {
            Some(number) => *(limit.value)(&mut self.settings.limits) = number,
            None => self.fault(
                value.span(),
                format!("{name} 应为 {least} 到 {most} 之间的整数，现按通常的限度"),
                format!("{name} must be a whole number from {least} to {most}; the usual limit holds"),
            ),
        }
    }

    /// An array of texts; what is none is told and left out.
    fn texts(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let DeValue::Array(items) = value.get_ref() else {
            self.fault(
                value.span(),
                format!("{key} 应为词的列表，如 [\"三高四新\"]"),
                format!("{key} must be a list of words, such as [\"三高四新\"]"),
            );
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str().map(str::trim) {
                Some(text) if !text.is_empty() => texts.push(text.to_owned()),
                Some(_) | None => self.fault(
                    item.span(),
                    format!("{key} 的每一项应为非空的文字，写在引号里"),
                    format!("every entry of {key} must be a text in quotation marks that is not empty"),
                ),
            }
        }
        texts
    }

    fn unknown(&mut self, span: Range<usize>, key: &str, known: &str) {
        let english = known.replace('、', ", ");
        self.fault(span, format!("不认识的键“{key}”；可用：{known}"), format!("unknown key `{key}`; there are: {english}"));
    }

    fn fault(&mut self, span: Range<usize>, chinese: impl Into<String>, english: impl Into<String>) {
        let line = self.text.get(..span.start).unwrap_or_default().matches('\n').count() + 1;
        let place = Place { file: Some(SETTINGS_FILE.to_owned()), line: u32::try_from(line).ok(), ..Place::default() };
        self.faults.push(Diagnostic::warning(FAULTY, Bilingual::new(chinese, english), place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn read(text: &str) -> (Settings, Vec<String>) {
        let read = Settings::read(text.as_bytes());
        (read.value, read.diagnostics.iter().map(|fault| fault.say(Language::English)).collect())
    }

    fn group(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn words_and_synonyms_are_read_in_both_forms() {
        let (settings, faults) =
            read("words = [\"三高四新\", \" 湘品出湘 \", \"三高四新\", '𠮷野家']\nsynonyms = [[\"电商\", \"电子商务\"]]\n");
        assert_eq!(settings.words, ["三高四新", "湘品出湘", "𠮷野家"]);
        assert_eq!(settings.synonyms, [group(&["电商", "电子商务"])]);
        assert_eq!(faults, [""; 0]);
        let (settings, faults) = read("[[synonyms]]\nwords = [\"a\", \"b\", \"a\"]\n[[synonyms]]\nwords = [\"c\", \"d\", \"e\"]\n");
        assert_eq!(settings.synonyms, [group(&["a", "b"]), group(&["c", "d", "e"])]);
        assert_eq!(faults, [""; 0]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_holds() {
        let (settings, faults) = read(
            "wrods = []\nwords = [\n  \"外贸\",\n  3,\n  \"\",\n]\n\nsynonyms = [\n  [\"电商\", \"电子商务\"],\n  [\"一个\"],\n  \"外贸\",\n  [\"a\", 1, \"b\"],\n]\n",
        );
        assert_eq!(settings.words, ["外贸"]);
        assert_eq!(settings.synonyms, [group(&["电商", "电子商务"]), group(&["a", "b"])]);
        assert_eq!(
            faults,
            [
                "celan.toml: line 1: unknown key `wrods`; there are: words, synonyms, limits",
                "celan.toml: line 4: every entry of words must be a text in quotation marks that is not empty",
                "celan.toml: line 5: every entry of words must be a text in quotation marks that is not empty",
                "celan.toml: line 10: a group of synonyms must have two words at least",
                "celan.toml: line 11: synonyms must be a list of words, such as [\"三高四新\"]",
                "celan.toml: line 12: every entry of synonyms must be a text in quotation marks that is not empty",
            ]
        );
        let (_, faults) = read("\nwords = \"外贸\"\nsynonyms = 1\n[[synonym]]\n");
        assert_eq!(faults.len(), 3);
        let (_, faults) = read("[[synonyms]]\nword = [\"a\"]\n");
        assert_eq!(
            faults,
            [
                "celan.toml: line 2: unknown key `[[synonyms]] word`; there are: words",
                "celan.toml: line 1: [[synonyms]] has no words = [\"…\", \"…\"]",
            ]
        );
    }

    #[test]
    fn what_is_no_toml_stops_nothing() {
        let (settings, faults) = read("words = [\"外贸\"]\nsynonyms = [[\"a\", \"b\"]]\n这不是设置\n");
        assert_eq!((settings.words.len(), settings.synonyms.len()), (1, 1));
        assert!(faults.iter().any(|fault| fault.starts_with("celan.toml: line 3: this is no TOML (")), "{faults:?}");
        let read = Settings::read(b"words = [\"\xCD\xE2\"]");
        assert_eq!(read.value, Settings::default());
        let said: Vec<_> = read.diagnostics.iter().map(|fault| fault.say(Language::Chinese)).collect();
        assert_eq!(said, ["celan.toml：第1行：文件不是 UTF-8 编码，全部设置均未采用"]);
    }

    #[test]
    fn the_template_of_new_libraries_says_nothing_until_it_is_changed() {
        let template = include_str!("../../celan.toml");
        assert_eq!(read(template), (Settings::default(), Vec::new()));
        // With the marks of the commented lines taken off, the examples hold.
        let examples: Vec<&str> = template.lines().filter_map(|line| line.strip_prefix("#: ")).collect();
        let (settings, faults) = read(&examples.join("\n"));
        assert_eq!(faults, [""; 0]);
        assert!(!settings.words.is_empty() && !settings.synonyms.is_empty());
    }

    #[test]
    fn a_library_without_a_file_of_settings_has_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Settings::load(folder.path()).unwrap(), Warned::clean(Settings::default()));
    }

    #[test]
    fn a_file_of_comments_says_nothing_and_strange_comments_are_read_by_the_parser() {
        for text in ["", "\n\n", "# 甲\n\n  # 乙\t丙\r\n\t\n", "#"] {
            assert!(says_nothing(text.as_bytes()), "{text:?}");
            assert_eq!(Settings::read(text.as_bytes()), Warned::clean(Settings::default()), "{text:?}");
        }
        for text in ["words = []", "# 甲\n[limits]", "# \u{1b}[2J", "甲", "# \u{7f}"] {
            assert!(!says_nothing(text.as_bytes()), "{text:?}");
        }
        assert!(!says_nothing(b"# \xff"));
    }
}
