//! Properties: what modifiers (`sprm`, [MS-DOC] §2.6) say of paragraphs, characters and rows of tables.
//!
//! Takes lists of modifiers as they lie in the file. Only what tells text and structure is kept: style, list, outline, table; deleted,
//! hidden, symbol.

use crate::extract::little_endian::{i16_at, u8_at, u16_at, u32_at, usize_at};

/// One modifier: which property, and its new value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Modifier<'bytes> {
    code: u16,
    operand: &'bytes [u8],
    /// Both as they lie in the file.
    written: &'bytes [u8],
}

/// `sprmTDefTable` and its predecessor have a length of two bytes.
const LONG: [u16; 2] = [0xD608, 0xD606];
/// `sprmPChgTabs`, whose length may be 255 for "count yourself".
const TABS: u16 = 0xC615;

/// The modifiers of a list, up to the first that is cut off.
pub(super) fn modifiers(mut bytes: &[u8]) -> impl Iterator<Item = Modifier<'_>> {
    std::iter::from_fn(move || {
        let code = u16_at(bytes, 0)?;
        let (before, length) = operand(code, bytes.get(2..)?)?;
        let (written, rest) = bytes.split_at_checked(2 + before + length)?;
        bytes = rest;
        Some(Modifier { code, operand: written.get(2 + before..)?, written })
    })
}

/// The bytes before the operand that say its length, and its length.
fn operand(code: u16, rest: &[u8]) -> Option<(usize, usize)> {
    Some(match code >> 13 {
        0 | 1 => (0, 1),
        2 | 4 | 5 => (0, 2),
        3 => (0, 4),
        7 => (0, 3),
        _ if LONG.contains(&code) => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
        _ => match (code, u8_at(rest, 0)?) {
            (TABS, 255) => {
                let deleted = usize::from(u8_at(rest, 1)?) * 4 + 1;
                (1, deleted + usize::from(u8_at(rest, 1 + deleted)?) * 3 + 1)
            }
            (_, length) => (1, usize::from(length)),
        },
    })
}

/// The properties that are kept, as modifiers name them.
const KEPT: [u16; 21] = [
    0x0800, 0x083C, 0x2416, 0x2417, 0x244B, 0x244C, 0x260A, 0x2640, 0x4600, 0x460B, 0x4A30, 0x5624, 0x5625, 0x6645, 0x6646, 0x646B,
    0x6649, 0x664A, 0x6A09, 0xD608, 0xD62B,
];

/// The same list without what is not kept and what a later modifier says anew; pieces refer to such lists again and again.
pub(super) fn shortened(list: &[u8]) -> Vec<u8> {
    let mut kept: Vec<Modifier<'_>> = Vec::new();
    for modifier in modifiers(list).filter(|modifier| KEPT.contains(&modifier.code)) {
        kept.retain(|earlier| earlier.code != modifier.code);
        kept.push(modifier);
    }
    kept.into_iter().flat_map(|modifier| modifier.written).copied().collect()
}

/// What is said of a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ParagraphProperties {
    /// The style (`istd`).
    pub(super) style: u16,
    /// The list (`ilfo`, from 1); 0 and everything that is no list: none.
    pub(super) list: Option<u16>,
    /// The level in the list, from 0.
    pub(super) list_level: Option<usize>,
    /// The level of the outline, from 0; 9 is body text.
    pub(super) outline: Option<u8>,
    /// Whether it stands in a table.
    pub(super) in_table: bool,
    /// How many tables it stands in, one within the other, where that is said.
    pub(super) depth: Option<u32>,
    /// What it ends.
    pub(super) ends: Ends,
    /// The row that it ends.
    pub(super) row: RowProperties,
    /// Where in the stream `Data` more modifiers lie, which a page has no room for.
    pub(super) elsewhere: Option<usize>,
}

/// What a paragraph ends. The cells of the outermost table have a mark of their own among the characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ends {
    /// A row of the outermost table.
    pub(super) row: bool,
    /// A row of a table within a table.
    pub(super) inner_row: bool,
    /// A cell of a table within a table.
    pub(super) inner_cell: bool,
}

/// What is said of a row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RowProperties {
    /// Where its cells begin and end, in twips (1/1440 inch), from left to right; one more than the cells.
    pub(super) edges: Vec<i16>,
    /// How each cell is merged; may be fewer than the cells.
    pub(super) merges: Vec<Merge>,
}

/// How a cell is merged with others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Merge {
    /// 0: not sideways; else one of two marks: that of the first cell of a set, or that of the others. Word 97 wrote 1 for the first and 2
    /// for the others, [MS-DOC] §2.9.317 has it the other way round; which is which is told by the order.
    pub(super) sideways: u16,
    /// Whether it goes on with the cell above it.
    pub(super) continues: bool,
}

impl ParagraphProperties {
    /// Takes over what a modifier says.
    pub(super) fn apply(&mut self, modifier: Modifier<'_>) {
        let operand = modifier.operand;
        let Some(byte) = u8_at(operand, 0) else { return };
        match modifier.code {
            0x4600 => self.style = u16_at(operand, 0).unwrap_or_default(),
            0x260A => self.list_level = Some(usize::from(byte)),
            0x460B => self.list = u16_at(operand, 0),
            0x2640 => self.outline = Some(byte),
            0x2416 => self.in_table = byte != 0,
            0x2417 => self.ends.row = byte != 0,
            0x244B => self.ends.inner_cell = byte != 0,
            0x244C => self.ends.inner_row = byte != 0,
            0x6649 => self.depth = u32_at(operand, 0),
            0x664A => self.depth = self.depth.zip(u32_at(operand, 0)).map(|(depth, more)| depth.wrapping_add(more)),
            0x6645 | 0x6646 | 0x646B => self.elsewhere = usize_at(operand, 0),
            _ => self.row.apply(modifier),
        }
    }

