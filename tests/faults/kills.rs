//! Killed with SIGKILL at random moments of whatever changes a library.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::world::{Chance, World, file_name, number};

/// So often the program is killed where nothing else is asked for.
const KILLS: u64 = 24;

/// What the program is doing when it is killed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Work {
    Add(Vec<u64>),
    Remove(u64),
    Reindex,
    /// Opening after files were put into `corpus/` by hand.
    Refresh(Vec<u64>),
    /// Writing a note, the first of this number, on a document.
    Note(u64, u64),
}

impl Work {
    const KINDS: usize = 5;

    const fn kind(&self) -> usize {
        match self {
            Self::Add(_) => 0,
            Self::Remove(_) => 1,
            Self::Reindex => 2,
            Self::Refresh(_) => 3,
            Self::Note(..) => 4,
        }
    }

    fn choose(chance: &mut Chance, held: &BTreeSet<u64>, next: &mut u64) -> Self {
        let mut fresh = |chance: &mut Chance| {
            let first = *next;
            *next += 1 + chance.below(12);
            (first..*next).collect()
        };
        let one = |chance: &mut Chance| {
            let which = chance.below(held.len() as u64);
            *held.iter().nth(usize::try_from(which).unwrap()).unwrap()
        };
        match chance.below(11) {
            0..3 => Self::Add(fresh(chance)),
            3..5 if !held.is_empty() => Self::Remove(one(chance)),
            5 => Self::Refresh(fresh(chance)),
            6..9 if !held.is_empty() => Self::Note(one(chance), chance.below(1 << 40)),
            _ => Self::Reindex,
        }
    }

    fn start(&self, world: &World) -> Child {
        let mut command = match self {
            Self::Add(documents) => {
                let folder = world.incoming(documents.iter().copied());
                world.celan(&["add", folder.to_str().unwrap()])
            }
            Self::Remove(document) => world.celan(&["remove", file_name(*document).trim_end_matches(".txt")]),
            Self::Reindex => world.celan(&["reindex"]),
            Self::Note(document, number) => {
                let place = format!("{}/2", file_name(*document).trim_end_matches(".txt"));
                world.celan(&["notes", "add", &place, &words_of(*number)])
            }
            Self::Refresh(documents) => {
                let folder = world.incoming(documents.iter().copied());
                for document in documents {
                    fs::copy(folder.join(file_name(*document)), world.library.join("corpus").join(file_name(*document))).unwrap();
                }
                world.celan(&["list"])
            }
        };
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// The documents of which the new state may not have come.
    fn documents(&self) -> Vec<u64> {
        match self {
            Self::Add(documents) | Self::Refresh(documents) => documents.clone(),
            Self::Remove(document) => vec![*document],
            Self::Reindex | Self::Note(..) => Vec::new(),
        }
    }
}

/// The words of a note, of several lines.
fn words_of(number: u64) -> String {
    format!("笔记第{number}号\n与上一轮规划对照。\n{}", "核对数据。".repeat(40))
}

/// That the notes are whole: those that were there, and the one that was being written or not.
fn check_notes(world: &World, work: &Work, is_whole: bool, notes: &mut BTreeSet<u64>) {
    let text = fs::read_to_string(world.library.join("notes.md")).unwrap_or_default();
    if let Work::Note(_, number) = work
        && (is_whole || text.contains(&format!("笔记第{number}号")))
    {
        notes.insert(*number);
    }
    let whole: usize = notes.iter().map(|number| text.matches(&words_of(*number)).count()).sum();
    assert_eq!(
        (whole, text.matches("笔记第").count(), text.lines().filter(|line| line.starts_with("## ")).count()),
        (notes.len(), notes.len(), notes.len()),
        "{text}"
    );
}

/// How long each kind of work takes, so that the moments are spread over all of it.
#[derive(Default)]
struct Durations([Duration; Work::KINDS]);

impl Durations {
    fn moment(&self, work: &Work, chance: &mut Chance) -> Duration {
        let whole = self.0[work.kind()].max(Duration::from_millis(40));
        whole * u32::try_from(chance.below(1100)).unwrap() / 1000
    }

