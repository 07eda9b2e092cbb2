//! A tiny generator of DOC files for tests: runs of characters with their modifiers, parts of the table stream as bytes.

use crate::extract::compound::tests::packed;

use super::fib::Part;

/// Where the characters begin in the stream, behind the block of information.
const FIRST: usize = 2048;
/// The bytes of a page of properties.
const PAGE: usize = 512;

/// A document.
#[derive(Default, Clone)]
pub(super) struct Sample {
    pub(super) runs: Vec<Run>,
    /// The lengths of the stories in the order of the file; the first is that of everything, where none is said.
    pub(super) stories: [u32; 7],
    pub(super) parts: Vec<(Part, Vec<u8>)>,
    /// The flags at byte 10.
    pub(super) flags: u16,
    /// Whether each run is a piece of its own, the last first, in one byte where it can be.
    pub(super) hasty: bool,
    /// The stream `Data`.
    pub(super) data: Vec<u8>,
}

/// Characters with the same modifiers.
#[derive(Default, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) characters: Vec<u8>,
    /// Those of the paragraph, where the run ends one: its style, then modifiers.
    pub(super) paragraph: Vec<u8>,
    /// `Prm` of its piece, in a file saved in haste.
    pub(super) piece: u16,
}

/// A modifier.
pub(super) fn sprm(code: u16, operand: &[u8]) -> Vec<u8> {
    [&code.to_le_bytes(), operand].concat()
}

/// A run of this text.
pub(super) fn run(text: &str) -> Run {
    Run { text: text.to_owned(), paragraph: vec![0, 0], ..Run::default() }
}

impl Run {
    pub(super) fn with_characters(mut self, modifiers: &[Vec<u8>]) -> Self {
        self.characters = modifiers.concat();
        self
    }

    pub(super) fn with_paragraph(mut self, style: u16, modifiers: &[Vec<u8>]) -> Self {
        self.paragraph = [style.to_le_bytes().to_vec(), modifiers.concat()].concat();
        self
    }

    /// The modifiers of its characters and of its paragraph as they lie in pages, each with its length.
    fn lists(&self) -> [Vec<u8>; 2] {
        let characters = [&[u8::try_from(self.characters.len()).unwrap()], self.characters.as_slice()].concat();
        let mut paragraph = self.paragraph.clone();
        paragraph.resize(paragraph.len().next_multiple_of(2), 0);
        let pairs = u8::try_from(paragraph.len() / 2).unwrap();
        [characters, [&[0, pairs], paragraph.as_slice()].concat()]
    }
}

/// A page with one run.
fn page(start: usize, end: usize, list: &[u8]) -> Vec<u8> {
    let mut page = plc(&[u32::try_from(start).unwrap(), u32::try_from(end).unwrap()], &[20]);
    page.resize(40, 0);
    page.extend(list);
    page.resize(PAGE, 0);
    page[PAGE - 1] = 1;
    page
}

/// A table of positions with its items.
pub(super) fn plc(positions: &[u32], items: &[u8]) -> Vec<u8> {
    [positions.iter().flat_map(|position| position.to_le_bytes()).collect(), items.to_vec()].concat()
}

impl Sample {
    pub(super) fn new(runs: Vec<Run>) -> Self {
        Self { runs, ..Self::default() }
    }

    /// The streams `WordDocument` and the table.
    pub(super) fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        let mut word = vec![0; FIRST];
        let mut places = vec![(0, 0, 2); self.runs.len()];
        let order: Vec<usize> = if self.hasty { (0..self.runs.len()).rev().collect() } else { (0..self.runs.len()).collect() };
        for at in &order {
            let text = &self.runs[*at].text;
            let start = word.len();
            if self.hasty && text.is_ascii() {
                word.extend(text.bytes());
                places[*at] = (start, word.len(), 1);
            } else {
                word.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
                places[*at] = (start, word.len(), 2);
            }
        }
        let mut pages: [Vec<u8>; 2] = Default::default();
        let mut limits = Vec::new();
        for at in &order {
            let (start, end, _) = places[*at];
            limits.push(u32::try_from(start).unwrap());
            let run = &self.runs[*at];
            for (list, own) in run.lists().into_iter().zip(&mut pages) {
                own.extend(u32::try_from(word.len().div_ceil(PAGE)).unwrap().to_le_bytes());
                word.resize(word.len().next_multiple_of(PAGE), 0);
                word.extend(page(start, end, &list));
            }
        }
        limits.push(u32::try_from(word.len()).unwrap());
        let mut parts = self.parts.clone();
        let [characters, paragraphs] = pages;
        parts.push((Part::CharacterPages, plc(&limits, &characters)));
        parts.push((Part::ParagraphPages, plc(&limits, &paragraphs)));
        parts.push((Part::Pieces, self.pieces(&places)));
        let table = self.block(&mut word, &parts);
        (word, table)
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let (word, table) = self.streams();
        packed(&[("WordDocument", &word), ("1Table", &table), ("Data", &self.data)])
    }

    fn pieces(&self, places: &[(usize, usize, usize)]) -> Vec<u8> {
        let (mut positions, mut items) = (vec![0], Vec::new());
        for (run, (start, end, width)) in self.runs.iter().zip(places) {
            positions.push(positions.last().unwrap() + u32::try_from((end - start) / width).unwrap());
            let place = u32::try_from(*start).unwrap();
            let place = if *width == 1 { (place * 2) | 0x4000_0000 } else { place };
            items.extend([[0, 0].as_slice(), &place.to_le_bytes(), &run.piece.to_le_bytes()].concat());
        }
        let table = plc(&positions, &items);
        // One list of modifiers, for pieces to refer to: deleted.
        [&[1, 3, 0, 0x00, 0x08, 1, 2], u32::try_from(table.len()).unwrap().to_le_bytes().as_slice(), &table].concat()
    }

    /// Writes the block of information and gives the table stream.
    fn block(&self, word: &mut [u8], parts: &[(Part, Vec<u8>)]) -> Vec<u8> {
        let characters: usize = self.runs.iter().map(|run| run.text.encode_utf16().count()).sum();
        let mut put = |at: usize, bytes: &[u8]| word[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &[0xEC, 0xA5, 0xC1, 0]);
        put(10, &(self.flags | 0x0200).to_le_bytes());
        put(32, &14u16.to_le_bytes());
        put(62, &22u16.to_le_bytes());
        put(152, &93u16.to_le_bytes());
        for (at, length) in self.stories.iter().enumerate() {
            put(76 + at * 4, &length.to_le_bytes());
        }
        if self.stories == [0; 7] {
            put(76, &u32::try_from(characters).unwrap().to_le_bytes());
        }
        let mut table = vec![0; 8];
        for (part, bytes) in parts {
            let (start, length) = (u32::try_from(table.len()).unwrap(), u32::try_from(bytes.len()).unwrap());
            put(154 + *part as usize * 8, &[start.to_le_bytes(), length.to_le_bytes()].concat());
            table.extend(bytes);
        }
        table
    }
}
