//! Lines of a head (GB/T 9704-2012 §7.2–7.3): 发文字号, 成文日期, 主送机关, notes in brackets, title lines.
//!
//! Each function looks at one line and says whether it is such a line; none knows where the line stands.

use crate::document::metadata::Date;
use crate::text::numeral;

use super::line::{compact, is_space};

/// A 发文字号 taken apart: 湘政办发, 2021, 57.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DocumentNumber {
    /// As written, white space left out.
    pub(super) written: String,
    /// 机关代字.
    pub(super) agency: String,
    /// The year; none for orders (国令第707号).
    pub(super) year: Option<u32>,
    /// The running number.
    pub(super) serial: u32,
}

/// Words that titles of official documents end with.
const GENRES: [&str; 45] = [
    "通知", "意见", "规划", "纲要", "办法", "决定", "方案", "条例", "法", "报告", "函", "复函", "批复", "公告", "通告", "规定",
    "细则", "命令", "令", "通报", "决议", "公报", "议案", "纪要", "计划", "规则", "章程", "指南", "标准", "规范", "措施", "要点",
    "预案", "制度", "目录", "解释", "答复", "准则", "规程", "守则", "清单", "法典", "要求", "安排", "说明",
];

/// The longest line of a title; a longer one is running text.
const LONGEST_TITLE_LINE: usize = 80;

/// 湘政办发〔2021〕57号, 国令第707号; alone on its line, but for white space.
pub(super) fn document_number(line: &str) -> Option<DocumentNumber> {
    if line.chars().count() > 40 {
        return None;
    }
    let written = compact(line);
    let body = written.strip_suffix('号')?;
    let bracketed = body.split_once(['〔', '[', '（', '(', '［', '【', '﹝']).and_then(|(agency, rest)| {
        let (year, serial) = rest.split_once(['〕', ']', '）', ')', '］', '】', '﹞'])?;
        Some((agency, Some(numeral::value(year).filter(|year| (1900..2200).contains(year))?), serial))
    });
    let (agency, year, serial) = bracketed.or_else(|| body.split_once('第').map(|(agency, serial)| (agency, None, serial)))?;
    let serial = numeral::value(serial.strip_prefix('第').unwrap_or(serial))?;
    let plain = !agency.is_empty() && !agency.contains(['，', '。', '：', '《', '》', '、']) && agency.chars().count() <= 16;
    let named = year.is_some() || agency.ends_with('令');
    (plain && named).then(|| DocumentNumber { agency: agency.to_owned(), year, serial, written: written.clone() })
}

/// A line that is one date: 2021年9月8日, 二〇二一年九月八日.
pub(super) fn date_line(line: &str) -> Option<Date> {
    if line.chars().count() > 40 {
        return None;
    }
    let (date, rest) = date_at_start(&compact(line))?;
    rest.is_empty().then_some(date)
}

/// The first date within a line.
pub(super) fn first_date(line: &str) -> Option<Date> {
    let line = compact(line);
    let mut at_numeral = true;
    line.char_indices().find_map(|(at, character)| {
        let digit = numeral::arabic_digit(character).or_else(|| numeral::han_digit(character)).is_some();
        let begins = digit && at_numeral;
        at_numeral = !digit;
        begins.then(|| date_at_start(line.get(at..)?)).flatten().map(|(date, _)| date)
    })
}

fn date_at_start(text: &str) -> Option<(Date, String)> {
    let mut rest = text;
    let mut part = |unit: char| {
        let numeral = numeral::leading(rest)?;
        rest = rest.get(numeral.len..)?.strip_prefix(unit)?;
        Some(numeral.value)
    };
    let (year, month, day) = (part('年')?, part('月')?, part('日')?);
    let date = Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some((date, rest.to_owned()))
}

/// 各市州、县市区人民政府，省政府各厅委、各直属机构： — whom it is sent to, without the colon.
pub(super) fn addressee(line: &str) -> Option<&str> {
    const ADDRESSED: [&str; 16] =
        ["人民政府", "部委", "直属", "部门", "单位", "同志", "代表", "委员会", "厅", "局", "公司", "省", "市", "县", "院", "机构"];
    let name = line.strip_suffix(['：', ':'])?.trim_end_matches(is_space);
    let plain = !name.contains(['。', '；', '《', '“', '：']) && !name.starts_with("索") && name.chars().count() <= 200;
    let verb = ["如下", "下列", "以下", "包括", "根据", "提出", "要求", "目标"].iter().any(|word| name.contains(word));
    (plain && !verb && ADDRESSED.iter().any(|word| name.contains(word))).then_some(name)
}

