//! The operators of the query language: one table.
//!
//! A row says how an operator is written, what it does and what is built of it. The parser looks its signs and field names up here;
//! the help, the page `docs/query.md` and the completions ([`super::guide`]) are made from the same rows. A new operator is a row, a
//! variant of [`Build`] where none fits, and an arm where the compiler then points.

use super::clause::{Filter, Part, Reach};
use super::value;

/// The signs between two alternatives.
pub(super) const EITHER: [char; 2] = ['|', '｜'];

/// The word between two alternatives, upper case and standing alone.
pub(super) const EITHER_WORD: &str = "OR";

/// The signs before what must not be there.
pub(super) const NOT: [char; 2] = ['-', '－'];

/// What encloses an exact string.
pub(super) const QUOTES: [(char, char); 5] = [('“', '”'), ('"', '"'), ('「', '」'), ('『', '』'), ('＂', '＂')];

/// What encloses a group.
pub(super) const BRACKETS: [(char, char); 2] = [('(', ')'), ('（', '）')];

/// The signs between the name of a field and its value.
pub(super) const COLONS: [char; 2] = [':', '：'];

/// One phrase in both languages of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase {
    /// For Chinese readers.
    pub chinese: &'static str,
    /// The same in English.
    pub english: &'static str,
}

/// One operator.
#[derive(Debug, Clone, Copy)]
pub struct Operator {
    /// The name of a field, without its colon; none where signs are written instead. Small letters.
    pub name: Option<Phrase>,
    /// An example of how it is written.
    pub syntax: Phrase,
    /// What it does.
    pub does: Phrase,
    /// What is built of it.
    pub build: Build,
}

/// What is built of an operator and of what is written with it.
#[derive(Debug, Clone, Copy)]
pub enum Build {
    /// White space: all of them.
    All,
    /// Quotation marks: one exact term.
    Exact,
    /// A sign between: at least one of them.
    Either,
    /// A sign before: not this.
    Not,
    /// Brackets: one clause of what is inside.
    Group,
    /// A field whose value is a clause about one part of the unit.
    In(Part),
    /// A field with values, each of which gives filters of which one must fit; none where the value cannot be read.
    Only(fn(&str) -> Vec<Filter>),
    /// A field with a group of terms that stand close to one another.
    Near(Reach),
    /// The same with a number of characters at the end of the name.
    Within(fn(u32) -> Reach),
}

const fn phrase(chinese: &'static str, english: &'static str) -> Phrase {
    Phrase { chinese, english }
}

const fn sign(syntax: Phrase, does: Phrase, build: Build) -> Operator {
    Operator { name: None, syntax, does, build }
}

const fn field(name: Phrase, syntax: Phrase, does: Phrase, build: Build) -> Operator {
    Operator { name: Some(name), syntax, does, build }
}