    /// Takes over the single modifier of a piece, which has a short form of its own ([MS-DOC] §2.9.215).
    pub(super) fn apply_short(&mut self, place: u8, value: u8) {
        match place {
            0x0C => self.list_level = Some(usize::from(value)),
            0x18 => self.in_table = value != 0,
            0x19 => self.ends.row = value != 0,
            0x78 => self.outline = Some(value),
            _ => {}
        }
    }

    /// How many tables the paragraph stands in; Word 97 knew one at most and did not count.
    pub(super) fn table_depth(&self) -> u32 {
        if self.in_table { self.depth.unwrap_or(1).max(1) } else { 0 }
    }
}

impl RowProperties {
    fn apply(&mut self, modifier: Modifier<'_>) {
        let operand = modifier.operand;
        match modifier.code {
            0xD608 => self.define(operand),
            // sprmTMerge: the first cell of a set and the one after its last.
            0x5624 => {
                let (first, limit) = (u8_at(operand, 0).unwrap_or(0), u8_at(operand, 1).unwrap_or(0));
                for cell in first..limit {
                    self.merge(cell).sideways = if cell == first { 1 } else { 2 };
                }
            }
            // sprmTSplit: the same cells are no longer merged.
            0x5625 => {
                for cell in u8_at(operand, 0).unwrap_or(0)..u8_at(operand, 1).unwrap_or(0) {
                    self.merge(cell).sideways = 0;
                }
            }
            // sprmTVertMerge: a cell and its mark.
            0xD62B => {
                if let Some((cell, mark)) = u8_at(operand, 0).zip(u8_at(operand, 1)) {
                    self.merge(cell).continues = mark & 3 == 1;
                }
            }
            _ => {}
        }
    }

    /// Keeps what is said of this many cells; edges that are those of other cells say nothing.
    pub(super) fn fit(&mut self, cells: usize) {
        if self.edges.len() != cells + 1 {
            self.edges = Vec::new();
        }
        self.merges.truncate(cells);
        self.merges.shrink_to_fit();
    }

    /// `TDefTableOperand`: the number of cells, their edges, 20 bytes for each of the first cells.
    fn define(&mut self, operand: &[u8]) {
        let Some(cells) = u8_at(operand, 0).map(usize::from) else { return };
        self.edges = (0..=cells).map_while(|at| i16_at(operand, 1 + at * 2)).collect();
        let described = operand.get(3 + cells * 2..).unwrap_or_default().chunks_exact(20);
        let flags = described.filter_map(|cell| u16_at(cell, 0)).take(cells);
        // Bits 5 and 6: merged downwards, and the first of those that are.
        self.merges = flags.map(|flags| Merge { sideways: flags & 3, continues: flags >> 5 & 3 == 1 }).collect();
    }

    fn merge(&mut self, cell: u8) -> &mut Merge {
        let cell = usize::from(cell);
        if self.merges.len() <= cell {
            self.merges.resize(cell + 1, Merge::default());
        }
        &mut self.merges[cell]
    }
}

/// What is said of a run of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CharacterProperties {
    /// Deleted, by a tracked change.
    pub(super) deleted: bool,
    /// Hidden.
    pub(super) hidden: Toggle,
    /// The style of characters (`istd`).
    pub(super) style: Option<u16>,
    /// Font and character of a symbol.
    pub(super) symbol: Option<(u16, u16)>,
}

/// A property that may be relative to that of the style ([MS-DOC] §2.9.327, `ToggleOperand`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Toggle {
    /// As the style says.
    #[default]
    Same,
    /// The opposite of what the style says.
    Opposite,
    /// This, whatever the style says.
    Said(bool),
}

impl Toggle {
    /// The value over a style with this one.
    pub(super) fn over(self, style: bool) -> bool {
        match self {
            Self::Same => style,
            Self::Opposite => !style,
            Self::Said(said) => said,
        }
    }

    fn new(operand: u8) -> Self {
        match operand {
            0x80 => Self::Same,
            0x81 => Self::Opposite,
            said => Self::Said(said != 0),
        }
    }
}

impl CharacterProperties {
    /// Takes over what a modifier says.
    pub(super) fn apply(&mut self, modifier: Modifier<'_>) {
        let operand = modifier.operand;
        let Some(byte) = u8_at(operand, 0) else { return };
        match modifier.code {
            0x0800 => self.deleted = byte != 0,
            0x083C => self.hidden = Toggle::new(byte),
            0x4A30 => self.style = u16_at(operand, 0),
            0x6A09 => self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
            _ => {}
        }
    }

    /// Takes over the single modifier of a piece.
    pub(super) fn apply_short(&mut self, place: u8, value: u8) {
        match place {
            0x41 => self.deleted = value != 0,
            0x5C => self.hidden = Toggle::new(value),
            _ => {}
        }
    }
}
