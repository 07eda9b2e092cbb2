//! The real program in a real (pseudo-)terminal, once from beginning to end: what the tests on cells in memory cannot see.
//!
//! Nothing here sleeps for a fixed time: each step waits until the screen shows what it should, and gives up after a minute.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;

const PLAN: &str = "湖南省“十四五”商务和开放型经济发展规划.txt";
const PATIENCE: Duration = Duration::from_mins(1);

/// A terminal with the program in it.
struct Session {
    library: TempDir,
    /// Held open so that the modes can be read after the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    /// Every byte that the program has written.
    written: Vec<u8>,
    /// The modes of the terminal before the program began.
    modes: String,
}

impl Session {
    fn start() -> Self {
        Self::start_with(&[("CELAN_AMBIGUOUS", "narrow")])
    }

    fn start_with(variables: &[(&str, &str)]) -> Self {
        Self::start_command(CommandBuilder::new(env!("CARGO_BIN_EXE_celan")), variables)
    }

    fn start_command(program: CommandBuilder, variables: &[(&str, &str)]) -> Self {
        Self::start_in(library(), program, variables)
    }

    fn start_in(library: TempDir, mut program: CommandBuilder, variables: &[(&str, &str)]) -> Self {
        let pty = native_pty_system().openpty(size(80, 24)).unwrap();
        let modes = format!("{:?}", pty.master.get_termios());
        environment(&mut program, library.path());
        // What is exported goes where one works.
        program.cwd(library.path());
        for (name, value) in variables {
            program.env(name, value);
        }
        let child = pty.slave.spawn_command(program).unwrap();
        let input = pty.master.take_writer().unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        let (sender, output) = channel();
        thread::spawn(move || {
            let mut bytes = vec![0; 4096];
            while let Ok(count) = reader.read(&mut bytes) {
                if count == 0 || sender.send(bytes.iter().take(count).copied().collect()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(cells(24), cells(80), 0);
        Self { library, _slave: pty.slave, master: pty.master, child, input, output, screen, written: Vec::new(), modes }
    }

    fn press(&mut self, keys: &str) {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    /// Waits until what the program has written makes `is_so` true.
    fn wait(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self) {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => {
                    self.screen.process(&bytes);
                    self.written.extend(bytes);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("never came: {what}. The screen:\n{}", self.screen.screen().contents())
                }
            }
        }
    }

    fn wait_for_text(&mut self, text: &str) {
        self.wait(text, |session| session.screen.screen().contents().contains(text));
    }

    /// Gives the terminal another size.
    fn resize(&mut self, cols: u16, rows: u16) {
        self.master.resize(size(cols, rows)).unwrap();
        self.screen.screen_mut().set_size(cells(rows), cells(cols));
    }

    fn has_written(&self, bytes: &str) -> bool {
        self.written.windows(bytes.len()).any(|window| window == bytes.as_bytes())
    }

    /// The terminal is as it was before: normal screen, cursor shown, no bracketed paste, the modes of the line as they were.
    fn wait_until_restored(&mut self) {
        self.wait("the normal screen", |session| !session.screen.screen().alternate_screen());
        self.wait("the cursor", |session| !session.screen.screen().hide_cursor());
        assert!(!self.screen.screen().bracketed_paste());
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the program does not end");
            thread::yield_now();
        }
        assert_eq!(format!("{:?}", self.master.get_termios()), self.modes);
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.child.kill().ok();
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

const fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a size above zero")
}

/// The program on a library.
fn program(library: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_celan"));
    environment(&mut command, library);
    command
}

/// A library and an environment that does not depend on the machine.
fn environment(command: &mut CommandBuilder, library: &Path) {
    command.env("CELAN_LIBRARY", library);
    command.env("TERM", "xterm-256color");
    command.env("LC_ALL", "C.UTF-8");
    // What is remembered and set goes where the library is.
    command.env("HOME", library);
    for name in ["XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env(name, library.join("home"));
    }
    for name in ["CELAN_AMBIGUOUS", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "COLORTERM", "CELAN_CONFIG", "CELAN_LANG"] {
        command.env_remove(name);
    }
}

/// A library of the plan alone.
fn library() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    fs::write(folder.path().join("celan.toml"), "").unwrap();
    fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(PLAN), corpus.join(PLAN)).expect("the plan");
    folder
}

#[test]
fn search_open_copy_resize_quit() {
    let mut session = Session::start();
    session.wait_for_text("推动外贸创新发展");
    assert!(session.screen.screen().alternate_screen());
    session.press("/易货贸易");
    session.wait_for_text("1 个单元 · 6 处");
    session.press("\r");
    session.wait_for_text("第 1 处，共 6 处");
    session.press("y");
    session.wait("the text for the clipboard", |session| session.has_written("\u{1b}]52;c;"));
    session.wait_for_text("已复制引注");
    session.resize(40, 12);
    session.wait("the small screen", |session| {
        let contents = session.screen.screen().contents();
        contents.contains("（四）探索推进易货贸易试点") && contents.lines().count() <= 12 && !contents.contains('│')
    });
    session.press("q");
    session.wait_until_restored();
    assert!(session.child.wait().unwrap().success());
}

#[test]
fn an_index_that_has_to_be_made_first_shows_how_far_it_is() {
    let library = library();
    let corpus = library.path().join("corpus");
    let plan = fs::read_to_string(corpus.join(PLAN)).unwrap();
    for number in 1..6 {
        fs::write(corpus.join(format!("{number}.txt")), plan.replace("57号", &format!("5{number}号"))).unwrap();
    }
    let program = CommandBuilder::new(env!("CARGO_BIN_EXE_celan"));
    let mut session = Session::start_in(library, program, &[("CELAN_AMBIGUOUS", "narrow")]);
    session.wait("the bar", |session| session.has_written("正在更新索引") && session.has_written("/6 · "));
    session.wait_for_text("Tab 切换窗格");
    assert!(!session.screen.screen().contents().contains("更新索引"));
    session.press("q");
    session.wait_until_restored();
    assert!(!session.screen.screen().contents().contains("份/秒"), "{}", session.screen.screen().contents());
}

#[test]
fn the_size_may_change_at_any_moment() {
    let mut session = Session::start();
    session.wait_for_text("推动外贸创新发展");
    session.press("g");
    session.wait_for_text("Esc 取消");
    session.resize(40, 12);
    session.wait("the list of second keys on the small screen", |session| {
        let contents = session.screen.screen().contents();
        contents.contains("查标题") && contents.contains("Esc 取消") && contents.lines().count() <= 12
    });
    // Nothing can be shown there, and nothing may be lost.
    session.resize(2, 1);
    session.resize(200, 60);
    session.wait_for_text("书签和笔记");
    session.press("i");
    session.wait_for_text("年均 12% · 增幅 +72%");
    session.resize(80, 24);
    session.wait("the list with its charts on the usual screen", |session| {
        let contents = session.screen.screen().contents();
        contents.contains("▄▄▄ ███") && contents.contains("增幅 +72%") && contents.lines().count() <= 24
    });
    session.press("\u{1b}");
    session.wait_for_text("Tab 切换窗格");
    session.press("q");
    session.wait_until_restored();
}

#[test]
fn all_results_are_exported_to_a_file() {
    let mut session = Session::start();
    session.wait_for_text("推动外贸创新发展");
    session.press("/发展");
    session.wait("the first of the results", |session| session.screen.screen().contents().contains("/60+"));
    session.press("\u{1b}x");
    session.wait_for_text("已导出 87 个单元");
    let written = fs::read_to_string(session.library.path().join("celan-发展.txt")).unwrap();
    assert_eq!(written.matches("》（湘政办发〔2021〕57号）").count(), 87, "more than are listed");
    session.press("\u{1b}");
    session.wait_for_text("Tab 切换窗格");
    session.press("q");
    session.wait_until_restored();
}

#[test]
fn a_terminal_that_shows_ambiguous_characters_wide_is_asked_and_believed() {
    let mut session = Session::start_with(&[]);
    session.wait("the question where the cursor is", |session| session.has_written("■\u{1b}[6n"));
    session.press("\u{1b}[1;3R");
    session.wait_for_text("推动外贸创新发展");
    session.wait("a divider that is not ambiguous", |session| {
        let contents = session.screen.screen().contents();
        contents.contains('|') && !contents.contains('│') && !contents.contains('■')
    });
    session.press("q");
    session.wait_until_restored();
}

#[test]
fn a_signal_restores_the_terminal() {
    let mut session = Session::start();
    session.wait_for_text("推动外贸创新发展");
    let id = session.child.process_id().unwrap().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    session.wait_until_restored();
}

#[test]
fn the_program_ends_when_its_terminal_is_closed() {
    let library = library();
    let pty = native_pty_system().openpty(size(80, 24)).unwrap();
    let mut child = pty.slave.spawn_command(program(library.path())).unwrap();
    drop(pty.slave);
    let mut reader = pty.master.try_clone_reader().unwrap();
    let (mut written, mut bytes) = (Vec::<u8>::new(), vec![0; 4096]);
    // The first character of the first frame; cursor movements stand between wide ones.
    let drawn = "策".as_bytes();
    while !written.windows(drawn.len()).any(|window| window == drawn) {
        let count = reader.read(&mut bytes).unwrap();
        written.extend(bytes.iter().take(count));
    }
    drop(reader);
    drop(pty.master);
    let deadline = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > deadline {
            child.kill().ok();
            panic!("the program goes on without a terminal");
        }
        thread::yield_now();
    }
}

