//! The file information block: what the stream `WordDocument` says of the whole file ([MS-DOC] §2.5).
//!
//! Tells which table stream belongs to it, how long each story is, and where in the table stream each part lies. Refuses what is
//! encrypted and what Word 6 and 95 wrote, whose characters and properties lie differently.

use crate::extract::error::ExtractError;
use crate::extract::little_endian::{slice, u16_at, usize_at};

/// The name of the stream that begins with the block.
pub(super) const DOCUMENT: &str = "WordDocument";

/// What a document of Word 97 and later begins with.
const WORD_97: u16 = 0xA5EC;
/// `nFib` of the first version that is read; Word 97 writes 193, a few early ones 192; Word 95 wrote 104.
const FIRST_VERSION: u16 = 0xC0;
/// `nFib` of the first version whose documents lie in compound files.
const OLDEST_VERSION: u16 = 0x21;
/// The bytes before the three counted arrays of the block.
const FIXED: usize = 32;

/// The texts of a file, which lie one after another in the order of the block; headers, comments and boxes in headers are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Story {
    /// The document itself.
    Main,
    /// 脚注.
    Footnotes,
    /// 尾注.
    Endnotes,
    /// 文本框.
    Boxes,
}

/// A part of the table stream, by its place among the pairs of offset and length (`FibRgFcLcb97`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// `STSH`: styles.
    Styles = 1,
    /// `PlcffndRef`: where footnotes are referred to.
    FootnoteReferences = 2,
    /// `PlcffndTxt`: where each footnote begins in its story.
    FootnoteTexts = 3,
    /// `PlcfSed`: where sections end.
    Sections = 6,
    /// `PlcBteChpx`: the pages with the properties of characters.
    CharacterPages = 12,
    /// `PlcBtePapx`: the pages with the properties of paragraphs.
    ParagraphPages = 13,
    /// `SttbfFfn`: the names of fonts.
    Fonts = 15,
    /// `Clx`: where the characters lie.
    Pieces = 33,
    /// `PlcSpaMom`: where drawings hang on the document.
    Drawings = 40,
    /// `PlcfendRef`.
    EndnoteReferences = 46,
    /// `PlcfendTxt`.
    EndnoteTexts = 47,
    /// `OfficeArtContent`: which drawing is part of which.
    DrawingGroups = 50,
    /// `PlcftxbxTxt`: where each text box begins in its story.
    BoxTexts = 56,
    /// `PlfLst`: the definitions of lists.
    Lists = 73,
    /// `PlfLfo`: the lists.
    ListOverrides = 74,
}

/// The block as far as it is needed.
#[derive(Debug)]
pub(super) struct Fib<'bytes> {
    word: &'bytes [u8],
    /// The lengths of the stories (`fibRgLw`).
    counts: usize,
    /// The pairs of offset and length.
    pairs: usize,
    /// How many pairs there are.
    most: usize,
}

impl<'bytes> Fib<'bytes> {
    /// Reads the block at the beginning of the stream.
    ///
    /// # Errors
    ///
    /// Where the block is cut off, where the file is encrypted, or where an older Word wrote it.
    pub(super) fn read(word: &'bytes [u8]) -> Result<Self, ExtractError> {
        Self::found(word).ok_or_else(|| damaged(DOCUMENT))?
    }

    /// The name of the stream with the parts, and of the one to look at where a damaged file has no such stream.
    pub(super) fn table_names(&self) -> [&'static str; 2] {
        let first = self.flags() & 0x0200 == 0;
        if first { ["0Table", "1Table"] } else { ["1Table", "0Table"] }
    }

    /// The characters of a story: the first, and the one after the last.
    pub(super) fn story(&self, story: Story) -> Option<(usize, usize)> {
        // The order: main, footnotes, headers, macros (none), comments, endnotes, boxes, boxes in headers.
        let place = match story {
            Story::Main => 0,
            Story::Footnotes => 1,
            Story::Endnotes => 5,
            Story::Boxes => 6,
        };
        let length = |place: usize| usize_at(self.word, self.counts + (3 + place) * 4).filter(|length| *length <= self.word.len());
        let start = (0..place).map(length).try_fold(0usize, |sum, length| sum.checked_add(length?))?;
        Some((start, start.checked_add(length(place)?)?))
    }

    /// The bytes of a part; empty where the file has none.
    ///
    /// # Errors
    ///
    /// Where the part goes past the end of the table stream.
    pub(super) fn part<'table>(&self, table: &'table [u8], part: Part) -> Result<&'table [u8], ExtractError> {
        Ok(self.part_and_rest(table, part)?.0)
    }

    /// The same with all that follows it in the table stream; some parts have a second half there that the length leaves out.
    ///
    /// # Errors
    ///
    /// As [`Self::part`].
    pub(super) fn part_and_rest<'table>(
        &self,
        table: &'table [u8],
        part: Part,
    ) -> Result<(&'table [u8], &'table [u8]), ExtractError> {
        let place = part as usize;
        let at = self.pairs + place * 8;
        let pair = usize_at(self.word, at).zip(usize_at(self.word, at + 4)).filter(|_| place < self.most);
        match pair {
            None | Some((_, 0)) => Ok((&[], &[])),
            Some((start, length)) => {
                let own = slice(table, start, length).ok_or_else(|| damaged(self.table_names()[0]))?;
                Ok((own, table.get(start + length..).unwrap_or_default()))
            }
        }
    }

    fn flags(&self) -> u16 {
        u16_at(self.word, 0x0A).unwrap_or_default()
    }

    fn found(word: &'bytes [u8]) -> Option<Result<Self, ExtractError>> {
        let (signature, version) = (u16_at(word, 0)?, u16_at(word, 2)?);
        // Word 6 and 95 had signatures of their own, and those for East Asia others again.
        if (OLDEST_VERSION..FIRST_VERSION).contains(&version) {
            let (english, chinese) = ("a Word 6 or Word 95 document", " Word 6 或 Word 95 文档");
            return Some(Err(ExtractError::Unsupported { english, chinese }));
        }
        if signature != WORD_97 || version < FIRST_VERSION {
            return None;
        }
        let words = usize::from(u16_at(word, FIXED)?);
        let longs_at = FIXED + 2 + words * 2;
        let longs = usize::from(u16_at(word, longs_at)?);
        let pairs_at = longs_at + 2 + longs * 4;
        let most = usize::from(u16_at(word, pairs_at)?);
        let fib = Self { word, counts: longs_at + 2, pairs: pairs_at + 2, most };
        // Bit 8 is set for all three ways of encryption: XOR, RC4, CryptoAPI.
        if fib.flags() & 0x0100 != 0 {
            return Some(Err(ExtractError::Encrypted));
        }
        Some(Ok(fib)).filter(|_| most > Part::Pieces as usize)
    }
}

/// A stream that does not hold what it should.
pub(super) fn damaged(stream: &str) -> ExtractError {
    ExtractError::DamagedPart { part: stream.to_owned(), at: None }
}
