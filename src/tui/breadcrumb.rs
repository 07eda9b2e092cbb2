//! The breadcrumb: where a node stands, in the words of the document, shortened to the columns there are.
//!
//! 第四章 推动外贸创新发展 › 三、积极发展外贸新业态 › （四）探索推进易货贸易试点. Where room is short the titles of the outer
//! steps go first, then the end of the innermost step, and at last the outer steps.

use crate::document::Document;
use crate::document::citation::counted_in_words;
use crate::document::node::{Node, NodeIndex};
use crate::text::safe::safe_line;
use crate::text::width::{Ambiguous, columns, truncate};

/// What stands between two steps.
const BETWEEN: &str = " › ";

/// The columns left to an outer step without a number.
const SHORT: usize = 12;
/// The columns that the innermost step has at least, if it wants them: outer steps go before it gets less.
const INNERMOST: usize = 12;

/// The breadcrumb of a node in at most `room` columns.
#[must_use]
pub fn breadcrumb(document: &Document, node: NodeIndex, room: usize, ambiguous: Ambiguous) -> String {
    breadcrumb_below(document, (node, 0), room, ambiguous)
}

/// The same without so many of the outermost steps.
#[must_use]
pub fn breadcrumb_below(document: &Document, (node, below): (NodeIndex, usize), room: usize, ambiguous: Ambiguous) -> String {
    let path = document.path(node);
    let left_out = below.min(path.len().saturating_sub(1));
    let steps: Vec<_> = path.into_iter().skip(left_out).filter_map(|step| document.node(step)).collect();
    let mut shown: Vec<_> = steps.iter().map(|node| step_name(node)).collect();
    let fits = |shown: &[String]| columns(&shown.join(BETWEEN), ambiguous) <= room;
    let outer = shown.len().saturating_sub(1);
    for (step, node) in steps.iter().enumerate().take(outer) {
        if fits(&shown) {
            break;
        }
        if let Some(name) = shown.get_mut(step) {
            *name = short_name(node, ambiguous);
        }
    }
    let mut lead = "";
    while let [outer @ .., inner] = shown.as_slice()
        && !outer.is_empty()
    {
        let before = columns(&format!("{lead}{}{BETWEEN}", outer.join(BETWEEN)), ambiguous);
        if before + columns(inner, ambiguous).min(INNERMOST) <= room {
            break;
        }
        shown.remove(0);
        lead = "… › ";
    }
    let lead = if room > SHORT { lead } else { "" };
    truncate(&format!("{lead}{}", shown.join(BETWEEN)), room, ambiguous).into_owned()
}

/// The number and title of a node, or what it is called where it has neither: 第3段, 表1.
#[must_use]
pub fn step_name(node: &Node) -> String {
    let label = safe_line(&node.label);
    let title = safe_line(&node.title);
    let joins = label.is_empty() || title.is_empty() || label.ends_with(['、', '）', ')', '—', '．', '.', '·']);
    let name = if joins { format!("{label}{title}") } else { format!("{label} {title}") };
    if name.trim().is_empty() { counted_in_words(node) } else { name }
}

/// The number alone, or a few characters of what has none.
fn short_name(node: &Node, ambiguous: Ambiguous) -> String {
    let name = step_name(node);
    let label = if node.numbering.is_some() { node.label.trim_end_matches('、') } else { "" };
    if label.is_empty() { truncate(&name, SHORT, ambiguous).into_owned() } else { safe_line(label).into_owned() }
}
