//! What a file of settings comes to.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::tui::action::walk::{Walk, Way};
use crate::tui::action::{Action, Motion};
use crate::tui::keymap::{Context, Key, Pressed};
use crate::tui::palette::Name;

fn read(text: &str) -> (Habits, Vec<String>) {
    let read = Habits::read(text.as_bytes(), "config.toml");
    (read.value, read.diagnostics.iter().map(|fault| fault.say(Language::English)).collect())
}

#[test]
fn everything_can_be_said() {
    let (habits, faults) = read(
        "language = \"en\"\nambiguous = \"wide\"\nmouse = false\ncopy = \"gbt7714\"\n\
         [theme]\nname = \"light\"\nfound = \"bold black on 220\"\n[keys]\nnext-hit = [\"ctrl-j\"]\nquit = \"Q\"\n",
    );
    assert_eq!(faults, [""; 0]);
    assert_eq!(habits.language, Some(Language::English));
    assert_eq!(habits.ambiguous, Some(Ambiguous::Wide));
    assert!(!habits.is_mouse_on);
    assert_eq!(habits.style.name, "gbt7714");
    assert_eq!((habits.look.name, habits.look.changes.len()), (Name::Light, 1));
    let press =
        |character, modifiers| habits.keymap.pressed(Context::Reader, None, KeyEvent::new(KeyCode::Char(character), modifiers));
    assert_eq!(press('j', KeyModifiers::CONTROL), Pressed::Does(Action::NextHit));
    assert_eq!(press('n', KeyModifiers::NONE), Pressed::Nothing);
    assert_eq!(press('Q', KeyModifiers::NONE), Pressed::Does(Action::Quit));
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_the_rest_holds() {
    let (habits, faults) = read(
        "langauge = \"en\"\nmouse = \"off\"\ncopy = \"apa\"\ntheme = \"dark\"\nambiguous = \"wide\"\n\
         [keys]\nnext_hit = [\"n\"]\nsearch = [\"strg-f\", \"S\"]\nhelp = 3\nprevious-hit = [\n  \"p\",\n  \"S\",\n]\n",
    );
    assert_eq!(habits.ambiguous, Some(Ambiguous::Wide));
    assert_eq!(
        faults,
        [
            "config.toml: line 1: unknown name `langauge`; is language meant?",
            "config.toml: line 2: mouse must be true or false",
            "config.toml: line 3: copy must be \"official\", \"plain\", \"gbt7714\", \"markdown\", \"bibtex\", \"csl-json\"",
            "config.toml: line 7: unknown name `next_hit`; is next-hit meant?",
            "config.toml: line 8: search must be the name of a key, such as n, G, ctrl-j, alt-m, f5, enter, shift-tab, pagedown, or of two in turn, such as \"g h\"",
            "config.toml: line 9: help must be a list of keys such as [\"n\", \"ctrl-j\"]",
            "config.toml: line 12: S is given to search already, not to previous-hit",
        ]
    );
    let press =
        |character| habits.keymap.pressed(Context::Reader, None, KeyEvent::new(KeyCode::Char(character), KeyModifiers::NONE));
    assert_eq!((press('S'), press('p')), (Pressed::Does(Action::Search), Pressed::Does(Action::PreviousHit)));
    let (_, faults) = read("theme = \"drak\"\n[theme2]\n");
    assert_eq!(
        faults,
        [
            "config.toml: line 1: theme must be \"dark\", \"light\", \"high-contrast\", \"plain\"",
            "config.toml: line 2: unknown name `theme2`; is theme meant?",
        ]
    );
    let (_, faults) = read("[theme]\nfuond = \"red\"\nfound = \"rot\"\n");
    assert_eq!(
        faults,
        [
            "config.toml: line 2: unknown name `fuond`; is found meant?",
            "config.toml: line 3: found must be a style such as \"bold cyan\" or \"black on #ffd75f\"",
        ]
    );
}

#[test]
fn two_keys_in_turn_are_settings_like_any_other() {
    let (habits, faults) = read(
        "[keys]\nnext-chapter = [\"z n\", \"gn\"]\nprevious-chapter = [\n  \"z p\",\n  \"z n\",\n]\nlast = \"z\"\nmark = \"a b c\"\n",
    );
    assert_eq!(
        faults,
        [
            "config.toml: line 5: z n is given to next-chapter already, not to previous-chapter",
            "config.toml: line 7: z is given to previous-chapter already, not to last",
            "config.toml: line 8: mark must be the name of a key, such as n, G, ctrl-j, alt-m, f5, enter, shift-tab, pagedown, \
             or of two in turn, such as \"g h\"",
        ]
    );
    let lead = Key::named("z").unwrap();
    let press = |lead, key| habits.keymap.pressed(Context::Reader, lead, KeyEvent::from(KeyCode::Char(key)));
    assert_eq!(press(None, 'z'), Pressed::Leads(lead));
    assert_eq!(press(Some(lead), 'n'), Pressed::Does(Action::Walk(Walk::Chapter(Way::Forth))));
    assert_eq!(press(Some(lead), 'p'), Pressed::Does(Action::Walk(Walk::Chapter(Way::Back))));
    assert_eq!(press(None, 'G'), Pressed::Does(Action::Move(Motion::Last)), "what could not be given stays as it was");
}

#[test]
fn what_is_no_toml_stops_nothing() {
    let (habits, faults) = read("mouse = false\n这不是设置\n");
    assert!(!habits.is_mouse_on);
    assert!(faults.iter().any(|fault| fault.starts_with("config.toml: line 2: this is no TOML (")), "{faults:?}");
    let read = Habits::read(b"copy = \"\xCD\xE2\"", "config.toml");
    assert_eq!(read.value.style.name, "official");
    let said: Vec<_> = read.diagnostics.iter().map(|fault| fault.say(Language::Chinese)).collect();
    assert_eq!(said, ["config.toml：第1行：文件不是 UTF-8 编码，全部设置均未采用"]);
}

#[test]
fn the_template_says_what_holds_anyhow() {
    for language in [Language::Chinese, Language::English] {
        let text = template(language);
        assert_eq!(read(&text).1, [""; 0]);
        let settings = text.lines().map(|line| line.strip_prefix("# ").filter(|rest| is_setting(rest)).unwrap_or(line));
        let uncommented: String = settings.filter(|line| !line.starts_with("theme = ")).flat_map(|line| [line, "\n"]).collect();
        let (habits, faults) = read(&uncommented);
        assert_eq!(faults, [""; 0], "{uncommented}");
        assert_eq!((habits.look.name, habits.style.name, habits.is_mouse_on), (Name::Dark, "official", true));
        assert!(uncommented.contains("next-hit = [\"n\", \"f3\"]"), "{uncommented}");
    }
}

/// Whether a commented line is a setting, not words.
fn is_setting(line: &str) -> bool {
    line.starts_with('[') && line.ends_with(']') && !line.contains('|')
        || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
}
