//! What a page says of the document on it: the meta tags of government sites (`ArticleTitle`) and the box above the text with
//! 发文机关, 成文日期, 标题 and 发文字号.

use scraper::{ElementRef, Html};

use super::super::Hints;

/// The text of a label or value is at most so long; so many parts of an element are looked at.
const LONGEST: usize = 200;
const MOST_PARTS: usize = 64;

/// Reads the hints; the box is believed before the meta tags, and those before the title of the window.
pub(super) fn hints(page: &Html) -> Hints {
    let mut hints = Hints::default();
    let mut window = None;
    for element in page.root_element().descendent_elements() {
        match element.value().name() {
            "td" | "th" | "dt" | "dd" | "li" | "p" | "span" | "b" | "strong" | "label" | "div" | "em" => pair(element, &mut hints),
            "title" if window.is_none() => window = Some(text(element)),
            _ => {}
        }
    }
    let title = meta(page, &["ArticleTitle", "og:title"]).or_else(|| window.map(|title| without_site(&title)));
    hints.title = hints.title.or(title).filter(|title| !title.is_empty());
    hints
}

/// 发文字号：国发〔2019〕4号, in one element or in two beside each other.
fn pair(element: ElementRef<'_>, hints: &mut Hints) {
    let text = text(element);
    let Some((label, value)) = text.split_once(['：', ':']) else { return };
    let label: String = label.chars().filter(|character| !character.is_whitespace()).collect();
    let field = match label.trim_matches(['[', ']', '【', '】']) {
        "标题" | "名称" | "信息名称" => &mut hints.title,
        "发文机关" | "发布机构" | "发文单位" | "发文机构" => &mut hints.issuer,
        "发文字号" | "文号" | "文件编号" => &mut hints.document_number,
        "成文日期" | "生成日期" | "发文日期" => &mut hints.date,
        _ => return,
    };
    let mut value = value.trim().to_owned();
    if value.is_empty() {
        value = next(element).map(self::text).unwrap_or_default();
    }
    // A value with a label in it is the next row of a list: this one was left empty.
    if field.is_none() && !value.is_empty() && !value.contains('：') {
        *field = Some(value);
    }
}

/// The element after this one.
fn next(element: ElementRef<'_>) -> Option<ElementRef<'_>> {
    element.next_siblings().take(MOST_PARTS).find_map(ElementRef::wrap)
}

/// The beginning of an element's text, white space collapsed.
fn text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for part in element.descendants().take(MOST_PARTS).filter_map(|part| part.value().as_text().map(|text| &**text)) {
        text.push_str(part);
        if text.len() > LONGEST * 4 {
            return String::new();
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() > LONGEST { String::new() } else { text }
}

fn meta(page: &Html, names: &[&str]) -> Option<String> {
    let tags = page.root_element().descendent_elements().filter(|element| element.value().name() == "meta");
    let named = tags.filter(|tag| {
        let name = tag.attr("name").or_else(|| tag.attr("property")).unwrap_or_default();
        names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted))
    });
    named.filter_map(|tag| tag.attr("content")).map(|content| content.trim().to_owned()).find(|content| !content.is_empty())
}

/// `国务院关于……的通知_政府信息公开专栏`: the title of a window names the site after the document.
fn without_site(title: &str) -> String {
    let end = title.find(['_', '|']).or_else(|| title.find(" - ")).or_else(|| title.find("--")).unwrap_or(title.len());
    title.get(..end).unwrap_or(title).trim().to_owned()
}
