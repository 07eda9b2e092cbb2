//! Borders of pages: a box that every page has around its text is no frame (专栏), but an ornament.

use std::collections::BTreeMap;

use super::measure::steps;
use super::sheet::{Element, Sheet};

/// A border encloses at least this share of the page.
const MOST_OF_A_PAGE: f32 = 0.4;
/// So many pages have it, and more than half of them all.
const FEWEST_PAGES: usize = 3;
/// Borders differ by less than this share of the height of a page.
const ONE_BORDER: f32 = 0.01;

/// Takes the borders off the sheets and leaves what they enclose.
pub(super) fn strip(sheets: &mut [Sheet]) {
    let mut pages: BTreeMap<[i32; 4], usize> = BTreeMap::new();
    for kind in sheets.iter().filter_map(|sheet| sheet.elements.iter().find_map(|element| border(element, sheet))) {
        *pages.entry(kind).or_default() += 1;
    }
    let enough = FEWEST_PAGES.max(sheets.len() / 2 + 1);
    for sheet in sheets.iter_mut() {
        let place = sheet.elements.iter().position(|element| {
            let kind = border(element, sheet);
            kind.and_then(|kind| pages.get(&kind)).is_some_and(|pages| *pages >= enough)
        });
        let Some(place) = place else { continue };
        if let Element::Frame(frame) = sheet.elements.remove(place) {
            sheet.elements.splice(place..place, frame.elements);
        }
    }
}

/// The bounds of a box that encloses most of its page, in steps.
fn border(element: &Element, sheet: &Sheet) -> Option<[i32; 4]> {
    let Element::Frame(frame) = element else { return None };
    let (left, top, right, bottom) = frame.bounds;
    let encloses = (right - left) * (bottom - top) > MOST_OF_A_PAGE * sheet.width * sheet.height;
    encloses.then(|| [left, top, right, bottom].map(|edge| steps(edge, sheet.height * ONE_BORDER)))
}
