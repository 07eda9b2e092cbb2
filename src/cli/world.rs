//! The world outside: arguments, environment, folders and terminals enter the program here and nowhere else.

use std::collections::BTreeMap;
use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::arena;

/// What the process was started with.
#[derive(Debug, Clone, Default)]
pub(super) struct World {
    /// The arguments, the program's own name first.
    pub(super) arguments: Vec<OsString>,
    /// Where the program itself is.
    pub(super) program: Program,
    /// The environment variables that the program reads.
    variables: BTreeMap<&'static str, OsString>,
    /// The folder it was started in; none where that folder is gone.
    pub(super) folder: Option<PathBuf>,
    /// The user's data directory for this program; none where there is no home.
    pub(super) data_folder: Option<PathBuf>,
    /// The user's folder of settings for this program; none where there is no home.
    pub(super) config_folder: Option<PathBuf>,
    /// The folder for what the program remembers; none where there is no home.
    pub(super) state_folder: Option<PathBuf>,
    /// Whether standard output is a terminal.
    pub(super) output_is_terminal: bool,
    /// How many columns that has, where it is one and says so.
    pub(super) columns: Option<usize>,
    /// Whether standard input is a terminal.
    pub(super) input_is_terminal: bool,
}

/// Where the program itself is: of what the system can be asked, the one thing that few calls need.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Program(pub(super) Option<fn() -> io::Result<PathBuf>>);

impl Program {
    /// The file; none where the system does not say.
    pub(super) fn path(self) -> Option<PathBuf> {
        self.0.and_then(|find| find().ok())
    }
}

/// Every variable that has a say.
const VARIABLES: [&str; 16] = [
    "CELAN_LIBRARY",
    "CELAN_LANG",
    "CELAN_CONFIG",
    "CELAN_FORCE",
    "LC_ALL",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LANG",
    "NO_COLOR",
    "COLORTERM",
    "TERM",
    "VISUAL",
    "EDITOR",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    arena::ARENAS,
];

impl World {
    /// The world as this process finds it.
    pub(super) fn of_this_process() -> Self {
        let strategy = etcetera::choose_base_strategy().ok();
        let own = |folder: PathBuf| folder.join("celan");
        Self {
            arguments: env::args_os().collect(),
            program: Program(Some(env::current_exe)),
            variables: VARIABLES.into_iter().filter_map(|name| Some((name, env::var_os(name)?))).collect(),
            folder: env::current_dir().ok(),
            data_folder: strategy.as_ref().map(|strategy| own(strategy.data_dir())),
            config_folder: strategy.as_ref().map(|strategy| own(strategy.config_dir())),
            state_folder: strategy.as_ref().map(|strategy| own(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()))),
            output_is_terminal: io::stdout().is_terminal(),
            columns: terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0)),
            input_is_terminal: io::stdin().is_terminal(),
        }
    }

    /// A variable that is set and not empty.
    pub(super) fn variable(&self, name: &str) -> Option<&OsStr> {
        self.variables.get(name).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }

    /// Whether matches are coloured: on a terminal that can, unless `NO_COLOR` (<https://no-color.org>) asks for none.
    pub(super) fn wants_colours(&self) -> bool {
        self.output_is_terminal && self.variable("NO_COLOR").is_none() && self.variable("TERM").is_none_or(|term| term != "dumb")
    }
}

#[cfg(test)]
impl World {
    /// A world of these arguments and variables, without terminals.
    pub(super) fn of(arguments: &[&str], variables: &[(&'static str, &str)]) -> Self {
        Self {
            arguments: arguments.iter().map(OsString::from).collect(),
            variables: variables.iter().map(|(name, value)| (*name, OsString::from(value))).collect(),
            ..Self::default()
        }
    }
}
