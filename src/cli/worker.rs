//! Reading files in a process of their own: a file on which the reader breaks down, takes all memory or never ends is refused, and
//! the next one is read.
//!
//! The program starts itself as a worker (`celan __extract BYTES`, named nowhere), hands it one file after the other over standard input
//! and takes the raw blocks from standard output; `frame` is what passes between the two, `serve` the worker's side, `process` the side of
//! the program, which watches the clock. [`Guarded`] makes of it what the library asks for. Nothing is started before the first file.
//! Where no process can be started, files are read in this one, and a warning says so.

mod frame;
mod process;
pub(super) mod serve;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::session;
use crate::diagnostic::{Bilingual, Diagnostic, Language, Place, Warned, system_error};
use crate::extract::{ExtractError, RawDocument, extract};
use crate::library::Extractor;
use frame::Reply;
use process::{Failure, Worker};

/// What reading one file may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes of address space of the worker.
    memory: u64,
    /// Time for any file.
    time: Duration,
    /// Time for each further MiB of it.
    time_per_mebibyte: Duration,
}

impl Limits {
    /// A text of 10 MB, longer than any law, takes 70 MB (the process 180 MB of address space) and, unoptimised, a second: what needs
    /// ten times the memory or fifty times the time is no honest file.
    const OURS: Self = Self { memory: 2 << 30, time: Duration::from_mins(1), time_per_mebibyte: Duration::from_secs(1) };

    fn time_for(&self, bytes: usize) -> Duration {
        self.time + self.time_per_mebibyte * u32::try_from(bytes >> 20).unwrap_or(u32::MAX)
    }
}

/// Reads every file in a worker.
#[derive(Debug)]
pub(super) struct Guarded {
    /// None once no worker could be started.
    worker: Option<Worker>,
    language: Language,
    /// Whether it has been told that no worker can be had: once for all that read at the same time.
    told: Arc<AtomicBool>,
}

impl Guarded {
    /// Nothing is started yet; a warning that no worker can be had will be told in `language`.
    pub(super) fn new(program: Option<PathBuf>, language: Language) -> Self {
        let arguments = vec![OsString::from(serve::ARGUMENT), Limits::OURS.memory.to_string().into()];
        let worker = program.map(|program| Worker::new(program, arguments, Limits::OURS));
        Self { worker, language, told: Arc::default() }
    }
}

impl Extractor for Guarded {
    fn extract(&mut self, bytes: &[u8]) -> Result<Warned<RawDocument>, ExtractError> {
        let Some(worker) = &mut self.worker else { return extract(bytes) };
        match worker.ask(bytes) {
            Ok(answer) => match Reply::unpacked(&answer) {
                Some(Reply::Read(raw)) => Ok(raw),
                Some(Reply::Refused(message)) => Err(ExtractError::Said(message)),
                Some(Reply::BrokeDown(place)) => Err(broke_down(&place)),
                None => Err(broke_down("its answer cannot be understood")),
            },
            Err(Failure::NotStarted(error)) => {
                self.worker = None;
                if !self.told.swap(true, Ordering::Relaxed) {
                    session::tell(&[unguarded(&error)], self.language);
                }
                extract(bytes)
            }
            Err(Failure::TooSlow(limit)) => Err(too_slow(limit)),
            Err(Failure::OutOfMemory) => Err(out_of_memory()),
            Err(Failure::Died(how)) => Err(broke_down(&how)),
        }
    }

    fn rest(&mut self) {
        if let Some(worker) = &mut self.worker {
            worker.end();
        }
    }

    fn another(&self) -> Option<Box<dyn Extractor>> {
        let worker = self.worker.as_ref().map(Worker::another);
        Some(Box::new(Self { worker, language: self.language, told: Arc::clone(&self.told) }))
    }
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
        format!("读取此文件超过{seconds}秒，已放弃；请拆成较小的文件，或另存为其他格式"),
        format!("reading this file took more than {seconds} seconds and was given up: split it, or save it in another format"),
    ))
}

fn out_of_memory() -> ExtractError {
    let limit = Limits::OURS.memory >> 20;
    ExtractError::Said(Bilingual::new(
        format!("读取此文件需要超过 {limit} MiB 内存，已放弃；请拆成较小的文件，或另存为其他格式"),
        format!("reading this file takes more than {limit} MiB of memory and was given up: split it, or save it in another format"),
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
