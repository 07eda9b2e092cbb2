//! Themes by name, in as many colours as the terminal has, with what the user changes in them.
//!
//! How many colours there are is told by two variables, as most programs read them: `COLORTERM` that is `truecolor` or `24bit`, or a
//! `TERM` that ends in `-direct`, means all; a `TERM` with `256color` 256; everything else the sixteen that the terminal itself
//! defines. `NO_COLOR` (<https://no-color.org>) and `TERM=dumb` mean none: what is told by colours is told by bold, underline and
//! reverse as well, so that nothing is lost.

use ratatui::style::{Color, Modifier, Style};

use super::theme::Theme;

/// How many colours the terminal shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Depth {
    /// None.
    None,
    /// Those that the terminal itself defines.
    #[default]
    Sixteen,
    /// The palette of xterm.
    Palette,
    /// All.
    True,
}

impl Depth {
    /// What the environment says; `no_colour` is whether `NO_COLOR` is set and not empty.
    #[must_use]
    pub fn of(no_colour: bool, colour_term: Option<&str>, term: Option<&str>) -> Self {
        let term = term.unwrap_or_default();
        match colour_term {
            _ if no_colour || term == "dumb" => Self::None,
            Some("truecolor" | "24bit") => Self::True,
            _ if term.ends_with("-direct") => Self::True,
            _ if term.contains("256color") => Self::Palette,
            _ => Self::Sixteen,
        }
    }
}

/// A theme of the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Name {
    /// For a dark ground.
    #[default]
    Dark,
    /// For a light ground.
    Light,
    /// For weak eyes and bad screens: nothing faint, everything marked twice.
    HighContrast,
    /// No colours.
    Plain,
}

impl Name {
    /// All themes, in the order in which one follows the other.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::HighContrast, Self::Plain];

    /// The name in the settings.
    #[must_use]
    pub const fn written(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::HighContrast => "high-contrast",
            Self::Plain => "plain",
        }
    }

    /// The name for people.
    #[must_use]
    pub const fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Dark => ("深色", "dark"),
            Self::Light => ("浅色", "light"),
            Self::HighContrast => ("高对比", "high contrast"),
            Self::Plain => ("无色", "plain"),
        }
    }

    /// The one that follows.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::HighContrast,
            Self::HighContrast => Self::Plain,
            Self::Plain => Self::Dark,
        }
    }
}

/// A theme, the colours there are, and what is changed in it: role and style.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    /// The theme.
    pub name: Name,
    /// The colours of the terminal.
    pub depth: Depth,
    /// Roles that are to look otherwise.
    pub changes: Vec<(String, Style)>,
}

impl Look {
    /// The styles.
    #[must_use]
    pub fn theme(&self) -> Theme {
        let mut theme = match (self.name, self.depth) {
            (Name::HighContrast, Depth::None) => {
                let plain = Theme::plain();
                Theme { found: plain.found, current: plain.current, ..high_contrast() }
            }
            (_, Depth::None) | (Name::Plain, _) => Theme::plain(),
            (Name::Dark, _) => dark(self.depth),
            (Name::Light, _) => light(self.depth),
            (Name::HighContrast, _) => high_contrast(),
        };
        for (role, style) in &self.changes {
            if let Some(found) = role_mut(&mut theme, role) {
                *found = *style;
            }
        }
        for (role, _) in ROLES {
            if let Some(style) = role_mut(&mut theme, role) {
                *style = reduced(*style, self.depth);
            }
        }
        theme
    }
}

fn dark(depth: Depth) -> Theme {
    let theme = Theme::coloured();
    if depth == Depth::Sixteen {
        return theme;
    }
    let (heading, accent) = (Color::Rgb(0x7f, 0xc8, 0xf8), Color::Rgb(0x8b, 0xd5, 0xca));
    Theme {
        chapter: theme.chapter.fg(heading),
        heading: theme.heading.fg(heading),
        dim: theme.dim.fg(Color::Rgb(0x8a, 0x8a, 0x8a)),
        accent: theme.accent.fg(accent),
        marked: theme.marked.fg(accent),
        ..theme
    }
}

