//! Writing that fails: full disks, files that may not grow, folders that may not be written, files that vanish.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use crate::world::{Chance, World, celan, file_name, program, told};

/// A user that owns nothing here: permissions do not bind the superuser, whom tests may run as.
const NOBODY: u32 = 65534;

/// A file system of its own, as long as it lives.
struct Mounted(PathBuf);

impl Mounted {
    /// A small one in memory; none where this user may not mount.
    fn small(folder: &Path, kibibytes: u64) -> Option<Self> {
        fs::create_dir_all(folder).unwrap();
        let size = format!("size={kibibytes}k");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder).stderr(Stdio::null()).status();
        mount.is_ok_and(|status| status.success()).then(|| Self(folder.to_owned()))
    }

    fn remount(&self, options: &str) {
        let options = format!("remount,{options}");
        assert!(Command::new("mount").args(["-o", &options]).arg(&self.0).status().unwrap().success());
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// The documents whose files are in `corpus/`.
fn stored(world: &World, of: impl IntoIterator<Item = u64>) -> Vec<u64> {
    of.into_iter().filter(|document| world.library.join("corpus").join(file_name(*document)).exists()).collect()
}

#[test]
fn a_full_disk_loses_nothing_and_reading_goes_on() {
    let keep = tempfile::tempdir().unwrap();
    let (folder, outside) = (keep.path().join("disk"), tempfile::tempdir().unwrap());
    let Some(disk) = Mounted::small(&folder, 8 << 10) else {
        eprintln!("SKIPPED: this user may not mount a small disk; files that may not grow stand in for it");
        return;
    };
    let mut chance = Chance::seeded(3);
    let library = World::at(folder.join("library"), keep);
    let incoming = |range: std::ops::Range<u64>| {
        let folder = outside.path().join(format!("{}", range.start));
        fs::create_dir_all(&folder).unwrap();
        for document in range {
            fs::write(folder.join(file_name(document)), crate::world::text(document)).unwrap();
        }
        folder
    };
    library.add(&incoming(0..10));
    let mut refused = 0;
    for round in 1..12 {
        let ballast = folder.join("ballast");
        fs::write(&ballast, vec![0; 8 << 20]).unwrap_err();
        let full = fs::metadata(&ballast).unwrap().len();
        // Room for a part of what is needed, from nothing to more than enough.
        let room = if round == 1 { 0 } else { chance.below(400 << 10) };
        fs::OpenOptions::new().write(true).open(&ballast).unwrap().set_len(full.saturating_sub(room)).unwrap();
        let more = incoming(round * 20..round * 20 + 10);
        let (_, said) = library.run(&["add", more.to_str().unwrap()], &[0, 2]);
        refused += usize::from(said.contains("space"));
        assert!(library.count("甲3乙") == 1, "reading goes on on a full disk");
        fs::remove_file(&ballast).unwrap();
        let documents = stored(&library, 0..round * 20 + 10);
        assert!((0..10).all(|document| documents.contains(&document)));
        library.must_hold_after_opening(&documents);
    }
    eprintln!("{refused} of 11 adds met a full disk");
    assert!(refused > 0, "the disk was full at least once");
    drop(disk);
}

#[test]
fn files_that_may_not_grow_leave_the_old_or_the_new_state() {
    let world = World::new();
    world.add(&world.incoming(0..10));
    let mut failed = 0;
    for (round, blocks) in (1..).zip([0, 1, 2, 8, 12, 20, 32, 4096]) {
        let folder = world.incoming(round * 20..round * 20 + 12);
        for (signal, arguments) in [("trap '' XFSZ", vec!["add", folder.to_str().unwrap()]), ("trap '' XFSZ", vec!["reindex"])] {
            let output = limited(&world, &format!("{signal}; ulimit -f {blocks}"), &arguments);
            told(&arguments, &output, &[0, 2]);
            failed += usize::from(output.status.code() == Some(2));
            world.must_hold_after_opening(&stored(&world, 0..400));
        }
        // Not ignored, the signal ends the process like a kill.
        limited(&world, &format!("ulimit -f {blocks}"), &["reindex"]);
        world.must_hold_after_opening(&stored(&world, 0..400));
    }
    assert!(failed > 5, "{failed} writes failed");
}

/// Runs the program in a shell that sets limits first.
fn limited(world: &World, limits: &str, arguments: &[&str]) -> Output {
    let script = format!("{limits}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(program()).args(arguments);
    command.env_clear().env("CELAN_LIBRARY", &world.library).env("LANG", "en_US.UTF-8").stdin(Stdio::null());
    command.output().unwrap()
}

#[test]
fn a_read_only_disk_is_read_and_says_so_where_its_index_is_of_no_use() {
    let keep = tempfile::tempdir().unwrap();
    let (folder, outside) = (keep.path().join("disk"), World::new());
    let Some(disk) = Mounted::small(&folder, 8 << 10) else {
        eprintln!("SKIPPED: this user may not mount a disk");
        return;
    };
    let world = World::at(folder.join("library"), keep);
    world.add(&outside.incoming(0..10));
    disk.remount("ro");
    assert_eq!(world.count("甲3乙"), 1);
    world.must_be_sound();
    for arguments in [&["add", outside.incoming(10..11).to_str().unwrap()][..], &["remove", "notice-1"], &["reindex"]] {
        let (_, said) = world.run(arguments, &[2]);
        assert!(said.contains("Read-only file system"), "{said}");
    }
    for damage in [damaged_commit as fn(&Path), vanished_shelf] {
        disk.remount("rw");
        damage(&world.library.join("index"));
        disk.remount("ro");
        let (found, said) = world.run(&["search", "甲3乙"], &[0]);
        assert!(found.contains("甲3乙") && said.contains("built in memory"), "{found}{said}");
        let (findings, _) = world.run(&["doctor"], &[1]);
        assert!(findings.contains("index/"), "{findings}");
        world.run(&["doctor", "--repair"], &[2]);
        disk.remount("rw");
        world.run(&["doctor", "--repair"], &[0]);
    }
    world.must_hold(&(0..10).collect::<Vec<_>>(), &[1, 3]);
}

fn damaged_commit(index: &Path) {
    fs::write(index.join("meta.json"), "nonsense").unwrap();
}

fn vanished_shelf(index: &Path) {
    let mut files = fs::read_dir(index).unwrap().map(|entry| entry.unwrap().path());
    let shelf = files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("shelf-"));
    fs::remove_file(shelf.unwrap()).unwrap();
}

#[test]
fn permission_lost_midway_leaves_the_old_or_the_new_state() {
    let keep = tempfile::tempdir().unwrap();
    let mut chance = Chance::seeded(4);
    let own = fs::metadata(keep.path()).unwrap();
    let is_superuser = std::os::unix::fs::MetadataExt::uid(&own) == 0;
    fs::set_permissions(keep.path(), fs::Permissions::from_mode(0o755)).unwrap();
    // The program where anybody may run it.
    let copy = keep.path().join("celan");
    fs::copy(program(), &copy).unwrap();
    let library = keep.path().join("library");
    let world = World::at(library.clone(), keep);
    world.add(&world.incoming(0..10));
    let parts = [library.clone(), library.join("corpus"), library.join("index")];
    for round in 1..8 {
        let folder = world.incoming(round * 20..round * 20 + 10);
        allow(&parts, true, is_superuser);
        let mut command = Command::new(&copy);
        command.env_clear().env("CELAN_LIBRARY", &library).env("LANG", "en_US.UTF-8").current_dir("/");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.args(["add", folder.to_str().unwrap()]);
        if is_superuser {
            command.uid(NOBODY).gid(NOBODY);
        }
        let child = command.spawn().unwrap();
        // The moment itself is tried.
        thread::sleep(std::time::Duration::from_millis(chance.below(120)));
        allow(&parts, false, is_superuser);
        let output = child.wait_with_output().unwrap();
        told(&["add"], &output, &[0, 2]);
        allow(&parts, true, is_superuser);
        world.must_hold_after_opening(&stored(&world, 0..400));
    }
}

/// Lets the folders be written, or not.
fn allow(folders: &[PathBuf], writable: bool, is_superuser: bool) {
    for folder in folders {
        fs::set_permissions(folder, fs::Permissions::from_mode(if writable { 0o755 } else { 0o555 })).unwrap();
        if is_superuser {
            chown(folder, Some(NOBODY), Some(NOBODY)).unwrap();
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let _ = chown(entry.path(), Some(NOBODY), Some(NOBODY));
            }
        }
    }
}

#[test]
fn files_that_vanish_while_they_are_read_keep_no_others_out() {
    let (world, mut chance) = (World::new(), Chance::seeded(5));
    for round in 0..3 {
        let documents = round * 100..round * 100 + 80;
        let folder = world.incoming(documents.clone());
        let arguments = ["add", folder.to_str().unwrap()];
        let adding = celan(&world.library, &arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut vanished = Vec::new();
        for _ in 0..40 {
            let document = documents.start + chance.below(80);
            if fs::remove_file(folder.join(file_name(document))).is_ok() {
                vanished.push(document);
            }
        }
        told(&arguments, &adding.wait_with_output().unwrap(), &[0, 1, 2]);
        let held = stored(&world, 0..1000);
        let kept = documents.filter(|document| !vanished.contains(document));
        assert!(kept.into_iter().all(|document| held.contains(&document)));
        world.must_hold_after_opening(&held);
    }
}

impl World {
    /// That it holds what is in `corpus/`, once it has been opened.
    fn must_hold_after_opening(&self, documents: &[u64]) {
        self.run(&["list"], &[0]);
        self.must_hold(documents, documents.last().map(std::slice::from_ref).unwrap_or_default());
    }
}
