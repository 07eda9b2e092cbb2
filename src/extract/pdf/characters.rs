//! What a glyph stands for, in the characters that people type.
//!
//! Fonts say what their glyphs stand for, but the programs that write PDF files choose among characters that look the same: 方 as the
//! radical ⽅, which nobody finds who searches for 方. Control characters are not printed and stand for nothing.

use hayro_interpret::font::{Glyph, PositionedGlyph};
use hayro_interpret::hayro_cmap::BfString;

use super::encodings::Encodings;

/// Stands where a glyph has a shape but no known character.
pub(super) const UNKNOWN: &str = "\u{FFFD}";

/// The ideographs of the Kangxi radicals U+2F00–U+2FD5, in order (Unicode, compatibility decompositions).
const RADICALS: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生\
    用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The ideographs of other radicals (U+2E80–U+2EF3) that fonts confuse with them; only the forms used in simplified Chinese.
const OTHER_RADICALS: [(char, char); 34] = [
    ('⺟', '母'),
    ('⺠', '民'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻉', '贝'),
    ('⻋', '车'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻬', '齐'),
    ('⻮', '齿'),
    ('⻰', '龙'),
    ('⻳', '龟'),
    ('⺁', '厂'),
    ('⺇', '几'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '尢'),
    ('⺗', '心'),
];

/// The characters of a glyph; empty for one that is not printed, [`UNKNOWN`] for one of no known character.
pub(super) fn characters(glyph: &PositionedGlyph<'_>, encodings: &Encodings) -> String {
    match glyph.as_unicode().or_else(|| collected(glyph, encodings)) {
        Some(BfString::Char(character)) => typed(character).into_iter().collect(),
        Some(BfString::String(characters)) => characters.chars().filter_map(typed).collect(),
        None if is_blank(glyph) => " ".to_owned(),
        None => UNKNOWN.to_owned(),
    }
}

/// What a glyph stands for by the collection of its font.
fn collected(glyph: &PositionedGlyph<'_>, encodings: &Encodings) -> Option<BfString> {
    let Glyph::Outline(outline) = &**glyph else { return None };
    encodings.characters(outline.font_data()?.postscript_name.as_deref()?, outline.char_code())
}

/// Whether a glyph leaves no ink: a space, whatever its name.
fn is_blank(glyph: &PositionedGlyph<'_>) -> bool {
    match &**glyph {
        Glyph::Outline(outline) => outline.outline().elements().is_empty(),
        Glyph::Type3(_) => false,
    }
}

/// The character that people type for this one.
fn typed(character: char) -> Option<char> {
    match character {
        '\u{2F00}'..='\u{2FD5}' => RADICALS.chars().nth(character as usize - 0x2F00),
        '\u{2E80}'..='\u{2EF3}' => {
            let other = OTHER_RADICALS.iter().find(|(radical, _)| *radical == character);
            Some(other.map_or(character, |(_, ideograph)| *ideograph))
        }
        '\t' | '\u{A0}' => Some(' '),
        // A hyphen that was put in where a word is broken is printed as one.
        '\u{AD}' => Some('-'),
        '\u{FEFF}' | '\u{200B}'..='\u{200F}' => None,
        character if character.is_control() => None,
        character => Some(character),
    }
}
