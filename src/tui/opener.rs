//! Opening a source file: which program shows it, and at which line.
//!
//! A file of text is shown by the user's editor (`VISUAL`, `EDITOR`), at its line where the editor is known to take one; everything
//! else, and text where there is no editor, by the program that the system has for it. What comes out is a [`Call`]; making it is left
//! to the terminal, which it may have to give away for that.

use std::path::Path;

/// A program to be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub program: String,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Whether it takes the terminal, so that it is waited for.
    pub takes_terminal: bool,
}

/// The user's surroundings, as far as they matter here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `VISUAL`, else `EDITOR`: a program, perhaps with arguments.
    pub editor: Option<String>,
    /// Whether there are windows on the screen, so that the system's programs can be shown.
    pub has_windows: bool,
}

/// Endings of files that an editor shows as they are.
const TEXTS: [&str; 8] = ["txt", "md", "markdown", "text", "csv", "tsv", "html", "htm"];
/// Of these, those whose lines are the lines of the extracted text.
const LINES: [&str; 4] = ["txt", "md", "markdown", "text"];
/// Editors that take `+12` before the file.
const PLUS: [&str; 14] =
    ["vi", "vim", "nvim", "view", "ex", "nano", "pico", "emacs", "emacsclient", "micro", "kak", "ne", "joe", "mg"];
/// Editors that take `file:12`.
const COLON: [&str; 3] = ["hx", "helix", "zed"];
/// Editors that take `--goto file:12`.
const GOTO: [&str; 3] = ["code", "codium", "cursor"];
/// Editors that open a window of their own.
const WINDOWS: [&str; 6] = ["code", "codium", "cursor", "zed", "subl", "gedit"];

/// The call that shows a file; none where there is no program for it.
#[must_use]
pub fn call(file: &Path, line: u32, surroundings: &Surroundings) -> Option<Call> {
    let extension = file.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let editor = surroundings.editor.as_deref().filter(|_| TEXTS.contains(&extension.as_str()));
    let line = LINES.contains(&extension.as_str()).then_some(line);
    editor.and_then(|editor| edit(editor, file, line)).or_else(|| show(file, surroundings))
}

fn edit(editor: &str, file: &Path, line: Option<u32>) -> Option<Call> {
    let mut words = editor.split_whitespace().map(str::to_owned);
    let program = words.next()?;
    let name = Path::new(&program).file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.as_str();
    let mut arguments: Vec<String> = words.collect();
    let file = file.display().to_string();
    match line {
        Some(line) if PLUS.contains(&name) => arguments.extend([format!("+{line}"), file]),
        Some(line) if COLON.contains(&name) => arguments.push(format!("{file}:{line}")),
        Some(line) if GOTO.contains(&name) => arguments.extend(["--goto".to_owned(), format!("{file}:{line}")]),
        Some(_) | None => arguments.push(file),
    }
    Some(Call { program, arguments, takes_terminal: !WINDOWS.contains(&name) })
}

fn show(file: &Path, surroundings: &Surroundings) -> Option<Call> {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("explorer", &[])
    } else {
        ("xdg-open", &[])
    };
    let arguments = before.iter().map(|argument| (*argument).to_owned()).chain([file.display().to_string()]).collect();
    surroundings.has_windows.then(|| Call { program: program.to_owned(), arguments, takes_terminal: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(file: &str, editor: Option<&str>, has_windows: bool) -> Option<(String, bool)> {
        let surroundings = Surroundings { editor: editor.map(str::to_owned), has_windows };
        let call = call(Path::new(file), 12, &surroundings)?;
        Some((format!("{} {}", call.program, call.arguments.join(" ")), call.takes_terminal))
    }

    #[test]
    fn text_goes_to_the_editor_at_its_line() {
        let cases = [
            ("vim", "vim +12 /库/甲.txt", true),
            ("/usr/bin/nvim -R", "/usr/bin/nvim -R +12 /库/甲.txt", true),
            ("hx", "hx /库/甲.txt:12", true),
            ("code -w", "code -w --goto /库/甲.txt:12", false),
            ("ed", "ed /库/甲.txt", true),
        ];
        for (editor, called, takes_terminal) in cases {
            assert_eq!(words("/库/甲.txt", Some(editor), false), Some((called.to_owned(), takes_terminal)));
        }
        assert_eq!(words("/库/甲.html", Some("vi"), true), Some(("vi /库/甲.html".to_owned(), true)));
    }

    #[test]
    fn everything_else_goes_to_the_system_where_it_can_show_it() {
        assert_eq!(words("/库/甲.pdf", Some("vim"), false), None);
        assert_eq!(words("/库/甲.txt", None, false), None);
        let (called, takes_terminal) = words("/库/甲.pdf", Some("vim"), true).unwrap();
        assert!(called.ends_with(" /库/甲.pdf") && !takes_terminal, "{called}");
    }
}