fn light(depth: Depth) -> Theme {
    let (heading, accent, dim) = match depth {
        Depth::Sixteen | Depth::None => (Color::Blue, Color::Blue, Color::DarkGray),
        Depth::Palette | Depth::True => (Color::Rgb(0x00, 0x4f, 0x9e), Color::Rgb(0x00, 0x5f, 0x5f), Color::Rgb(0x62, 0x62, 0x62)),
    };
    let theme = Theme::coloured();
    Theme {
        chapter: theme.chapter.fg(heading),
        heading: theme.heading.fg(heading),
        dim: theme.dim.fg(dim),
        accent: theme.accent.fg(accent),
        marked: theme.marked.fg(accent),
        current: theme.current.fg(Color::White).bg(Color::Red),
        ..theme
    }
}

fn high_contrast() -> Theme {
    let theme = Theme::coloured();
    let strong = Style::new().add_modifier(Modifier::BOLD);
    Theme {
        chapter: strong.add_modifier(Modifier::UNDERLINED),
        heading: strong.add_modifier(Modifier::UNDERLINED),
        title: strong,
        dim: Style::new(),
        accent: strong,
        selected: strong.add_modifier(Modifier::REVERSED),
        marked: strong.add_modifier(Modifier::UNDERLINED),
        found: Style::new().fg(Color::Black).bg(Color::LightYellow).add_modifier(Modifier::BOLD),
        current: Style::new().fg(Color::White).bg(Color::Red).add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
        warning: strong.add_modifier(Modifier::REVERSED),
        ..theme
    }
}

/// Gives the style of a role.
type RoleOf = fn(&mut Theme) -> &mut Style;

/// Every role with the name that it has in the settings.
const ROLES: [(&str, RoleOf); 11] = [
    ("text", |theme| &mut theme.text),
    ("chapter", |theme| &mut theme.chapter),
    ("heading", |theme| &mut theme.heading),
    ("title", |theme| &mut theme.title),
    ("dim", |theme| &mut theme.dim),
    ("accent", |theme| &mut theme.accent),
    ("selected", |theme| &mut theme.selected),
    ("marked", |theme| &mut theme.marked),
    ("found", |theme| &mut theme.found),
    ("current", |theme| &mut theme.current),
    ("warning", |theme| &mut theme.warning),
];

/// The names of all roles.
pub fn roles() -> impl Iterator<Item = &'static str> {
    ROLES.iter().map(|(name, _)| *name)
}

fn role_mut<'t>(theme: &'t mut Theme, name: &str) -> Option<&'t mut Style> {
    ROLES.iter().find(|(role, _)| *role == name).map(|(_, style)| style(theme))
}

/// The style that is written as `bold cyan on #202020`; none where a word of it is not known.
#[must_use]
pub fn style(written: &str) -> Option<Style> {
    let mut style = Style::new();
    let mut words = written.split_whitespace();
    while let Some(word) = words.next() {
        style = match word {
            "bold" => style.add_modifier(Modifier::BOLD),
            "dim" => style.add_modifier(Modifier::DIM),
            "italic" => style.add_modifier(Modifier::ITALIC),
            "underline" => style.add_modifier(Modifier::UNDERLINED),
            "reverse" => style.add_modifier(Modifier::REVERSED),
            "on" => style.bg(words.next()?.parse().ok()?),
            colour => style.fg(colour.parse().ok()?),
        };
    }
    Some(style)
}

fn reduced(style: Style, depth: Depth) -> Style {
    let reduce = |colour: Option<Color>| colour.and_then(|colour| nearest(colour, depth));
    Style { fg: reduce(style.fg), bg: reduce(style.bg), ..style }
}

