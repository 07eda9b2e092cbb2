//! Numbers as official documents write them: GB/T 9704-2012 §7.3.3 (一、（一）1.（1）) and the 编章节条 of laws.

use serde::{Deserialize, Serialize};

/// The form in which a number is written; it tells the rank of what it numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// 第一编, 第一篇, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条, 第一百二十条之一.
    Article,
    /// 一、
    Han,
    /// （一）
    BracketedHan,
    /// 1. or 1、
    Arabic,
    /// （1）
    BracketedArabic,
    /// ①
    Circled,
    /// 1.1, 1.1.1: the number of steps is in `depth`.
    Decimal {
        /// How many numbers stand between the points: 2 for 1.1.
        depth: u8,
    },
    /// 附件1
    Annex,
    /// 专栏1
    Box,
}

/// One written number: its form, its value and the characters that stood there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbering {
    /// How it is written.
    pub form: Form,
    /// Its value, from 1; the last step of a decimal number.
    pub value: u32,
    /// The number after 之 (第一百二十条之一 gives 1), 0 where there is none.
    pub insertion: u32,
    /// The number as written, without the space around it: `第四章`, `（四）`, `1.`.
    pub label: String,
}