#[test]
fn a_panic_restores_the_terminal() {
    let mut session = Session::start_with(&[("CELAN_AMBIGUOUS", "narrow"), ("CELAN_TEST_PANIC", "1")]);
    session.wait_for_text("推动外贸创新发展");
    session.press("/易货贸易");
    session.wait_until_restored();
    session.wait_for_text("celan 遇到内部错误，已停止");
    assert_eq!(session.child.wait().unwrap().exit_code(), 2);
}

#[test]
fn the_shell_gets_the_terminal_back_and_the_program_comes_back_where_it_was() {
    let mut shell = CommandBuilder::new("sh");
    let script = "set -m; \"$0\"; echo STOPPED; read answer; fg";
    shell.args(["-c", script, env!("CARGO_BIN_EXE_celan")]);
    let mut session = Session::start_command(shell, &[("CELAN_AMBIGUOUS", "narrow")]);
    session.wait_for_text("推动外贸创新发展");
    session.press("/易货贸易");
    session.wait_for_text("1 个单元 · 6 处");
    session.press("\r");
    session.wait_for_text("第 1 处，共 6 处");
    session.press("\u{1a}");
    session.wait_for_text("STOPPED");
    assert!(!session.screen.screen().alternate_screen());
    session.press("\r");
    session.wait("the program again", |session| session.screen.screen().alternate_screen());
    session.wait_for_text("第 1 处，共 6 处");
    session.press("q");
    session.wait_until_restored();
}

