//! A worker as the program has it: started when first needed, asked one question at a time, killed and replaced when it fails.
//!
//! A thread of its own talks to each worker, for writing to a process that does not read would wait as long as reading from one that
//! does not write; the program waits for that thread, and no longer than the limit.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::{Allowance, frame};

/// What the runtime of Rust says before it ends a process that gets no more memory, and what an error says that was told in time.
const OUT_OF_MEMORY: [&str; 2] = ["memory allocation of", "out of memory"];
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
    child: Child,
    questions: Sender<Vec<u8>>,
    answers: Receiver<io::Result<Vec<u8>>>,
    last_words: Receiver<String>,
}

impl Worker {
    /// A worker that will be started as `program` with `arguments`.
    pub(super) fn new(program: PathBuf, arguments: Vec<OsString>, limits: Allowance) -> Self {
        Self { program, arguments, limits, running: None }
    }

    /// Another one like it, not started yet.
    pub(super) fn another(&self) -> Self {
        Self::new(self.program.clone(), self.arguments.clone(), self.limits)
    }

    /// One like it that keeps to other limits, not started yet.
    pub(super) fn within(&self, arguments: Vec<OsString>, limits: Allowance) -> Self {
        Self::new(self.program.clone(), arguments, limits)
    }

    /// Ends the process; the next question starts another.
    pub(super) fn end(&mut self) {
        self.running = None;
    }

    /// The answer to one question. After a failure the process is gone, and the next question starts another.
    pub(super) fn ask(&mut self, question: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let mut running = match self.running.take() {
            Some(running) => running,
            None => Running::start(&self.program, &self.arguments, self.limits).map_err(Failure::NotStarted)?,
        };
        let limit = self.limits.time_for(question.len());
        // Where the thread has ended, the wait for its answer says so.
        let _ = running.questions.send(question);
        match running.answers.recv_timeout(limit) {
            Ok(Ok(answer)) => {
                self.running = Some(running);
                Ok(answer)
            }
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(running.cause_of_death()),
            Err(RecvTimeoutError::Timeout) => Err(Failure::TooSlow(limit)),
        }
    }
}

impl Running {
    /// Starts the process and waits until it says that it is there.
    fn start(program: &PathBuf, arguments: &[OsString], limits: Allowance) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let (questions, asked) = channel();
        let (answering, answers) = channel();
        let (saying, last_words) = channel();
        if let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take()) {
            thread::Builder::new().spawn(move || converse(stdin, stdout, limits.memory, &asked, &answering))?;
            thread::Builder::new().spawn(move || saying.send(heard(stderr)))?;
        }
        let running = Self { child, questions, answers, last_words };
        match running.answers.recv_timeout(limits.time) {
            Ok(Ok(_)) => Ok(running),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(io::ErrorKind::TimedOut.into()),
        }
    }

    /// Why the process has ended.
    fn cause_of_death(&mut self) -> Failure {
        // It may have closed its output and still be there.
        let _ = self.child.kill();
        let how = self.child.wait().map_or_else(|error| error.to_string(), |status| status.to_string());
        let words = self.last_words.recv_timeout(PATIENCE).unwrap_or_default();
        let starved = OUT_OF_MEMORY.iter().any(|said| words.contains(said));
        if starved { Failure::OutOfMemory } else { Failure::Died(how) }
    }
}

impl Drop for Running {
    /// An idle worker would end by itself when its input ends; one that hangs would not.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Passes questions on and answers back, the first of which comes unasked; ends with the process or with the questions.
fn converse(
    mut stdin: ChildStdin,
    mut stdout: ChildStdout,
    longest: u64,
    questions: &Receiver<Vec<u8>>,
    answers: &Sender<io::Result<Vec<u8>>>,
) {
    let answer = |stdout: &mut ChildStdout| {
        frame::read(stdout, longest).and_then(|frame| frame.ok_or_else(|| io::ErrorKind::UnexpectedEof.into()))
    };
    let mut said = answer(&mut stdout);
    loop {
        let ended = said.is_err();
        if answers.send(said).is_err() || ended {
            return;
        }
        let Ok(question) = questions.recv() else { return };
        said = frame::write(&mut stdin, &question).and_then(|()| answer(&mut stdout));
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
