//! Putting a text on the clipboard: by the terminal (OSC 52, which works over ssh too) and by the system's own command where there is one.

use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::execute;

/// Something that takes copied texts.
pub trait Clipboard {
    /// Takes a text.
    ///
    /// # Errors
    /// Where it cannot be taken.
    fn copy(&mut self, text: &str) -> io::Result<()>;
}

/// Keeps what was copied, the newest last: for tests.
impl Clipboard for Vec<String> {
    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.push(text.to_owned());
        Ok(())
    }
}

/// The clipboard of terminal and system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClipboard;

impl Clipboard for SystemClipboard {
    /// Copies without waiting; a system without a clipboard command is no error, as the terminal has been asked already.
    fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?;
        let text = text.to_owned();
        thread::spawn(move || COMMANDS.iter().any(|command| command.is_available() && command.feed(&text).is_ok()));
        Ok(())
    }
}

/// A program that puts its standard input on the clipboard.
struct ClipboardCommand {
    program: &'static str,
    arguments: &'static [&'static str],
    /// The environment variable without which it cannot work; empty where it needs none.
    needs: &'static str,
    /// Whether it reads UTF-16.
    is_utf16: bool,
}

const COMMANDS: [ClipboardCommand; 5] = [
    ClipboardCommand { program: "wl-copy", arguments: &[], needs: "WAYLAND_DISPLAY", is_utf16: false },
    ClipboardCommand { program: "xclip", arguments: &["-selection", "clipboard"], needs: "DISPLAY", is_utf16: false },
    ClipboardCommand { program: "xsel", arguments: &["--clipboard", "--input"], needs: "DISPLAY", is_utf16: false },
    ClipboardCommand { program: "pbcopy", arguments: &[], needs: "", is_utf16: false },
    ClipboardCommand { program: "clip.exe", arguments: &[], needs: "", is_utf16: true },
];

impl ClipboardCommand {
    fn is_available(&self) -> bool {
        self.needs.is_empty() || std::env::var_os(self.needs).is_some()
    }

    fn feed(&self, text: &str) -> io::Result<()> {
        let bytes = if self.is_utf16 { utf16(text) } else { text.as_bytes().to_vec() };
        let mut command = Command::new(self.program);
        let command = command.args(self.arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            input.write_all(&bytes)?;
        }
        if child.wait()?.success() { Ok(()) } else { Err(io::Error::other(self.program)) }
    }
}

/// UTF-16 with a byte order mark, little-endian.
fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