/// Every operator, in the order in which people learn them.
pub static OPERATORS: &[Operator] = &[
    sign(
        phrase("外贸 企业", "外贸 企业"),
        phrase("空格（全角亦可）：各词都要出现", "white space: all the words must occur"),
        Build::All,
    ),
    sign(
        phrase("“外贸 企业”", "\"外贸 企业\""),
        phrase("引号（“” \"\" 「」 『』）：按原样查", "quotation marks (“” \"\" 「」 『』): exactly this"),
        Build::Exact,
    ),
    sign(
        phrase("电商|电子商务", "电商 OR 电子商务"),
        phrase("| 或 OR：任一出现；先于空格结合", "| or OR: either of them; binds tighter than white space"),
        Build::Either,
    ),
    sign(phrase("外贸 -农产品", "外贸 -农产品"), phrase("词前加 -：不得出现", "- before a word: must not occur"), Build::Not),
    sign(
        phrase("外贸 (农村 电商|易货)", "外贸 (农村 电商|易货)"),
        phrase("括号（全角亦可）：先算括号内", "brackets: what is inside comes first"),
        Build::Group,
    ),
    field(
        phrase("标题", "title"),
        phrase("标题:(电商|易货)", "title:(电商|易货)"),
        phrase("只在标题中查", "only in the titles of units"),
        Build::In(Part::Title),
    ),
    field(
        phrase("正文", "body"),
        phrase("正文:电商", "body:电商"),
        phrase("只在标题以外的文字中查", "only in what is not a title"),
        Build::In(Part::Body),
    ),
    field(
        phrase("章", "chapter"),
        phrase("章:第四章|附则", "chapter:第四章|附则"),
        phrase("在编号或标题含此文字的章节之下", "below a heading whose number or title holds this"),
        Build::Only(value::headings),
    ),
    field(
        phrase("在", "in"),
        phrase("在:4.3", "in:第四章三"),
        phrase("在此位置之内（4.3、第四章、57号……）", "within the place at this address (4.3, 第四章, 57号…)"),
        Build::Only(value::places),
    ),
    field(
        phrase("文件", "document"),
        phrase("文件:自由贸易试验区", "document:自由贸易试验区"),
        phrase("文件标题含此文字", "the document's title holds this"),
        Build::Only(value::documents),
    ),
    field(
        phrase("文号", "number"),
        phrase("文号:湘政办发", "number:湘政办发"),
        phrase("文号含此文字", "the document's number (文号) holds this"),
        Build::Only(value::numbers),
    ),
    field(
        phrase("发文", "issuer"),
        phrase("发文:商务厅|财政厅", "issuer:商务厅|财政厅"),
        phrase("发文机关含此文字", "the issuer's name holds this"),
        Build::Only(value::issuers),
    ),
    field(
        phrase("年", "year"),
        phrase("年:2019-2021", "year:2019|2021"),
        phrase(
            "文件年份：2021、2019|2021、2019-2021、2019..2021、2019-",
            "the document's year: 2021, 2019|2021, 2019-2021, 2019..2021, 2019-",
        ),
        Build::Only(value::years),
    ),
    field(
        phrase("地区", "region"),
        phrase("地区:湖南|湖北", "region:湖南|湖北"),
        phrase("文件适用的地区", "the region that the document applies to"),
        Build::Only(value::regions),
    ),
    field(
        phrase("类", "genre"),
        phrase("类:规划|条例", "genre:规划|条例"),
        phrase("文种（规划、通知、条例……）", "the kind of document (规划, 通知, 条例…)"),
        Build::Only(value::genres),
    ),
    field(
        phrase("同段", "para"),
        phrase("同段:(电商 农村)", "para:(电商 农村)"),
        phrase("各词在同一段", "all the words in one paragraph"),
        Build::Near(Reach::Paragraph),
    ),
    field(
        phrase("同句", "sentence"),
        phrase("同句:(电商 农村)", "sentence:(电商 农村)"),
        phrase("各词在同一句", "all the words in one sentence"),
        Build::Near(Reach::Sentence),
    ),
    field(
        phrase("近", "near"),
        phrase("近10:(电商 农村)", "near10:(电商 农村)"),
        phrase("相邻两词间隔不超过 10 字，次序不限", "with at most 10 characters between neighbours, in any order"),
        Build::Within(Reach::Characters),
    ),
];

/// The most digits of a distance.
const MOST_DIGITS: usize = 4;

impl Operator {
    /// Its names with the colon, as they are typed; none where it has no name. A distance stands between the name and the colon.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        let number = if matches!(self.build, Build::Within(_)) { "10" } else { "" };
        let names = self.name.into_iter().flat_map(|name| [name.chinese, name.english]);
        names.map(|name| format!("{name}{number}:")).collect()
    }
}

/// The field of this name (either language, any case), the distance in it resolved.
pub(super) fn named(name: &str) -> Option<Build> {
    let name = name.to_lowercase();
    let (letters, digits) = name.split_at_checked(name.trim_end_matches(|last: char| last.is_ascii_digit()).len())?;
    OPERATORS.iter().find_map(|operator| {
        let written = operator.name?;
        let same = |name: &str| written.chinese == name || written.english == name;
        match operator.build {
            Build::Within(reach) if same(letters) && (1..=MOST_DIGITS).contains(&digits.len()) => {
                Some(Build::Near(reach(digits.parse().ok()?)))
            }
            Build::Within(_) => None,
            Build::All
            | Build::Exact
            | Build::Either
            | Build::Not
            | Build::Group
            | Build::In(_)
            | Build::Only(_)
            | Build::Near(_) => same(&name).then_some(operator.build),
        }
    })
}

/// The closing mark of a pair that opens with this character.
pub(super) fn closing(pairs: &[(char, char)], opening: char) -> Option<char> {
    pairs.iter().find(|(open, _)| *open == opening).map(|(_, close)| *close)
}
