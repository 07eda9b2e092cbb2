//! What the application asks of the terminal: to be given away to another program or to the shell, and to listen to the mouse.

use std::io::{self, Stdout};
use std::process::{Command, Stdio};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{Clear, ClearType};

use super::session::Session;
use crate::diagnostic::{Bilingual, Language, system_error};
use crate::library::Library;
use crate::tui::effect::Request;
use crate::tui::opener::{self, Call, Surroundings};

/// What came of opening a file, for the user.
type Told = Result<Bilingual, Bilingual>;

/// Does what was asked for; tells what there is to be told. Afterwards the whole screen is drawn anew.
pub(super) fn serve(
    request: Request,
    session: &Session,
    world: (&Library, &Surroundings),
    is_mouse_on: bool,
) -> io::Result<Option<Told>> {
    match request {
        Request::Mouse(is_on) => session.listen_to_mouse(is_on).map(|()| None),
        Request::Suspend => {
            session.leave();
            let stopped = stop();
            session.enter(is_mouse_on)?;
            stopped.map(|()| None)
        }
        Request::Open { file, line } => open(&file, line, session, world, is_mouse_on).map(Some),
    }
}

/// After the program was away nothing is known of the screen: it is wiped, and what is drawn next is drawn whole.
///
/// The terminal's own `clear` would ask where the cursor is, which not every terminal answers.
pub(super) fn redraw(terminal: &mut Terminal<CrosstermBackend<Stdout>>) -> io::Result<()> {
    execute!(io::stdout(), Clear(ClearType::All))?;
    *terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    Ok(())
}

/// Stops this program until the shell lets it go on.
#[cfg(unix)]
fn stop() -> io::Result<()> {
    signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)
}

/// On Windows there is no shell to go back to.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on Unix")]
fn stop() -> io::Result<()> {
    Ok(())
}

fn open(file: &str, line: u32, session: &Session, world: (&Library, &Surroundings), is_mouse_on: bool) -> io::Result<Told> {
    let (library, surroundings) = world;
    let Some(path) = library.source_path(file) else {
        return Ok(Err(Bilingual::new("这个文库只在内存里，没有原文件", "this library is in memory only: there is no file")));
    };
    let shown = path.display();
    let Some(call) = opener::call(&path, line, surroundings) else {
        let chinese = format!("没有可打开它的程序（可设 EDITOR）：{shown}");
        return Ok(Err(Bilingual::new(chinese, format!("no program opens it (EDITOR may name one): {shown}"))));
    };
    let outcome = if call.takes_terminal {
        session.leave();
        let outcome = command(&call).status().map(|_| ());
        session.enter(is_mouse_on)?;
        outcome
    } else {
        let quiet = |command: &mut Command| command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        quiet(&mut command(&call)).map(|mut child| drop(std::thread::spawn(move || child.wait())))
    };
    Ok(match outcome {
        Ok(()) => {
            Ok(Bilingual::new(format!("已用 {} 打开：{shown}", call.program), format!("opened with {}: {shown}", call.program)))
        }
        Err(error) => {
            let chinese = format!("无法运行 {}：{}", call.program, system_error(&error, Language::Chinese));
            Err(Bilingual::new(chinese, format!("cannot run {}: {error}", call.program)))
        }
    })
}

fn command(call: &Call) -> Command {
    let mut command = Command::new(&call.program);
    command.args(&call.arguments);
    command
}

/// The variable that makes a build for tests panic once something has been searched for.
#[cfg(debug_assertions)]
const PANIC: &str = "CELAN_TEST_PANIC";

/// What a test of the real program needs to see that a panic gives the terminal back; not in a release.
#[cfg(debug_assertions)]
pub(super) fn panic_if_told(state: &crate::tui::state::State) {
    assert!(state.search.results.is_none() || std::env::var_os(PANIC).is_none(), "told to by {PANIC}");
}
