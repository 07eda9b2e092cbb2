//! Where on a page the document stands, among menus, buttons and footers.
//!
//! Sites of governments run on a few systems, and each puts the text of a document into an element of a known name. Where none is
//! there, the way goes down from `<body>` as long as a single child holds nearly all of the text that is not links.

use scraper::{ElementRef, Html, Node};

/// The name of an element that holds documents: an id or a class.
enum Name {
    Id(&'static str),
    Class(&'static str),
}

/// The particular before the general, as a page may have several of them inside each other.
const KNOWN: [Name; 21] = [
    Name::Id("UCAP-CONTENT"),
    Name::Class("pages_content"),
    Name::Class("TRS_UEDITOR"),
    Name::Class("TRS_Editor"),
    Name::Class("trs_editor_view"),
    Name::Id("zoom"),
    Name::Id("Zoom"),
    Name::Id("zoomcon"),
    Name::Id("js_content"),
    Name::Id("NewsContent"),
    Name::Class("Custom_UnionStyle"),
    Name::Class("article-content"),
    Name::Class("article_content"),
    Name::Class("article-con"),
    Name::Class("news_content"),
    Name::Class("xxgk_content"),
    Name::Class("view"),
    Name::Id("article"),
    Name::Class("article"),
    Name::Id("content"),
    Name::Class("content"),
];

/// An element with fewer visible characters holds no document.
const SHORTEST: usize = 20;
/// Per cent of the running text that a child must hold for the way to go on to it.
const NEARLY_ALL: usize = 80;

/// The element that holds the document.
pub(super) fn find(page: &Html) -> ElementRef<'_> {
    let root = page.root_element();
    KNOWN.iter().find_map(|name| known(root, name)).unwrap_or_else(|| densest(root))
}

/// The first of the elements of this name that has text.
fn known<'page>(root: ElementRef<'page>, name: &Name) -> Option<ElementRef<'page>> {
    let mut named = root.descendent_elements().filter(|element| match name {
        Name::Id(id) => element.value().id() == Some(*id),
        Name::Class(class) => element.value().classes().any(|own| own == *class),
    });
    named.find(|element| running_text(*element, SHORTEST) >= SHORTEST)
}

fn densest(root: ElementRef<'_>) -> ElementRef<'_> {
    let mut at = root.child_elements().find(|child| child.value().name() == "body").unwrap_or(root);
    loop {
        let all = running_text(at, usize::MAX);
        let holds = |child: &ElementRef<'_>| all > 0 && running_text(*child, usize::MAX) * 100 >= all * NEARLY_ALL;
        let Some(child) = at.child_elements().find(holds) else { return at };
        // A page of one paragraph is that paragraph's parent.
        at = match child.value().name() {
            "div" | "section" | "article" | "main" | "center" => child,
            // Old pages are laid out with tables: one cell holds the document. Where none does, the table is the document.
            "table" => match child.descendent_elements().find(|cell| cell.value().name() == "td" && holds(cell)) {
                Some(cell) => cell,
                None => return at,
            },
            _ => return at,
        };
    }
}

/// How many visible characters an element has outside links, scripts and styles; counts no further than `enough`.
fn running_text(element: ElementRef<'_>, enough: usize) -> usize {
    let mut count = 0;
    let mut pending = vec![element];
    while let Some(next) = pending.pop() {
        for child in next.children() {
            if let Node::Text(text) = child.value() {
                count += text.chars().filter(|character| !character.is_whitespace()).count();
            }
            let child = ElementRef::wrap(child);
            pending.extend(child.filter(|child| child.value().name() != "a" && !super::walk::is_left_out(*child)));
        }
        if count >= enough {
            break;
        }
    }
    count
}
