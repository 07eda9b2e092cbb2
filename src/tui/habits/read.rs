//! Reading the file of settings: TOML → [`Habits`], and what is wrong with it, line by line.

use std::ops::Range;

use ratatui::style::Style as Look;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Habits;
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Warned};
use crate::export::{STYLES, Style};
use crate::text::width::Ambiguous;
use crate::tui::keymap::{Keymap, Order, Sequence, Trouble, table};
use crate::tui::palette::{self, Name};

/// The code of every diagnostic about the file.
const FAULTY: &str = "habits";

/// What the file can say at its top.
const KEYS: [&str; 6] = ["language", "ambiguous", "mouse", "copy", "theme", "keys"];

/// How like a name must be to be taken for a slip (Jaro's measure, from 0 to 1).
const ALIKE: f64 = 0.7;

type Value<'t> = Spanned<DeValue<'t>>;

struct Reader<'t> {
    text: &'t str,
    file: &'t str,
    habits: Habits,
    /// Each order with the places of its name and of its keys.
    orders: Vec<(Order, Range<usize>, Vec<Range<usize>>)>,
    faults: Vec<Diagnostic>,
}

impl Habits {
    /// Reads the contents of the file of settings; `file` is its name in what is told.
    #[must_use]
    pub fn read(bytes: &[u8], file: &str) -> Warned<Self> {
        let text = std::str::from_utf8(bytes).map(|text| text.strip_prefix('\u{FEFF}').unwrap_or(text));
        let mut reader =
            Reader { text: text.unwrap_or_default(), file, habits: Self::default(), orders: Vec::new(), faults: Vec::new() };
        if text.is_err() {
            reader.fault(0..0, "文件不是 UTF-8 编码，全部设置均未采用", "the file is not in UTF-8: none of it is followed");
        }
        let (table, errors) = DeTable::parse_recoverable(reader.text);
        for error in errors {
            let what = error.message();
            reader.fault(
                error.span().unwrap_or_default(),
                format!("不合 TOML 语法（{what}），此处及其后的设置可能未被采用"),
                format!("this is no TOML ({what}): what stands here or below may be left out"),
            );
        }
        for (key, value) in sorted(table.get_ref()) {
            reader.entry(key, value);
        }
        reader.resolve();
        reader.faults.sort_by_key(|fault| fault.place.line);
        Warned { value: reader.habits, diagnostics: reader.faults }
    }
}

