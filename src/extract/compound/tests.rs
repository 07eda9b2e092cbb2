//! Compound files made for tests, and what is read from them.

use super::{Compound, why_not};
use crate::extract::ExtractError;

/// The bytes of a sector.
const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;

/// A compound file with these streams: table in sector 0, directory after it, small streams together, large ones each on their own.
pub(in crate::extract) fn packed(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut sectors: Vec<Vec<u8>> = Vec::new();
    let mut next: Vec<u32> = Vec::new();
    let mut put = |bytes: &[u8]| {
        let first = u32::try_from(next.len()).unwrap();
        for (at, part) in bytes.chunks(SECTOR).enumerate() {
            let mut part = part.to_vec();
            part.resize(SECTOR, 0);
            sectors.push(part);
            let last = (at + 1) * SECTOR >= bytes.len();
            next.push(if last { END } else { u32::try_from(next.len() + 1).unwrap() });
        }
        if bytes.is_empty() { END } else { first }
    };
    let (mut small, mut next_small) = (Vec::new(), Vec::new());
    let mut entries = vec![entry("Root Entry", 5, 0, 0, 0)];
    for (name, bytes) in streams {
        let start = if bytes.len() < 4096 {
            let first = u32::try_from(small.len() / 64).unwrap();
            small.extend_from_slice(bytes);
            small.resize(small.len().next_multiple_of(64), 0);
            let last = u32::try_from(small.len() / 64).unwrap();
            next_small.extend((first + 1..last).chain((last > first).then_some(END)));
            first
        } else {
            put(bytes)
        };
        entries.push(entry(name, 2, 0xFFFF_FFFF, start, bytes.len()));
    }
    // A list of siblings, each the right neighbour of the one before it.
    for (entry, right) in entries.iter_mut().skip(1).take(streams.len() - 1).zip(2u32..) {
        entry[72..76].copy_from_slice(&right.to_le_bytes());
    }
    entries[0][76..80].copy_from_slice(&1u32.to_le_bytes());
    let start = put(&small);
    entries[0][116..120].copy_from_slice(&start.to_le_bytes());
    entries[0][120..124].copy_from_slice(&u32::try_from(small.len()).unwrap().to_le_bytes());
    let directory = put(&entries.concat());
    let small_table = put(&next_small.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>());
    // The table names itself as well.
    let tables = (next.len() + 1).div_ceil(127);
    let first_table = next.len();
    next.resize(first_table + tables, 0xFFFF_FFFD);
    let mut table: Vec<u8> = next.iter().flat_map(|number| number.to_le_bytes()).collect();
    table.resize(tables * SECTOR, 0xFF);
    let mut header = vec![0u8; SECTOR];
    header[..8].copy_from_slice(&super::SIGNATURE);
    header[0x1E] = 9;
    header[0x20] = 6;
    for (at, number) in [(0x30, directory), (0x38, 4096), (0x3C, small_table), (0x44, END)] {
        header[at..at + 4].copy_from_slice(&number.to_le_bytes());
    }
    header[0x4C..].fill(0xFF);
    for at in 0..tables {
        let number = u32::try_from(first_table + at).unwrap();
        header[0x4C + at * 4..0x50 + at * 4].copy_from_slice(&number.to_le_bytes());
    }
    [header, sectors.concat(), table].concat()
}

fn entry(name: &str, kind: u8, child: u32, start: u32, size: usize) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.resize(128, 0);
    entry[64] = u8::try_from(name.len() * 2 + 2).unwrap();
    entry[66] = kind;
    entry[68..76].fill(0xFF);
    entry[76..80].copy_from_slice(&child.to_le_bytes());
    entry[116..120].copy_from_slice(&start.to_le_bytes());
    entry[120..124].copy_from_slice(&u32::try_from(size).unwrap().to_le_bytes());
    entry
}

fn refusal(streams: &[(&str, &[u8])]) -> String {
    why_not(&packed(streams)).to_string()
}

#[test]
fn streams_small_and_large_are_read_by_their_names() {
    let large: Vec<u8> = (0..70_000u32).flat_map(u32::to_le_bytes).collect();
    let bytes = packed(&[("WordDocument", &large), ("1Table", b"small"), ("Data", b""), ("0Table", &[7; 200])]);
    let compound = Compound::open(&bytes).unwrap();
    assert_eq!(compound.read("worddocument").unwrap().unwrap(), large);
    assert_eq!(compound.read("1Table").unwrap().unwrap(), b"small");
    assert_eq!(compound.read("0Table").unwrap().unwrap(), [7; 200]);
    assert_eq!(compound.read("Data").unwrap().unwrap(), b"");
    assert_eq!(compound.read("2Table").unwrap(), None);
    assert!(compound.has("Data") && !compound.has("Workbook"));
}

#[test]
fn a_chain_in_a_circle_or_out_of_the_file_is_damage() {
    let bytes = packed(&[("A", &[1; 5000]), ("B", &[2; 10])]);
    let table = bytes.len() - SECTOR;
    for next in [0u32, 1, 0x00FF_FFFF, END] {
        let mut bytes = bytes.clone();
        bytes[table + 4..table + 8].copy_from_slice(&next.to_le_bytes());
        let compound = Compound::open(&bytes).unwrap();
        let damage = ExtractError::DamagedPart { part: "A".to_owned(), at: None };
        assert!(compound.read("A") == Err(damage), "{next:x}");
        assert_eq!(compound.read("B").unwrap().unwrap(), [2; 10]);
    }
    let mut endless = bytes.clone();
    endless[120 + SECTOR..].fill(0);
    assert_eq!(Compound::open(&endless).err(), Some(ExtractError::DamagedCompound));
}

#[test]
fn a_file_cut_off_is_damaged_and_one_with_a_short_last_sector_is_not() {
    let bytes = packed(&[("A", &[1; 5000])]);
    for end in [4, 512, 600, bytes.len() - SECTOR] {
        let error = why_not(&bytes[..end]);
        assert_eq!(error, ExtractError::DamagedCompound, "{end}");
    }
    // The table stands last, and its end says nothing of sectors that are there.
    assert_eq!(Compound::open(&bytes[..bytes.len() - 300]).unwrap().read("A").unwrap().unwrap(), [1; 5000]);
}

#[test]
fn what_is_no_document_is_named() {
    for (stream, said) in [
        ("PowerPoint Document", "this is a PPT file; "),
        ("__properties_version1.0", "this is an Outlook message (MSG); "),
        (
            "EncryptedPackage",
            "the file is protected by a password: remove the password in the program that made it and save it anew",
        ),
        ("Other", "this is an OLE file without a document; "),
    ] {
        assert!(refusal(&[(stream, b"x")]).starts_with(said), "{}", refusal(&[(stream, b"x")]));
    }
}