    fn learn(&mut self, work: &Work, took: Duration) {
        let known = &mut self.0[work.kind()];
        *known = if known.is_zero() { took } else { (*known * 3 + took) / 4 };
    }
}

#[test]
fn killed_at_any_moment_a_library_holds_the_old_or_the_new_state_of_each_document() {
    let kills = number("CELAN_FAULTS").unwrap_or(KILLS);
    let (world, mut chance) = (World::new(), Chance::seeded(1));
    let (mut held, mut next): (BTreeSet<u64>, u64) = ((0..12).collect(), 12);
    let mut notes = BTreeSet::new();
    world.add(&world.incoming(held.iter().copied()));
    let (mut durations, mut killed, mut rounds, mut by_kind) = (Durations::default(), 0, 0, [0; Work::KINDS]);
    while killed < kills {
        rounds += 1;
        let work = Work::choose(&mut chance, &held, &mut next);
        let started = Instant::now();
        let mut child = work.start(&world);
        let moment = durations.moment(&work, &mut chance);
        // Not a pause for something to happen: it is the moment itself that is tried.
        std::thread::sleep(moment.saturating_sub(started.elapsed()));
        child.kill().unwrap();
        let status = child.wait().unwrap();
        if status.signal().is_some() {
            killed += 1;
            by_kind[work.kind()] += 1;
            durations.learn(&work, moment.mul_f64(1.3));
        } else {
            assert_eq!(status.code(), Some(0), "{work:?}");
            durations.learn(&work, moment.mul_f64(0.9));
        }
        check_notes(&world, &work, status.signal().is_none(), &mut notes);
        held = after(&world, &work, &held, status.signal().is_none());
        let documents: Vec<u64> = held.iter().copied().collect();
        world.must_hold(&documents, &work.documents());
        tidy(&world, &mut held, &mut chance);
    }
    eprintln!("killed {killed} times in {rounds} rounds (add, remove, reindex, refresh, notes: {by_kind:?})");
    world.add(&world.incoming([next]));
    let names = |folder: &str| -> Vec<String> {
        let entries = fs::read_dir(world.library.join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    };
    let index = names("index");
    let of_kind = |ends: &str| index.iter().filter(|name| name.ends_with(ends)).count();
    assert_eq!((of_kind(".bin"), index.iter().any(|name| name.starts_with(".tmp"))), (of_kind(".term"), false), "{index:?}");
    assert!(names(".").iter().filter(|name| name.starts_with('.')).count() <= 1, "what was staged for the notes is swept away");
    world.run(&["reindex"], &[0]);
    assert!(names("corpus").iter().all(|name| !name.starts_with('.')), "what was staged and not named is swept away");
}

/// What is there after the work: each document that it was about in its old or new state, all others as they were.
fn after(world: &World, work: &Work, before: &BTreeSet<u64>, is_whole: bool) -> BTreeSet<u64> {
    let listed: BTreeSet<u64> = world
        .documents()
        .into_iter()
        .map(|name| name.trim_start_matches("notice-").trim_end_matches(".txt").parse().unwrap())
        .collect();
    let mut new = before.clone();
    match work {
        Work::Add(documents) | Work::Refresh(documents) => new.extend(documents),
        Work::Remove(document) => drop(new.remove(document)),
        Work::Reindex | Work::Note(..) => {}
    }
    let is_old_or_new = |document: &u64| before.contains(document) || new.contains(document);
    assert!(listed.iter().all(is_old_or_new), "{work:?}: {listed:?}");
    assert!(before.intersection(&new).all(|document| listed.contains(document)), "{work:?}: {listed:?}");
    let must_be_new = is_whole || matches!(work, Work::Refresh(_));
    assert!(!must_be_new || listed == new, "{work:?}: {listed:?} in place of {new:?}");
    listed
}

/// Keeps the library small.
fn tidy(world: &World, held: &mut BTreeSet<u64>, chance: &mut Chance) {
    while held.len() > 50 {
        let which = usize::try_from(chance.below(held.len() as u64)).unwrap();
        let document = *held.iter().nth(which).unwrap();
        fs::remove_file(world.library.join("corpus").join(file_name(document))).unwrap();
        held.remove(&document);
    }
}

#[test]
fn a_reading_worker_that_is_killed_costs_one_file_which_can_be_added_again() {
    let (world, mut chance) = (World::new(), Chance::seeded(2));
    for round in 0..4 {
        let documents: Vec<u64> = (round * 100..round * 100 + 80).collect();
        let folder = world.incoming(documents.iter().copied());
        let mut adding =
            world.celan(&["add", folder.to_str().unwrap()]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut ended = None;
        let mut victims = Vec::new();
        while ended.is_none() && victims.is_empty() {
            victims = children(adding.id());
            ended = adding.try_wait().unwrap();
        }
        if let Some(victim) = victims.get(usize::try_from(chance.below(victims.len() as u64)).unwrap()) {
            Command::new("kill").args(["-9", &victim.to_string()]).stderr(Stdio::null()).status().unwrap();
        }
        let status = ended.unwrap_or_else(|| adding.wait().unwrap());
        assert!(matches!(status.code(), Some(0 | 2)), "{status}");
        world.add(&folder);
        let all: Vec<u64> = (0..=round).flat_map(|round| round * 100..round * 100 + 80).collect();
        world.must_hold(&all, &documents[..3]);
    }
}

/// The processes that a process has started.
fn children(of: u32) -> Vec<u32> {
    let listed = fs::read_to_string(format!("/proc/{of}/task/{of}/children")).unwrap_or_default();
    listed.split_whitespace().filter_map(|child| child.parse().ok()).collect()
}
