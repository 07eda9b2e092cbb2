//! Reading files in a process of their own: a file on which a stage of reading breaks down, takes all memory or never ends is refused,
//! and the next one is read.
//!
//! The program starts itself as a worker (`celan __extract LIMITS`, named nowhere), hands it one file after the other over standard input
//! and takes the documents from standard output; `frame` is what passes between the two, `serve` the worker's side, `process` the side of
//! the program, which watches the clock. [`Guarded`] makes of it what the library asks for. Nothing is started before the first file.
//! Where no process can be started, files are read in this one, and a warning says so.

mod frame;
mod process;
pub(super) mod serve;

use std::ffi::OsString;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::session;
use super::world::Program;
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, system_error};
use crate::extract::{ExtractError, Limits};
use crate::library::{Extractor, File, Reading};
use frame::{Question, Reply};
use process::{Failure, Worker};

/// What a worker may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    /// Bytes of address space.
    memory: u64,
    /// Time for any file.
    time: Duration,
    /// Time for each further MiB of it.
    time_per_mebibyte: Duration,
}

impl Allowance {
    fn of(limits: &Limits) -> Self {
        Self {
            memory: limits.memory << 20,
            time: Duration::from_secs(limits.seconds),
            time_per_mebibyte: Duration::from_secs(limits.seconds_per_mebibyte),
        }
    }

    fn time_for(&self, bytes: usize) -> Duration {
        self.time + self.time_per_mebibyte * u32::try_from(bytes >> 20).unwrap_or(u32::MAX)
    }
}

/// Reads every file in a worker.
#[derive(Debug)]
pub(super) struct Guarded {
    /// What is started; unknown once no worker could be.
    program: Program,
    /// The worker, and what it has been told to keep to; none before the first file.
    worker: Option<(Limits, Worker)>,
    language: Language,
    /// Whether it has been told that no worker can be had: once for all that read at the same time.
    told: Arc<AtomicBool>,
}

impl Guarded {
    /// Nothing is started yet; a warning that no worker can be had will be told in `language`.
    pub(super) fn new(program: Program, language: Language) -> Self {
        Self { program, worker: None, language, told: Arc::default() }
    }

    /// The worker that keeps to these limits; none where it is not known what to start.
    fn worker(&mut self, limits: &Limits) -> Option<&mut Worker> {
        if self.worker.as_ref().is_none_or(|(others, _)| others != limits) {
            let worker = Worker::new(self.program.path()?, arguments(limits), Allowance::of(limits));
            self.worker = Some((*limits, worker));
        }
        self.worker.as_mut().map(|(_, worker)| worker)
    }
}

impl Extractor for Guarded {
    fn read(&mut self, file: File<'_>) -> Result<Reading, ExtractError> {
        let limits = file.limits;
        let Some(worker) = self.worker(limits) else { return file.read() };
        let Ok(question) = Question::packed(file) else { return Err(broke_down("it cannot be asked for")) };
        match worker.ask(&question) {
            Ok(answer) => match Reply::unpacked(&answer) {
                Some(Reply::Read(reading)) => Ok(*reading),
                Some(Reply::Refused(message)) => Err(ExtractError::Said(message)),
                Some(Reply::BrokeDown(place)) => Err(broke_down(&place)),
                None => Err(broke_down("its answer cannot be understood")),
            },
            Err(Failure::NotStarted(error)) => {
                self.program = Program::default();
                self.worker = None;
                if !self.told.swap(true, Ordering::Relaxed) {
                    session::tell(&[unguarded(&error)], self.language);
                }
                file.read()
            }
            Err(Failure::TooSlow(limit)) => Err(too_slow(limit)),
            Err(Failure::OutOfMemory) => Err(out_of_memory(limits.memory)),
            Err(Failure::Died(how)) => Err(broke_down(&how)),
        }
    }

    fn rest(&mut self) {
        if let Some((_, worker)) = &mut self.worker {
            worker.end();
        }
    }

    fn another(&self) -> Option<Box<dyn Extractor>> {
        Some(Box::new(Self { worker: None, told: Arc::clone(&self.told), ..*self }))
    }
}

/// The arguments that make a worker of the program.
fn arguments(limits: &Limits) -> Vec<OsString> {
    // Limits are numbers: writing them cannot fail.
    vec![OsString::from(serve::ARGUMENT), serde_json::to_string(limits).unwrap_or_default().into()]
}

fn unguarded(error: &std::io::Error) -> Diagnostic {
    let (chinese, english) = (system_error(error, Language::Chinese), system_error(error, Language::English));
    let message = Bilingual::new(
        format!("无法启动单独的读取进程（{chinese}），改在本进程内读取：损坏的文件可能使程序中止"),
        format!(
            "no separate process for reading can be started ({english}); files are read in this one, and a damaged file may end the program"
        ),
    );
    Diagnostic::warning("extracted-in-process", message, Place::default())
}

fn too_slow(limit: Duration) -> ExtractError {
    let seconds = limit.as_secs();
    ExtractError::Said(Bilingual::new(
        format!("读取此文件超过{seconds}秒，已放弃；请拆成较小的文件，或另存为其他格式，或在 celan.toml 中设置 seconds"),
        format!(
            "reading this file took more than {seconds} seconds and was given up: split it, save it in another format, or set seconds in celan.toml"
        ),
    ))
}

fn out_of_memory(limit: u64) -> ExtractError {
    ExtractError::Said(Bilingual::new(
        format!(
            "读取此文件需要超过 {limit} MiB 内存，已放弃；请拆成较小的文件，或另存为其他格式，或在 celan.toml 中设置 memory_mib"
        ),
        format!(
            "reading this file takes more than {limit} MiB of memory and was given up: split it, save it in another format, or set memory_mib in celan.toml"
        ),
    ))
}

fn broke_down(how: &str) -> ExtractError {
    ExtractError::Said(Bilingual::new(
        format!("读取程序在此文件上出错中止（{how}），文件可能已损坏；请用原来的软件另存一份再试"),
        format!(
            "the reader broke down on this file ({how}), which may be damaged: save it anew with the program that it came from"
        ),
    ))
}

#[cfg(all(test, unix))]
mod tests;
