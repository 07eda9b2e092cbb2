//! Properties: what modifiers (`sprm`, [MS-DOC] §2.6) say of paragraphs, characters and rows of tables.
//!
//! Takes lists of modifiers as they lie in the file. Only what tells text and structure is kept: style, list, outline, table; deleted,
//! hidden, symbol.

use crate::extract::little_endian::{i16_at, u8_at, u16_at, u32_at, usize_at};

use super::modifiers::{Modifier, code};

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
            code::STYLE => self.style = u16_at(operand, 0).unwrap_or_default(),
            code::LIST_LEVEL => self.list_level = Some(usize::from(byte)),
            code::LIST => self.list = u16_at(operand, 0),
            code::OUTLINE => self.outline = Some(byte),
            code::IN_TABLE => self.in_table = byte != 0,
            code::ROW_END => self.ends.row = byte != 0,
            code::INNER_CELL_END => self.ends.inner_cell = byte != 0,
            code::INNER_ROW_END => self.ends.inner_row = byte != 0,
            code::DEPTH => self.depth = u32_at(operand, 0),
            code::DEEPER => self.depth = self.depth.zip(u32_at(operand, 0)).map(|(depth, more)| depth.wrapping_add(more)),
            code::OLD_HUGE | code::HUGE | code::TABLE_PROPERTIES => self.elsewhere = usize_at(operand, 0),
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
            code::ROW => self.define(operand),
            // The first cell of a set and the one after its last.
            code::MERGE => {
                let (first, limit) = (u8_at(operand, 0).unwrap_or(0), u8_at(operand, 1).unwrap_or(0));
                for cell in first..limit {
                    self.merge(cell).sideways = if cell == first { 1 } else { 2 };
                }
            }
            // The same cells are no longer merged.
            code::SPLIT => {
                for cell in u8_at(operand, 0).unwrap_or(0)..u8_at(operand, 1).unwrap_or(0) {
                    self.merge(cell).sideways = 0;
                }
            }
            // A cell and its mark.
            code::MERGE_DOWN => {
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
            code::DELETED => self.deleted = byte != 0,
            code::HIDDEN => self.hidden = Toggle::new(byte),
            code::STYLE_OF_CHARACTERS => self.style = u16_at(operand, 0),
            code::SYMBOL => self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
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