/// The levels of the colour cube of xterm, numbers 16 to 231.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The sixteen colours as xterm shows them; terminals differ, so that these serve for likeness only.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The colour that comes nearest to one, among those that there are; none where there are none.
fn nearest(colour: Color, depth: Depth) -> Option<Color> {
    if depth == Depth::None {
        return None;
    }
    let wanted = if let Color::Rgb(red, green, blue) = colour {
        (depth != Depth::True).then_some([red, green, blue])
    } else if let Color::Indexed(number) = colour {
        (depth == Depth::Sixteen).then(|| indexed(number))
    } else {
        None
    };
    let Some(wanted) = wanted else { return Some(colour) };
    Some(match depth {
        Depth::Palette => {
            let step = |value: u8| (0_u8..).zip(LEVELS).min_by_key(|(_, level)| level.abs_diff(value)).map_or(0, |(step, _)| step);
            let [red, green, blue] = wanted.map(step);
            let cube = 16 + 36 * red + 6 * green + blue;
            let mean = wanted.iter().map(|part| u16::from(*part)).sum::<u16>() / 3;
            let grey = 232 + u8::try_from(mean.saturating_sub(3) / 10).unwrap_or(u8::MAX).min(23);
            let choice = if distance(indexed(grey), wanted) < distance(indexed(cube), wanted) { grey } else { cube };
            Color::Indexed(choice)
        }
        Depth::None | Depth::Sixteen | Depth::True => {
            SIXTEEN.iter().min_by_key(|(_, shown)| distance(*shown, wanted)).map_or(colour, |(named, _)| *named)
        }
    })
}

fn indexed(number: u8) -> [u8; 3] {
    match number {
        0..=15 => SIXTEEN.get(usize::from(number)).map_or([0; 3], |(_, shown)| *shown),
        16..=231 => [(number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6].map(|step| LEVELS[usize::from(step % 6)]),
        232..=255 => [8 + 10 * (number - 232); 3],
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        let cases = [
            ((false, None, None), Depth::Sixteen),
            ((false, None, Some("xterm")), Depth::Sixteen),
            ((false, None, Some("linux")), Depth::Sixteen),
            ((false, None, Some("screen-256color")), Depth::Palette),
            ((false, Some("truecolor"), Some("xterm-256color")), Depth::True),
            ((false, Some("24bit"), None), Depth::True),
            ((false, None, Some("xterm-direct")), Depth::True),
            ((false, Some("truecolor"), Some("dumb")), Depth::None),
            ((true, Some("truecolor"), Some("xterm-256color")), Depth::None),
        ];
        for ((no_colour, colour_term, term), depth) in cases {
            assert_eq!(Depth::of(no_colour, colour_term, term), depth, "{no_colour} {colour_term:?} {term:?}");
        }
    }

    #[test]
    fn no_theme_shows_more_colours_than_there_are() {
        for name in Name::ALL {
            for depth in [Depth::None, Depth::Sixteen, Depth::Palette, Depth::True] {
                let changes = vec![("heading".to_owned(), style("bold #102030 on 200").unwrap())];
                let mut theme = Look { name, depth, changes }.theme();
                for role in roles() {
                    let shown = role_mut(&mut theme, role).unwrap();
                    for colour in [shown.fg, shown.bg].into_iter().flatten() {
                        let fits = if let Color::Rgb(..) = colour {
                            depth == Depth::True
                        } else if let Color::Indexed(_) = colour {
                            matches!(depth, Depth::Palette | Depth::True)
                        } else {
                            depth != Depth::None
                        };
                        assert!(fits, "{name:?} {depth:?} {role} {colour:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_matters_differs_in_every_theme() {
        for name in Name::ALL {
            for depth in [Depth::None, Depth::Sixteen, Depth::True] {
                let theme = Look { name, depth, changes: Vec::new() }.theme();
                let styles = [theme.text, theme.found, theme.current, theme.title];
                for (at, style) in styles.iter().enumerate() {
                    assert!(!styles.iter().skip(at + 1).any(|other| other == style), "{name:?} {depth:?} {at}");
                }
                assert_ne!(theme.selected, theme.text, "{name:?} {depth:?}");
            }
        }
    }

    #[test]
    fn a_style_is_written_in_words() {
        let written = style("bold cyan on #202020").unwrap();
        assert_eq!(written, Style::new().fg(Color::Cyan).bg(Color::Rgb(0x20, 0x20, 0x20)).add_modifier(Modifier::BOLD));
        assert_eq!(style(""), Some(Style::new()));
        assert_eq!(style("bold on"), None);
        assert_eq!(style("kyan"), None);
        assert_eq!(nearest(Color::Rgb(255, 0, 0), Depth::Palette), Some(Color::Indexed(196)));
        assert_eq!(nearest(Color::Rgb(128, 128, 128), Depth::Palette), Some(Color::Indexed(244)));
        assert_eq!(nearest(Color::Indexed(196), Depth::Sixteen), Some(Color::LightRed));
    }
}