fn sorted<'t, 'v>(table: &'v DeTable<'t>) -> Vec<(&'v Spanned<std::borrow::Cow<'t, str>>, &'v Value<'t>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

impl Reader<'_> {
    fn entry(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Value<'_>) {
        match key.get_ref().as_ref() {
            "language" => {
                let languages = [("zh", Language::Chinese), ("en", Language::English)];
                self.habits.language = self.choice("language", value, &languages);
            }
            "ambiguous" => {
                let widths = [("auto", None), ("narrow", Some(Ambiguous::Narrow)), ("wide", Some(Ambiguous::Wide))];
                self.habits.ambiguous = self.choice("ambiguous", value, &widths).flatten();
            }
            "copy" => {
                let styles = STYLES.map(|style| (style.name, style));
                let chosen: Option<Style> = self.choice("copy", value, &styles);
                self.habits.style = chosen.unwrap_or(self.habits.style);
            }
            "mouse" => match value.get_ref().as_bool() {
                Some(mouse) => self.habits.is_mouse_on = mouse,
                None => self.expected(value, "mouse", "true 或 false", "true or false"),
            },
            "theme" => self.theme(value),
            "keys" => self.keys(value),
            other => self.unknown(key.span(), other, KEYS.into_iter()),
        }
    }

    fn theme(&mut self, value: &Value<'_>) {
        let names = Name::ALL.map(|name| (name.written(), name));
        let DeValue::Table(table) = value.get_ref() else {
            self.habits.look.name = self.choice("theme", value, &names).unwrap_or_default();
            return;
        };
        for (key, value) in sorted(table) {
            let role = key.get_ref().as_ref();
            if role == "name" {
                self.habits.look.name = self.choice("name", value, &names).unwrap_or_default();
            } else if palette::roles().any(|known| known == role) {
                let style: Option<Look> = value.get_ref().as_str().and_then(palette::style);
                match style {
                    Some(style) => self.habits.look.changes.push((role.to_owned(), style)),
                    None => self.expected(
                        value,
                        role,
                        "样式，如 \"bold cyan\"、\"black on #ffd75f\"",
                        "a style such as \"bold cyan\" or \"black on #ffd75f\"",
                    ),
                }
            } else {
                self.unknown(key.span(), role, std::iter::once("name").chain(palette::roles()));
            }
        }
    }

    fn keys(&mut self, value: &Value<'_>) {
        let DeValue::Table(table) = value.get_ref() else {
            return self.expected(value, "keys", "一张表：[keys]", "a table: [keys]");
        };
        for (name, value) in sorted(table) {
            let single = value.get_ref().as_str().map(|_| std::slice::from_ref(value));
            let items: Vec<&Value<'_>> = match (single, value.get_ref()) {
                (Some(single), _) => single.iter().collect(),
                (None, DeValue::Array(items)) => items.iter().collect(),
                (None, _) => {
                    self.expected(
                        value,
                        name.get_ref(),
                        "键的列表，如 [\"n\", \"ctrl-j\"]",
                        "a list of keys such as [\"n\", \"ctrl-j\"]",
                    );
                    continue;
                }
            };
            let (mut keys, mut places) = (Vec::new(), Vec::new());
            for item in items {
                match item.get_ref().as_str().map(Sequence::named) {
                    Some(Ok(key)) => {
                        keys.push(key);
                        places.push(item.span());
                    }
                    Some(Err(_)) | None => self.expected(
                        item,
                        name.get_ref(),
                        "键名，如 n、G、ctrl-j、alt-m、f5、enter、shift-tab、pagedown，或先后两键，如 \"g h\"",
                        "the name of a key, such as n, G, ctrl-j, alt-m, f5, enter, shift-tab, pagedown, or of two in turn, such as \"g h\"",
                    ),
                }
            }
            if !keys.is_empty() {
                self.orders.push((Order { id: name.get_ref().to_string(), keys }, name.span(), places));
            }
        }
    }

    fn resolve(&mut self) {
        let orders: Vec<Order> = self.orders.iter().map(|(order, ..)| order.clone()).collect();
        let (keymap, troubles) = Keymap::resolved(&orders);
        self.habits.keymap = keymap;
        for trouble in troubles {
            let (Trouble::UnknownAction(number)
            | Trouble::Taken { order: number, .. }
            | Trouble::Types { order: number, .. }
            | Trouble::Orphaned { order: number, .. }) = trouble;
            let Some((order, span, places)) = self.orders.get(number).cloned() else { continue };
            let place = |key: Sequence| order.keys.iter().position(|other| *other == key).and_then(|at| places.get(at).cloned());
            match trouble {
                Trouble::UnknownAction(_) => self.unknown(span, &order.id, table().map(|binding| binding.id)),
                Trouble::Taken { key, by, .. } => self.fault(
                    place(key).unwrap_or(span),
                    format!("{} 已分给 {by}，不能再给 {}", key.written(), order.id),
                    format!("{} is given to {by} already, not to {}", key.written(), order.id),
                ),
                Trouble::Types { key, .. } => self.fault(
                    place(key).unwrap_or(span),
                    format!("{} 只在输入行里有效，而 {} 在那里会打出字；请用 ctrl-、alt- 或功能键", order.id, key.written()),
                    format!(
                        "{} holds where one types, and {} types there: use ctrl-, alt- or a function key",
                        order.id,
                        key.written()
                    ),
                ),
                Trouble::Orphaned { id, .. } => self.fault(
                    span,
                    format!("{} 占用了 {id} 的最后一个键；请另给 {id} 一个键", order.id),
                    format!("{} takes the last key of {id}: give {id} another one", order.id),
                ),
            }
        }
    }

    /// One of some texts.
    fn choice<T: Clone>(&mut self, key: &str, value: &Value<'_>, choices: &[(&'static str, T)]) -> Option<T> {
        let chosen = value.get_ref().as_str().and_then(|text| choices.iter().find(|(name, _)| *name == text));
        if chosen.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            self.expected(value, key, &names.join("、"), &names.join(", "));
        }
        chosen.map(|(_, choice)| choice.clone())
    }

    fn expected(&mut self, value: &Value<'_>, key: &str, chinese: &str, english: &str) {
        self.fault(value.span(), format!("{key} 应为 {chinese}"), format!("{key} must be {english}"));
    }

    fn unknown(&mut self, span: Range<usize>, key: &str, known: impl Iterator<Item = &'static str>) {
        let likeness = |name: &&str| strsim::jaro(name, key);
        let nearest = known.max_by(|one, other| likeness(one).total_cmp(&likeness(other))).filter(|name| likeness(name) > ALIKE);
        let (chinese, english) = nearest.map_or_else(
            || ("可用的名称见 celan config".to_owned(), "see `celan config` for what there is".to_owned()),
            |nearest| (format!("是否为 {nearest}？"), format!("is {nearest} meant?")),
        );
        self.fault(span, format!("不认识“{key}”；{chinese}"), format!("unknown name `{key}`; {english}"));
    }

    fn fault(&mut self, span: Range<usize>, chinese: impl Into<String>, english: impl Into<String>) {
        let line = self.text.get(..span.start).unwrap_or_default().matches('\n').count() + 1;
        let place = Place { file: Some(self.file.to_owned()), line: u32::try_from(line).ok(), ..Place::default() };
        self.faults.push(Diagnostic::warning(FAULTY, Bilingual::new(chinese, english), place));
    }
}
