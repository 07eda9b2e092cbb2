//! What a document says of itself in its head.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A calendar day, printed and serialised as `2021-09-08`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date {
    /// The year, four digits.
    pub year: u16,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

impl Date {
    /// A day of the calendar; none where there is no such day.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1000..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        let mut parts = written.splitn(3, '-');
        let mut part = || parts.next().and_then(|number| number.parse::<u16>().ok());
        let (year, month, day) = (part(), part(), part());
        year.zip(month)
            .zip(day)
            .and_then(|((year, month), day)| Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
            .ok_or_else(|| format!("`{written}` is not a date of the form 2021-09-08"))
    }
}

/// The head of a document, as far as it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title, broken lines rejoined; the file name's stem where the text has none.
    pub title: String,
    /// 文种: the word at the end of the title that says what kind of document it is, such as 规划, 通知, 条例.
    #[serde(default)]
    pub genre: Option<String>,
    /// 发文机关: who issued it; several of them with 、 between.
    pub issuer: Option<String>,
    /// 发文字号 as written, such as 湘政办发〔2021〕57号.
    pub document_number: Option<String>,
    /// 成文日期: the day it was signed.
    pub date: Option<Date>,
    /// 施行日期: the day from which it is in force, where the text names one.
    #[serde(default)]
    pub effective: Option<Date>,
    /// 修正, 修订: the days on which it was amended, as its head lists them.
    #[serde(default)]
    pub amended: Vec<Date>,
    /// 有效期 as written, where it is stated: 有效期至2026年12月31日, 有效期5年.
    #[serde(default)]
    pub validity: Option<String>,
    /// 主送机关: whom it is sent to, without the colon.
    pub addressee: Option<String>,
    /// The province, city or county that it applies to; 全国 for organs of the state as a whole.
    pub region: Option<String>,
}

impl Metadata {
    /// The year that the document is of: of its date, else the one in its 文号 (湘政办发〔2021〕57号), else of its coming into force.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        let numbered = || {
            let digits = self.document_number.as_deref()?.split(|character: char| !character.is_ascii_digit());
            digits.filter(|run| run.len() == 4).find_map(|run| run.parse().ok().filter(|year| (1900..2200).contains(year)))
        };
        self.date.map(|date| date.year).or_else(numbered).or_else(|| self.effective.map(|date| date.year))
    }
}

/// The file that a document was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name within the `corpus/` folder.
    pub file: String,
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of the corrections that it was read with, where there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrections: Option<String>,
}
