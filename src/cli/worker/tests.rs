//! Workers that misbehave: small shell scripts in their place.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use super::process::{Failure, Worker};
use super::*;

/// What a worker says first, as an argument of `printf`.
const READY: &str = r"printf '\0\0\0\0\0\0\0\0'; ";

const LIMITS: Allowance = Allowance { memory: 1 << 30, time: Duration::from_secs(20), time_per_mebibyte: Duration::ZERO };

fn shell(script: &str, limits: Allowance) -> Worker {
    Worker::new("/bin/sh".into(), vec!["-c".into(), script.into()], limits)
}

#[test]
fn a_worker_that_never_answers_is_given_up_when_its_time_is_over() {
    let limits = Allowance { time: Duration::from_millis(300), ..LIMITS };
    // One that takes the question, and one that does not even read it.
    for (script, question) in [("head -c 9 >&2; exec sleep 100", 1), ("exec sleep 100", 1 << 22)] {
        let began = Instant::now();
        let mut worker = shell(&format!("{READY}{script}"), limits);
        let failure = worker.ask(&vec![b'x'; question]);
        assert!(matches!(failure, Err(Failure::TooSlow(limit)) if limit == limits.time), "{failure:?}");
        assert!(began.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn a_worker_that_dies_is_told_by_how_it_died() {
    for (script, how) in [("exit 3", "exit status: 3"), ("kill -9 $$", "signal: 9 (SIGKILL)")] {
        let failure = shell(&format!("{READY}head -c 9 >&2; {script}"), LIMITS).ask(b"x");
        assert!(matches!(&failure, Err(Failure::Died(said)) if said == how), "{failure:?}");
    }
    let starved = format!("{READY}head -c 9 >/dev/null; echo 'memory allocation of 9 bytes failed' >&2; kill -6 $$");
    assert!(matches!(shell(&starved, LIMITS).ask(b"x"), Err(Failure::OutOfMemory)));
}

#[test]
fn after_a_death_the_next_question_has_a_fresh_worker() {
    // Echoes one question of one byte, and dies on the second.
    let mut worker = shell(&format!("{READY}head -c 9; head -c 9 >&2; exit 1"), LIMITS);
    for _ in 0..2 {
        assert_eq!(worker.ask(b"x").unwrap(), b"x");
        assert!(matches!(worker.ask(b"y"), Err(Failure::Died(_))));
    }
}

#[test]
fn what_cannot_be_started_or_is_no_worker_is_no_failure_of_the_file() {
    let mut missing = Worker::new("/no/such/program".into(), Vec::new(), LIMITS);
    assert!(matches!(missing.ask(b"x"), Err(Failure::NotStarted(error)) if error.kind() == ErrorKind::NotFound));
    assert!(matches!(shell("exit 0", LIMITS).ask(b"x"), Err(Failure::NotStarted(_))));

    let mut guarded = Guarded::new(Program(Some(|| Ok("/no/such/program".into()))), Language::Chinese);
    let file = File { name: "甲.txt", bytes: "一、甲".as_bytes(), corrections: None, limits: &Limits::USUAL };
    assert_eq!(guarded.read(file).unwrap().document.text, "一、甲");
    assert!(guarded.worker.is_none(), "it is not tried again and again");
}

#[test]
fn every_failure_says_what_happened_and_what_to_do() {
    let said = |error: ExtractError| error.message();
    assert_eq!(
        said(too_slow(Duration::from_secs(61))),
        Bilingual::new(
            "读取此文件超过61秒，已放弃；请拆成较小的文件，或另存为其他格式，或在 celan.toml 中设置 seconds",
            "reading this file took more than 61 seconds and was given up: split it, save it in another format, or set seconds in celan.toml"
        )
    );
    assert_eq!(
        said(out_of_memory(2048)),
        Bilingual::new(
            "读取此文件需要超过 2048 MiB 内存，已放弃；请拆成较小的文件，或另存为其他格式，或在 celan.toml 中设置 memory_mib",
            "reading this file takes more than 2048 MiB of memory and was given up: split it, save it in another format, or set memory_mib in celan.toml"
        )
    );
    assert_eq!(
        said(broke_down("body.rs:7")),
        Bilingual::new(
            "读取程序在此文件上出错中止（body.rs:7），文件可能已损坏；请用原来的软件另存一份再试",
            "the reader broke down on this file (body.rs:7), which may be damaged: save it anew with the program that it came from"
        )
    );
}