/// （此件公开发布）, （2019年3月15日……通过）, （试行）.
pub(super) fn note(line: &str) -> bool {
    line.starts_with(['（', '(']) && line.ends_with(['）', ')'])
}

/// （此件公开发布）, (此件主动公开).
pub(super) fn release_note(line: &str) -> bool {
    let line = compact(line);
    line.contains("此件") && line.contains("公开") && line.chars().count() <= 20
}

/// 2019年3月15日第十三届全国人民代表大会第二次会议通过: when a law was adopted, amended or put in force.
pub(super) fn adoption(line: &str) -> bool {
    const ACTS: [&str; 9] = ["通过", "修订", "修正", "公布", "发布", "施行", "批准", "修改", "会议"];
    let bare = line.trim_start_matches(['（', '(', '—']);
    let dated = bare.starts_with(|first| numeral::arabic_digit(first).or_else(|| numeral::han_digit(first)).is_some());
    dated && first_date(bare).is_some() && ACTS.iter().any(|act| line.contains(act)) && !line.ends_with('。')
}

/// 为深入贯彻落实……的决策部署，: the first words of a body, which no title begins with.
pub(super) fn states_purpose(line: &str) -> bool {
    const PURPOSES: [&str; 6] = ["贯彻", "落实", "加快", "进一步", "规范", "推动"];
    line.starts_with('为') && PURPOSES.iter().any(|purpose| line.contains(purpose))
}

/// 目录, 目  次.
pub(super) fn contents_title(line: &str) -> bool {
    line.chars().count() <= 12 && matches!(compact(line).as_str(), "目录" | "目次" | "目錄")
}

/// Whether a line can be part of a title or stand beside it: short, no sentence.
pub(super) fn title_like(line: &str) -> bool {
    !line.is_empty()
        && line.chars().take(LONGEST_TITLE_LINE + 1).count() <= LONGEST_TITLE_LINE
        && !line.contains(['。', '；', '！', '？'])
        && !line.ends_with(['，', '：', ':'])
}

/// Whether a title can end here: 关于……的通知, ……规划（试行）.
pub(super) fn ends_title(line: &str) -> bool {
    genre(line).is_some()
}

/// 文种: the word that a title ends with, remarks like （试行） left out; the longest of those that fit.
pub(super) fn genre(line: &str) -> Option<&'static str> {
    let mut line = line.trim_end_matches(is_space);
    if let Some((before, inside)) = line.strip_suffix(['）', ')']).and_then(|open| open.rsplit_once(['（', '(']))
        && inside.chars().count() <= 12
    {
        line = before.trim_end_matches(is_space);
    }
    let line = line.trim_end_matches(['》', '”']);
    let spaced = compact(line);
    GENRES.iter().filter(|genre| spaced.ends_with(**genre)).max_by_key(|genre| genre.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_are_taken_apart() {
        for (line, agency, year, serial) in [
            ("湘政办发〔2021〕57号", "湘政办发", Some(2021), 57),
            ("国 发 [2019] 4 号", "国发", Some(2019), 4),
            ("济工信装备字〔2022〕1号", "济工信装备字", Some(2022), 1),
            ("中华人民共和国国务院令第707号", "中华人民共和国国务院令", None, 707),
        ] {
            let number = document_number(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((number.agency.as_str(), number.year, number.serial), (agency, year, serial));
        }
        for line in ["", "57号", "根据国发〔2019〕4号，制定本方案", "国发〔2019〕号", "第3号", "〔2019〕4号"]
        {
            assert_eq!(document_number(line), None, "{line}");
        }
    }

    #[test]
    fn dates_are_read_in_both_scripts() {
        let day = Date::new(2021, 9, 8);
        for line in ["2021年9月8日", "2021 年 9 月 8 日", "二〇二一年九月八日", "二○二一年九月八日", "２０２１年９月８日"]
        {
            assert_eq!(date_line(line), day, "{line}");
        }
        assert_eq!(date_line("2021年9月8日印发"), None);
        assert_eq!(first_date("（2021年9月8日第十三届会议通过）"), day);
        assert_eq!(first_date("2021年2月30日"), None);
    }

    #[test]
    fn addressees_end_with_a_colon() {
        assert_eq!(addressee("各市州人民政府，省直各单位："), Some("各市州人民政府，省直各单位"));
        assert_eq!(addressee("各单位要做好以下工作："), None);
        assert_eq!(addressee("发文机关"), None);
    }

    #[test]
    fn titles_end_with_a_genre() {
        for line in ["经济发展规划》的通知", "管理办法（试行）", "国 务 院 工 作 规 则", "外商投资法"]
        {
            assert!(ends_title(line), "{line}");
        }
        assert!(!ends_title("关于印发《湖南省“十四五”商务和开放型"));
    }
}
