//! The bar that shows how far a long piece of work is: how many of how many files are done, how fast, and how long the rest will take.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use crate::diagnostic::Language;

/// From this many files on, a progress bar is shown.
const MANY: usize = 3;

/// A bar on standard error; it hides itself where that is no terminal.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar of unknown length, not yet visible: how many are done, how fast, and how long the rest will take.
    pub(super) fn new(language: Language) -> Self {
        Self::under("", language)
    }

    /// A bar for the index, which a library brings up to date when it is opened.
    pub(super) fn of_index(language: Language) -> Self {
        Self::under(language.pick("正在更新索引……\n", "updating the index …\n"), language)
    }

    /// A bar under a heading, which is empty or a line.
    fn under(heading: &str, language: Language) -> Self {
        let bar = ProgressBar::hidden();
        let template =
            language.pick("{wide_bar} {pos}/{len} · {rate} · 还需 {left}", "{wide_bar} {pos}/{len} · {rate} · {left} left");
        if let Ok(style) = ProgressStyle::with_template(&format!("{heading}{template}")) {
            let rate = move |state: &ProgressState, to: &mut dyn Write| {
                let _ = write!(to, "{:.0} {}", state.per_sec(), language.pick("份/秒", "files/s"));
            };
            let left = |state: &ProgressState, to: &mut dyn Write| {
                let _ = write!(to, "{}", clock(state.eta()));
            };
            bar.set_style(style.with_key("rate", rate).with_key("left", left));
        }
        Self(bar)
    }

    /// `done` of `of` are done.
    pub(super) fn show(&self, done: usize, of: usize) {
        if of >= MANY && self.0.length().is_none() {
            self.0.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
        self.0.set_length(of as u64);
        self.0.set_position(done as u64);
    }

    /// Takes the bar off the screen.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

/// Minutes and seconds, hours where there are any.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}
