//! The keys of keeping and of habits.

use super::{Binding, PANES, alt, binding, letter};
use crate::tui::action::{Action, Keep};

/// The rows.
pub(super) static BINDINGS: &[Binding] =
    &[binding(PANES, &[letter('t'), alt('t')], Action::Keep(Keep::NextTheme), ("next-theme", "换主题", "next theme"))];
