//! A worker as the program has it: started when first needed, asked one question at a time, killed and replaced when it fails.
//!
//! Who asks writes the question and reads the answer, and may wait for either: a process can hang in the midst of both. A thread of its
//! own watches the clock for each worker and kills it when its time is over, which ends the waiting. It wakes when a time may be over and
//! at no other time: to be woken for each of many files, twice, took a hundredth of adding them.

use std::ffi::OsString;
use std::io::{self, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Allowance, frame};

/// What the runtime of Rust says before it ends a process that gets no more memory, and what an error says that was told in time.
const OUT_OF_MEMORY: [&str; 2] = ["memory allocation of", "out of memory"];
/// The clock is looked at no more often than this, however little time is allowed.
const SHORTEST_PAUSE: Duration = Duration::from_millis(1);
/// Of what a worker says on standard error, so much is kept.
const LAST_WORDS: u64 = 4096;
/// A dead worker's last words are there at once, unless a process that it has started holds the stream open.
const PATIENCE: Duration = Duration::from_secs(1);

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// No worker could be started.
    NotStarted(io::Error),
    /// It took longer than this.
    TooSlow(Duration),
    /// It wanted more memory than it may have.
    OutOfMemory,
    /// It ended for another reason: the system's word for it.
    Died(String),
}

/// A process that answers questions, and the next one after that.
#[derive(Debug)]
pub(super) struct Worker {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Allowance,
    running: Option<Running>,
}

/// A process that is there.
#[derive(Debug)]
struct Running {
    watched: Arc<Watched>,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    last_words: Receiver<String>,
    /// The longest answer that is taken, in bytes.
    longest: u64,
}

/// A process whose time is watched.
#[derive(Debug)]
struct Watched {
    state: Mutex<State>,
    /// Nobody asks any more.
    ended: Condvar,
}

#[derive(Debug)]
struct State {
    child: Child,
    /// When it has to have answered; none while it is not asked.
    deadline: Option<Instant>,
    /// It was killed because it had not.
    is_too_slow: bool,
    is_ended: bool,
}

impl Worker {
    /// A worker that will be started as `program` with `arguments`.
    pub(super) fn new(program: PathBuf, arguments: Vec<OsString>, limits: Allowance) -> Self {
        Self { program, arguments, limits, running: None }
    }

    /// Ends the process; the next question starts another.
    pub(super) fn end(&mut self) {
        self.running = None;
    }

    /// The answer to one question. After a failure the process is gone, and the next question starts another.
    pub(super) fn ask(&mut self, question: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => Running::start(&self.program, &self.arguments, self.limits).map_err(Failure::NotStarted)?,
        };
        let limit = self.limits.time_for(question.len());
        match running.answer(Some(question), limit) {
            Some(answer) => {
                self.running = Some(running);
                Ok(answer)
            }
            None => Err(running.cause_of_death(limit)),
        }
    }
}

impl Running {
    /// Starts the process and waits until it says that it is there.
    fn start(program: &PathBuf, arguments: &[OsString], limits: Allowance) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let streams = child.stdin.take().zip(child.stdout.take()).zip(child.stderr.take());
        let state = State { child, deadline: None, is_too_slow: false, is_ended: false };
        let watched = Arc::new(Watched { state: Mutex::new(state), ended: Condvar::new() });
        let Some(((stdin, stdout), stderr)) = streams else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let (saying, last_words) = channel();
        let stdout = BufReader::with_capacity(frame::AT_ONCE, stdout);
        let mut running = Self { watched: Arc::clone(&watched), stdin, stdout, last_words, longest: limits.memory };
        thread::Builder::new().spawn(move || saying.send(heard(stderr)))?;
        thread::Builder::new().spawn(move || watched.watch(limits.time))?;
        match running.answer(None, limits.time) {
            Some(_) => Ok(running),
            None if running.watched.state().is_too_slow => Err(io::ErrorKind::TimedOut.into()),
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }

    /// What it says next, after this question has been asked; none where it has ended, perhaps because the time was over.
    fn answer(&mut self, question: Option<&[u8]>, limit: Duration) -> Option<Vec<u8>> {
        self.watched.state().deadline = Instant::now().checked_add(limit);
        let asked = question.map_or(Ok(()), |question| frame::write(&mut self.stdin, question));
        let answer = asked.and_then(|()| frame::read(&mut self.stdout, self.longest));
        let mut state = self.watched.state();
        state.deadline = None;
        // It may have been killed right after its answer.
        answer.ok().flatten().filter(|_| !state.is_too_slow)
    }

    /// Why the process has ended that had so much time.
    fn cause_of_death(&mut self, limit: Duration) -> Failure {
        let mut state = self.watched.state();
        if state.is_too_slow {
            return Failure::TooSlow(limit);
        }
        // It may have closed its output and still be there.
        let _ = state.child.kill();
        let how = state.child.wait().map_or_else(|error| error.to_string(), |status| status.to_string());
        drop(state);
        let words = self.last_words.recv_timeout(PATIENCE).unwrap_or_default();
        let starved = OUT_OF_MEMORY.iter().any(|said| words.contains(said));
        if starved { Failure::OutOfMemory } else { Failure::Died(how) }
    }
}

impl Drop for Running {
    /// An idle worker would end by itself when its input ends; one that hangs would not.
    fn drop(&mut self) {
        let mut state = self.watched.state();
        state.is_ended = true;
        let _ = state.child.kill();
        let _ = state.child.wait();
        drop(state);
        self.watched.ended.notify_one();
    }
}

impl Watched {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Kills the process when it has not answered in time; ends with it. No question has less time than `least`, so that a look after
    /// every such time, whatever is being asked, comes early enough for the next one.
    fn watch(&self, least: Duration) {
        let mut state = self.state();
        while !state.is_ended {
            let left = state.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                state.is_too_slow = true;
                let _ = state.child.kill();
                return;
            }
            let pause = left.unwrap_or(least).min(least).max(SHORTEST_PAUSE);
            (state, _) = self.ended.wait_timeout(state, pause).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The beginning of what is said on a stream; all of it is heard, so that nobody waits for a listener.
fn heard(mut stream: ChildStderr) -> String {
    let mut kept = Vec::new();
    // What could not be read is not worth more than what could.
    let _ = stream.by_ref().take(LAST_WORDS).read_to_end(&mut kept);
    let _ = io::copy(&mut stream, &mut io::sink());
    String::from_utf8_lossy(&kept).into_owned()
}
