//! Citations: a locator made human, in the order that official documents use.
//!
//! 《湖南省“十四五”商务和开放型经济发展规划》（湘政办发〔2021〕57号）第四章 三、（四）. Other styles are made from the same parts in `export`.

use super::Document;
use super::kind::Kind;
use super::metadata::Metadata;
use super::node::{Node, NodeIndex};
use super::numbering::Form;

impl Metadata {
    /// The document as official texts name it: see [`Document::official_name`].
    #[must_use]
    pub fn official_name(&self) -> String {
        let title = quoted_title(&self.title);
        match &self.document_number {
            Some(number) => format!("{title}（{number}）"),
            None => title,
        }
    }
}

impl Document {
    /// The document as official texts name it: 《标题》（文号）; the brackets are left out where there is no number.
    #[must_use]
    pub fn official_name(&self) -> String {
        self.metadata.official_name()
    }

    /// What a node is called: number and title (第四章 推动外贸创新发展); its place among its like where it has no title (第3段).
    #[must_use]
    pub fn name_in_words(&self, index: NodeIndex) -> String {
        let Some(node) = self.node(index) else { return String::new() };
        if node.title.is_empty() {
            return self.step_in_words(node);
        }
        let apart = node.label.ends_with(|end: char| end.is_alphanumeric() || end == '.');
        format!("{}{}{}", node.label, if apart { " " } else { "" }, node.title)
    }

    /// The official citation of a node.
    #[must_use]
    pub fn citation(&self, index: NodeIndex) -> String {
        format!("{}{}", self.official_name(), self.place_in_words(index))
    }

    /// Where a node stands, in words: 第四章 三、（四）, 第十七条第二款第三项, 第一章 二、第3段.
    ///
    /// Articles count through the whole law, so that the chapter above is left out, as laws themselves do when they refer to one.
    #[must_use]
    pub fn place_in_words(&self, index: NodeIndex) -> String {
        let path: Vec<&Node> = self.path(index).into_iter().filter_map(|step| self.node(step)).collect();
        let from = path.iter().position(|node| node.kind == Kind::Article).filter(|at| !has_annex(&path[..*at])).unwrap_or(0);
        let mut words = String::new();
        for node in path.iter().skip(from) {
            let stands_apart = has_own_word(node) || words.ends_with(['章', '节', '编', '篇']);
            if stands_apart && !words.is_empty() && node.kind != Kind::Clause {
                words.push(' ');
            }
            words.push_str(&self.step_in_words(node));
        }
        // 第四章 三、 ends as 第四章 三: the mark sets the number off from what follows, and nothing does.
        words.trim_end_matches(['、', '.', '．']).to_owned()
    }

    /// The last step of [`Document::place_in_words`]: （四）, 第3段, 第三项.
    #[must_use]
    pub fn step_in_words(&self, node: &Node) -> String {
        match node.kind {
            Kind::Part | Kind::Chapter | Kind::Section | Kind::Article | Kind::Measure | Kind::Box | Kind::Annex => {
                node.label.clone()
            }
            Kind::Item | Kind::Subitem => self.item_in_words(node),
            Kind::Bullet if !node.title.is_empty() => format!("“{}{}”", node.label, node.title),
            Kind::Front | Kind::Clause | Kind::Table | Kind::Row | Kind::Bullet | Kind::Paragraph => counted_in_words(node),
        }
    }

    /// Items of a law are called 项 and 目 (立法法: 条、款、项、目); those of a plan keep the number as written.
    fn item_in_words(&self, node: &Node) -> String {
        let Some(numbering) = &node.numbering else { return node.label.clone() };
        let Some(article) = self.article_above(node) else { return node.label.clone() };
        let under_first_clause = node.parent == Some(article) && self.has_clauses(article);
        let clause = if under_first_clause { "第一款" } else { "" };
        let word = if numbering.form == Form::BracketedHan { "项" } else { "目" };
        format!("{clause}第{}{word}", han(numbering.value))
    }

