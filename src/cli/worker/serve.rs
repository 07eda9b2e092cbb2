//! The worker's side: a process that reads files for another and does nothing else.
//!
//! A second thread takes the questions and answers them; the main thread looks now and then whether the program that started the process
//! is still there, and ends it where that has gone, be it in the midst of a file. A panic of a reader is caught and told with its place.

use std::ffi::OsString;
use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::frame::{self, Question, Reply};
use crate::extract::Limits;

/// The argument that makes a worker of the program; the next one has the limits that it keeps to.
pub(in crate::cli) const ARGUMENT: &str = "__extract";

/// As much as a main thread commonly has, twice: readers that walk nested things need some.
const STACK: usize = 16 << 20;

/// How long a worker outlives the program that started it, at most.
const LOOK: Duration = Duration::from_millis(100);

/// Where the last panic was.
static PLACE: Mutex<String> = Mutex::new(String::new());

/// Reads files from standard input until it ends, where the arguments ask for that; else none.
pub(in crate::cli) fn asked_for(arguments: &[OsString]) -> Option<ExitCode> {
    let [_, argument, limits] = arguments else { return None };
    let limits: Limits = serde_json::from_str(limits.to_str()?).ok().filter(|_| argument == ARGUMENT)?;
    let memory = limits.memory << 20;
    limit_memory(memory);
    panic::set_hook(Box::new(|panicked| {
        *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = super::super::place_of(panicked);
    }));
    let served = serve(memory, limits);
    Some(served.map_or_else(
        |error| {
            // The program listens for last words.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::from(2)
        },
        |()| ExitCode::SUCCESS,
    ))
}

/// Address space up to `bytes`, and no core files of strangers' texts. A system that knows no such limits still has that of time.
#[cfg(unix)]
fn limit_memory(bytes: u64) {
    for (resource, limit) in [(rlimit::Resource::AS, bytes), (rlimit::Resource::CORE, 0)] {
        let most = resource.get_hard().unwrap_or(rlimit::INFINITY).min(limit);
        let _ = resource.set(most, most);
    }
}

#[cfg(not(unix))]
fn limit_memory(_bytes: u64) {}

fn serve(longest: u64, limits: Limits) -> io::Result<()> {
    let (program, (ending, ended)) = (parent(), channel());
    // The thread is left alone where the program has gone: a file that is still being read is of no use to anybody.
    thread::Builder::new().stack_size(STACK).spawn(move || ending.send(answer(longest, &limits)))?;
    loop {
        match ended.recv_timeout(LOOK) {
            Ok(answered) => return answered,
            Err(RecvTimeoutError::Disconnected) => return Err(io::ErrorKind::BrokenPipe.into()),
            Err(RecvTimeoutError::Timeout) if parent() != program => return Ok(()),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// The process that has started this one, or another one where that has gone.
#[cfg(unix)]
fn parent() -> u32 {
    std::os::unix::process::parent_id()
}

/// A system that does not say it: a worker ends after its file.
#[cfg(not(unix))]
fn parent() -> u32 {
    0
}

/// Answers one file after the other until there are no more; an answer that nobody takes is the last.
fn answer(longest: u64, limits: &Limits) -> io::Result<()> {
    let (mut questions, mut answers) = (io::stdin().lock(), io::stdout().lock());
    frame::write(&mut answers, &[])?;
    while let Some(bytes) = frame::read(&mut questions, longest)? {
        let read = || Question::unpacked(&bytes).map(|question| question.file(limits).read());
        let reply = match panic::catch_unwind(read) {
            Ok(Some(Ok(reading))) => Reply::Read(Box::new(reading)),
            Ok(Some(Err(error))) => Reply::Refused(error.message()),
            // Nobody but this program asks; who does not ask as it does is not left waiting.
            Ok(None) => Reply::BrokeDown("frame".to_owned()),
            Err(_) => Reply::BrokeDown(PLACE.lock().unwrap_or_else(PoisonError::into_inner).clone()),
        };
        frame::write(&mut answers, &reply.packed()?)?;
    }
    Ok(())
}
