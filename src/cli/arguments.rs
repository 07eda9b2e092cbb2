//! Arguments made readable: a query that begins with `-` is a query.
//!
//! `celan search --坚持 --json` means the words `--坚持` and the option `--json`. The parser would refuse the first, so the arguments of
//! `search` and `count` are sorted before it sees them: options that the command knows stay, everything else moves behind `--`. What looks like
//! a slip of the finger in an option (`--limt`) stays too, so that the parser can say which option may be meant.

use std::ffi::OsString;

use clap::{Arg, Command};

/// The commands whose arguments are queries.
const SEARCHING: [&str; 2] = ["search", "count"];

/// The arguments as the parser should see them.
pub(super) fn readable(parser: &mut Command, arguments: &[OsString]) -> Vec<OsString> {
    // Global options reach the subcommands only once the tree is built.
    parser.build();
    let named = |at: &usize| SEARCHING.into_iter().find(|command| arguments.get(*at).is_some_and(|name| name == command));
    let position = command_position(parser, arguments);
    let search = position.as_ref().and_then(named).and_then(|command| parser.find_subcommand(command));
    let (Some(position), Some(search)) = (position, search) else { return arguments.to_vec() };
    let (before, after) = arguments.split_at(position + 1);
    let (mut readable, mut words) = (before.to_vec(), Vec::new());
    let mut rest = after.iter();
    while let Some(argument) = rest.next() {
        if argument == "--" {
            words.extend(rest.by_ref().cloned());
        } else if let Some(option) = known(search, argument) {
            readable.push(argument.clone());
            if takes_next(option, argument) {
                readable.extend(rest.next().cloned());
            }
        } else if is_slip(search, argument) {
            readable.push(argument.clone());
        } else {
            words.push(argument.clone());
        }
    }
    if !words.is_empty() {
        readable.push("--".into());
        readable.extend(words);
    }
    readable
}

/// Where the name of the command stands: the first argument that is no option nor the value of one.
pub(super) fn command_position(parser: &Command, arguments: &[OsString]) -> Option<usize> {
    let mut position = 1;
    while let Some(argument) = arguments.get(position) {
        match known(parser, argument) {
            Some(option) => position += 1 + usize::from(takes_next(option, argument)),
            None if argument.as_encoded_bytes().starts_with(b"-") => return None,
            None => return Some(position),
        }
    }
    None
}

/// The option of `command` that `argument` names, as `--name`, `--name=value` or `-n`.
fn known<'c>(command: &'c Command, argument: &OsString) -> Option<&'c Arg> {
    let argument = argument.to_str()?;
    if let Some(long) = argument.strip_prefix("--") {
        let name = long.split_once('=').map_or(long, |(name, _)| name);
        return command.get_arguments().find(|option| option.get_long() == Some(name));
    }
    let mut short = argument.strip_prefix('-')?.chars();
    let letter = short.next().filter(|_| short.next().is_none())?;
    command.get_arguments().find(|option| option.get_short() == Some(letter))
}

fn takes_next(option: &Arg, argument: &OsString) -> bool {
    option.get_action().takes_values() && !argument.as_encoded_bytes().contains(&b'=')
}

/// Whether `argument` differs from a long option by no more than two keystrokes.
fn is_slip(command: &Command, argument: &OsString) -> bool {
    let typed =
        argument.to_str().and_then(|argument| argument.strip_prefix("--")).filter(|typed| typed.len() > 2 && typed.is_ascii());
    let Some(typed) = typed.map(|typed| typed.split_once('=').map_or(typed, |(name, _)| name)) else { return false };
    command.get_arguments().filter_map(Arg::get_long).any(|name| distance(typed.as_bytes(), name.as_bytes()) <= 2)
}

/// Levenshtein distance: how many letters must be put in, left out or changed.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut corner = at;
        let mut left = at + 1;
        for (cell, against) in row.iter_mut().skip(1).zip(other) {
            let above = *cell;
            left = (corner + usize::from(letter != against)).min(above + 1).min(left + 1);
            corner = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn sorted(arguments: &str) -> String {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        let readable = readable(&mut super::super::parser::parser(Language::Chinese), &arguments);
        readable.iter().map(|argument| argument.to_string_lossy()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_query_may_begin_with_a_dash() {
        let cases = [
            ("celan search --坚持", "celan search -- --坚持"),
            ("celan search --坚持 --json", "celan search --json -- --坚持"),
            ("celan --lang en search 外贸 --limit 3 企业", "celan --lang en search --limit 3 -- 外贸 企业"),
            ("celan search --in=4.3 -5", "celan search --in=4.3 -- -5"),
            ("celan search -- --json", "celan search -- --json"),
            ("celan search --limt 3", "celan search --limt -- 3"),
            ("celan count -外贸 --by year --内贸", "celan count --by year -- -外贸 --内贸"),
            ("celan search -h", "celan search -h"),
            ("celan show 4.3.4", "celan show 4.3.4"),
            ("celan show search", "celan show search"),
            ("celan --library search search x", "celan --library search search -- x"),
        ];
        for (typed, expected) in cases {
            assert_eq!(sorted(typed), expected);
        }
    }

    #[test]
    fn distances_are_those_of_levenshtein() {
        let cases = [("", "", 0), ("limit", "limt", 1), ("json", "jsno", 2), ("kitten", "sitting", 3), ("", "abc", 3)];
        for (one, other, expected) in cases {
            assert_eq!(distance(one.as_bytes(), other.as_bytes()), expected, "{one} {other}");
        }
    }
}