    fn article_above(&self, node: &Node) -> Option<NodeIndex> {
        let mut above = node.parent;
        while let Some(index) = above {
            let node = self.node(index)?;
            if node.kind == Kind::Article {
                return Some(index);
            }
            above = node.parent;
        }
        None
    }

    fn has_clauses(&self, article: NodeIndex) -> bool {
        self.children(Some(article)).any(|(_, child)| child.kind == Kind::Clause)
    }
}

/// What a node without number and title is called, by its place among its like: 第3段, 第二款, 表1.
#[must_use]
pub fn counted_in_words(node: &Node) -> String {
    let count = node.address.0.last().map_or(0, |step| step.value);
    match node.kind {
        Kind::Front => "正文前".to_owned(),
        Kind::Clause => format!("第{}款", han(count)),
        Kind::Table if !node.label.is_empty() => node.label.clone(),
        Kind::Table => format!("表{count}"),
        Kind::Row => format!("第{count}行"),
        Kind::Bullet => format!("第{count}点"),
        Kind::Part
        | Kind::Chapter
        | Kind::Section
        | Kind::Measure
        | Kind::Item
        | Kind::Subitem
        | Kind::Article
        | Kind::Box
        | Kind::Annex
        | Kind::Paragraph => format!("第{count}段"),
    }
}

/// Articles of an annex count within the annex, which has to be named.
fn has_annex(path: &[&Node]) -> bool {
    path.iter().any(|node| node.kind == Kind::Annex)
}

/// Kinds whose name in words stands apart from what is before it.
fn has_own_word(node: &Node) -> bool {
    match node.kind {
        Kind::Part | Kind::Chapter | Kind::Box | Kind::Annex | Kind::Article => true,
        Kind::Section => node.numbering.as_ref().is_some_and(|numbering| numbering.form == Form::Section),
        Kind::Front
        | Kind::Measure
        | Kind::Item
        | Kind::Subitem
        | Kind::Clause
        | Kind::Table
        | Kind::Row
        | Kind::Bullet
        | Kind::Paragraph => false,
    }
}

/// A title between book marks; book marks inside it become single ones (GB/T 15834-2011 §4.15.3.4).
fn quoted_title(title: &str) -> String {
    let inner: String = title
        .chars()
        .map(|character| match character {
            '《' => '〈',
            '》' => '〉',
            other => other,
        })
        .collect();
    format!("《{inner}》")
}

/// A small number in Chinese numerals, as citations of laws write it: 21 is 二十一, 105 is 一百零五.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    if number >= 1000 {
        return number.to_string();
    }
    let [hundreds, tens, ones] = [number / 100, number / 10 % 10, number % 10].map(|digit| DIGITS[digit as usize % 10]);
    let mut written = String::new();
    if number >= 100 {
        written.push_str(hundreds);
        written.push('百');
    }
    match (number / 10 % 10, number % 10) {
        (0, 0) => {}
        (0, _) if number >= 100 => {
            written.push('零');
            written.push_str(ones);
        }
        (0, _) => written.push_str(ones),
        (ten, one) => {
            if ten > 1 || number >= 100 {
                written.push_str(tens);
            }
            written.push('十');
            if one > 0 {
                written.push_str(ones);
            }
        }
    }
    if written.is_empty() { "零".to_owned() } else { written }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_written_as_laws_write_them() {
        let written: Vec<_> = [1, 10, 12, 20, 21, 100, 105, 110, 120, 999].map(han).into();
        assert_eq!(written, ["一", "十", "十二", "二十", "二十一", "一百", "一百零五", "一百一十", "一百二十", "九百九十九"]);
    }

    #[test]
    fn book_marks_inside_a_title_become_single_ones() {
        assert_eq!(quoted_title("关于印发《办法》的通知"), "《关于印发〈办法〉的通知》");
    }
}
