//! The texts that are compared over: the folder as it is, the same text in one file, and 3.5 times the text with its paragraphs shuffled.
//!
//! The large folder holds three copies of every file and a fourth of every second file, in the order of their paths. Headings (lines that
//! begin with `#`) and empty lines stay where they are; all other lines of a copy are shuffled over the whole copy, so that every file keeps
//! its name, its outline and its number of paragraphs while what stands in them comes from anywhere. The generator is seeded with the number
//! of the copy: the same folder gives the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// Whole copies in the large folder; half a copy more makes 3.5.
const WHOLE_COPIES: usize = 3;

/// The files of a folder, in the order of their paths.
pub(crate) fn files(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// How many bytes the files of a folder, or a file, have together.
pub(crate) fn bytes(path: &Path) -> u64 {
    if path.is_dir() {
        files(path).unwrap_or_default().iter().map(|file| bytes(file)).sum()
    } else {
        fs::metadata(path).map_or(0, |metadata| metadata.len())
    }
}

/// Writes the text of all files of `folder` into the file `one`, unless it is there.
pub(crate) fn make_one_file(folder: &Path, one: &Path) -> Outcome {
    if one.exists() {
        return Ok(());
    }
    let mut text = Vec::new();
    for file in files(folder)? {
        text.extend(fs::read(&file)?);
        if text.last() != Some(&b'\n') {
            text.push(b'\n');
        }
    }
    fs::write(one, text)?;
    Ok(())
}

/// Makes the large folder from `folder`, unless it is there.
pub(crate) fn make_large(folder: &Path, large: &Path) -> Outcome {
    if large.exists() {
        return Ok(());
    }
    let texts: Vec<(PathBuf, String)> = files(folder)?
        .into_iter()
        .filter_map(|file| fs::read_to_string(&file).ok().map(|text| (file.strip_prefix(folder).unwrap_or(&file).to_owned(), text)))
        .collect();
    // A folder that was left half made has another name.
    let unfinished = large.with_extension("unfinished");
    if unfinished.exists() {
        fs::remove_dir_all(&unfinished)?;
    }
    for copy in 0..=WHOLE_COPIES {
        let every = if copy < WHOLE_COPIES { 1 } else { 2 };
        let chosen: Vec<_> = texts.iter().step_by(every).collect();
        let mut paragraphs: Vec<&str> = chosen.iter().flat_map(|(_, text)| text.lines()).filter(|line| moves(line)).collect();
        Generator(copy as u64 + 1).shuffle(&mut paragraphs);
        let mut paragraphs = paragraphs.into_iter();
        for (path, text) in chosen {
            let lines = text.lines().map(|line| if moves(line) { paragraphs.next().unwrap_or_default() } else { line });
            let shuffled: String = lines.flat_map(|line| [line, "\n"]).collect();
            let target = unfinished.join((copy + 1).to_string()).join(path);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(target, shuffled)?;
        }
    }
    fs::rename(unfinished, large)?;
    Ok(())
}

/// Whether a line is a paragraph that changes its place.
fn moves(line: &str) -> bool {
    !line.trim().is_empty() && !line.starts_with('#')
}

/// `SplitMix64` (Steele, Lea, Flood 2014): small, seeded, and the same everywhere.
pub(crate) struct Generator(pub(crate) u64);

impl Generator {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Puts `items` in a random order (Fisher and Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = usize::try_from(self.next() % (last as u64 + 1)).unwrap_or(last);
            items.swap(last, other);
        }
    }
}
