//! Which language the interface speaks, decided before anything is parsed so that help and complaints speak it too.

use std::ffi::OsStr;

use super::world::World;
use crate::diagnostic::Language;

/// `--lang` wherever it stands before `--`, else `CELAN_LANG`, else what the user's settings say, else the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`: the first that is
/// set, as POSIX has it); English where that begins with `en`, Chinese for everything else, `C` and nothing at all included.
pub(super) fn decide(world: &World, set: Option<Language>) -> Language {
    let named = typed(world).or_else(|| world.variable("CELAN_LANG"));
    let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| world.variable(name));
    named.map(read).or(set).or_else(|| locale().map(read)).unwrap_or_default()
}

fn typed(world: &World) -> Option<&OsStr> {
    let mut arguments = world.arguments.iter().skip(1).take_while(|argument| *argument != "--");
    let mut found = None;
    while let Some(argument) = arguments.next() {
        if argument == "--lang" {
            found = arguments.next().map(AsRef::as_ref);
        } else if let Some(value) = argument.to_str().and_then(|argument| argument.strip_prefix("--lang=")) {
            found = Some(OsStr::new(value));
        }
    }
    found
}

fn read(value: &OsStr) -> Language {
    let english = value.as_encoded_bytes().get(..2).is_some_and(|start| start.eq_ignore_ascii_case(b"en"));
    if english { Language::English } else { Language::Chinese }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_wish_counts() {
        use Language::{Chinese, English};
        type Variables = &'static [(&'static str, &'static str)];
        let cases: [(&[&str], Variables, Language); 10] = [
            (&["celan"], &[], Chinese),
            (&["celan"], &[("LANG", "C")], Chinese),
            (&["celan"], &[("LANG", "en_GB.UTF-8")], English),
            (&["celan"], &[("LANG", "en_GB.UTF-8"), ("LC_ALL", "POSIX")], Chinese),
            (&["celan"], &[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US")], English),
            (&["celan"], &[("LANG", "de_DE.UTF-8")], Chinese),
            (&["celan"], &[("LANG", "zh_CN"), ("CELAN_LANG", "en")], English),
            (&["celan", "search", "x", "--lang", "zh"], &[("CELAN_LANG", "en")], Chinese),
            (&["celan", "--lang=en", "list"], &[], English),
            (&["celan", "search", "--", "--lang", "en"], &[], Chinese),
        ];
        for (arguments, variables, expected) in cases {
            assert_eq!(decide(&World::of(arguments, variables), None), expected, "{arguments:?} {variables:?}");
        }
        let set = |variables| decide(&World::of(&["celan"], variables), Some(English));
        assert_eq!((set(&[("LANG", "zh_CN.UTF-8")]), set(&[("CELAN_LANG", "zh")])), (English, Chinese));
    }
}
