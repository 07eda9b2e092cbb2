//! How deep the elements of a page may lie in each other.
//!
//! The work of html5ever grows with the square of the depth, and a page of nothing but `<div>` would keep it busy for hours; real
//! pages stay below a hundred. The tags are counted before the page is parsed, and the tree is measured after it.

use std::collections::HashMap;

use scraper::Html;

use super::super::error::ExtractError;

/// Elements that have no end or whose end browsers supply: they do not pile up.
const CLOSED_BY_THEMSELVES: [&str; 29] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "br", "hr", "img", "input", "meta",
    "link", "area", "base", "col", "embed", "source", "track", "wbr", "param", "frame", "html", "body",
];
/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// Refuses a page whose tags pile up too deep.
pub(super) fn check_source(source: &str, deepest: usize) -> Result<(), ExtractError> {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut rest) = (0usize, source);
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let (closes, named) = tag.strip_prefix('/').map_or((false, tag), |closed| (true, closed));
        let name: String = named.chars().take(16).take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if name.is_empty() || CLOSED_BY_THEMSELVES.contains(&name.as_str()) {
            continue;
        }
        if !closes && RAW.contains(&name.as_str()) {
            let end = rest.match_indices("</").find(|(at, _)| closes_raw(rest, *at, &name));
            rest = end.and_then(|(at, _)| rest.get(at + 2..)).unwrap_or_default();
            continue;
        }
        let count = open.entry(name).or_default();
        if !closes {
            *count += 1;
            depth += 1;
        } else if *count > 0 {
            *count -= 1;
            depth -= 1;
        }
        if depth > deepest {
            return Err(ExtractError::TooDeep { limit: deepest });
        }
    }
    Ok(())
}

fn closes_raw(text: &str, at: usize, name: &str) -> bool {
    text.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
}

/// Refuses a page whose tree is deeper than its tags let expect.
pub(super) fn check_tree(page: &Html, deepest: usize) -> Result<(), ExtractError> {
    let mut pending = vec![(page.root_element(), 1)];
    while let Some((element, depth)) = pending.pop() {
        if depth > deepest.saturating_mul(2) {
            return Err(ExtractError::TooDeep { limit: deepest });
        }
        pending.extend(element.child_elements().map(|child| (child, depth + 1)));
    }
    Ok(())
}
