//! A program that runs on and is asked through its standard input.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::measure::percentile;

/// The line that SQLite prints after an answer; it occurs in no text.
const END: &str = "\u{1}end";

/// A running program. What a question costs is the time from the writing of the question to the reading of the last line of the answer,
/// less the median time of a question that asks for nothing: the pipe costs the other programs nothing, but celan has none.
pub(crate) struct Worker {
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    ends_with: Option<&'static str>,
    idle: Duration,
}

impl Worker {
    /// `sqlite3` on a database.
    pub(crate) fn sqlite(database: &std::path::Path) -> Outcome<Self> {
        Self::start(Command::new("sqlite3").arg(database), Some(END), "select 1;")
    }

    /// `groonga` on a database, its cache of answers switched off; it answers every question with one line.
    pub(crate) fn groonga(database: &std::path::Path) -> Outcome<Self> {
        let mut worker = Self::start(Command::new("groonga").arg(database), None, "status")?;
        worker.ask("cache_limit 0")?;
        Ok(worker)
    }

    fn start(command: &mut Command, ends_with: Option<&'static str>, nothing: &str) -> Outcome<Self> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let questions = process.stdin.take().ok_or("the program takes no questions")?;
        let answers = BufReader::new(process.stdout.take().ok_or("the program gives no answers")?);
        let mut worker = Self { process, questions, answers, ends_with, idle: Duration::ZERO };
        let mut times = (0..200).map(|_| worker.ask(nothing).map(|(time, _)| time)).collect::<Outcome<Vec<_>>>()?;
        worker.idle = percentile(&mut times, 50);
        Ok(worker)
    }

    /// Asks a question; gives what it cost and the first line of the answer.
    pub(crate) fn ask(&mut self, question: &str) -> Outcome<(Duration, String)> {
        let end = self.ends_with.map(|end| format!(".print {end}\n")).unwrap_or_default();
        let started = Instant::now();
        self.questions.write_all(format!("{question}\n{end}").as_bytes())?;
        self.questions.flush()?;
        let mut first = None;
        loop {
            let mut line = String::new();
            if self.answers.read_line(&mut line)? == 0 {
                return Err(format!("no answer to {question}").into());
            }
            let is_last = self.ends_with.is_none_or(|end| line.trim_end() == end);
            first.get_or_insert(line);
            if is_last {
                break;
            }
        }
        Ok((started.elapsed().saturating_sub(self.idle), first.unwrap_or_default()))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // One that has ended already needs no ending.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
