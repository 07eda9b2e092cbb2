//! Names for files in `corpus/`: those that they came with, made harmless where they are not.

use super::ids::IDS_FILE;
use crate::text::safe::safe_line;

/// Most file systems take 255 bytes; `-2` for a namesake and the ending of a file of corrections have to fit, too.
const LONGEST: usize = 200;

/// The name under which a file is kept: as it came, but for what a terminal would obey or not show, a dot in front (hidden files are no
/// sources), celan's own names, and what is too long for a file system.
#[must_use]
pub fn storable(name: &str) -> String {
    let is_safe = |character: char| {
        let own = character.to_string();
        safe_line(&own) == own
    };
    let visible: String = name.chars().map(|character| if is_safe(character) { character } else { '_' }).collect();
    let shown = if visible.starts_with('.') { format!("_{visible}") } else { visible };
    let own = if shown == IDS_FILE { format!("_{shown}") } else { shown };
    shortened(&own)
}

/// The name without the end of its stem, where it is too long.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() < 20 => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let end = (0..=LONGEST - extension.len()).rev().find(|end| stem.is_char_boundary(*end)).unwrap_or(0);
    format!("{}{extension}", stem.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_but_for_what_is_harmful_in_them() {
        for name in ["湖南省“十四五”规划 (定稿).docx", "𠮷.txt", "a b-2.pdf", "=1+1.csv"] {
            assert_eq!(storable(name), name);
        }
        for (name, stored) in [
            ("a\u{1b}]0;owned\u{7}.txt", "a_]0;owned_.txt"),
            ("甲\n乙\t.txt", "甲_乙_.txt"),
            ("规划\u{202e}txt.exe.txt", "规划_txt.exe.txt"),
            (".bashrc.txt", "_.bashrc.txt"),
            (".celan-x.txt", "_.celan-x.txt"),
            ("ids.json", "_ids.json"),
        ] {
            assert_eq!(storable(name), stored);
        }
    }

    #[test]
    fn a_long_name_loses_the_end_of_its_stem_between_characters() {
        let long = storable(&format!("{}.docx", "规".repeat(84)));
        assert!(long.len() <= LONGEST && long.len() > LONGEST - 3 && long.ends_with("规.docx"), "{long}");
        let long = storable(&format!("x.{}", "长".repeat(84)));
        assert!(long.len() <= LONGEST && long.starts_with("x.长"));
    }
}