#[test]
fn the_source_file_opens_in_the_editor_at_its_line() {
    let mut session = Session::start_with(&[("CELAN_AMBIGUOUS", "narrow"), ("EDITOR", "echo edits")]);
    session.wait_for_text("推动外贸创新发展");
    session.press("o");
    session.wait("the file's name on the normal screen", |session| session.has_written("edits "));
    session.wait_for_text("已用 echo 打开");
    assert!(session.screen.screen().alternate_screen());
    session.press("q");
    session.wait_until_restored();
}

#[test]
fn a_note_is_in_the_file_and_there_again_at_the_next_start() {
    let mut session = Session::start();
    session.wait_for_text("推动外贸创新发展");
    session.press("A要点\r");
    session.wait_for_text("已保存笔记");
    let file = session.library.path().join("notes.md");
    assert!(fs::read_to_string(&file).unwrap().contains("要点"));
    session.press("q");
    session.wait_until_restored();
    assert!(session.has_written("\u{1b}[?1000h") && session.has_written("\u{1b}[?1000l"), "the mouse is taken and given back");
}

#[test]
fn a_terminal_without_utf_8_gets_a_message_that_it_can_show() {
    for (variables, said) in [
        ([("LC_ALL", "C"), ("TERM", "xterm")], "celan: the locale of this terminal (C) is not UTF-8"),
        ([("LC_ALL", "C.UTF-8"), ("TERM", "dumb")], "TERM=dumb"),
    ] {
        let mut session = Session::start_with(&variables);
        session.wait_for_text(said);
        assert_eq!(session.child.wait().unwrap().exit_code(), 2);
        assert!(!session.has_written("\u{1b}[?1049h"));
    }
    let mut session = Session::start_with(&[("LC_ALL", "C"), ("CELAN_FORCE", "1")]);
    session.wait_for_text("推动外贸创新发展");
    session.press("q");
    session.wait_until_restored();
}
