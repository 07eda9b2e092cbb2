//! The canvas that a page is drawn on: it keeps glyphs and rules instead of ink.
//!
//! Takes the layers of a page and of its templates, gives what is printed where. Bounded over all pages: a template or a composite unit of
//! a few bytes may be named a million times.

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;
use crate::extract::layout::{Glyph, Rule};
use crate::extract::xml::Element;

use super::geometry::{Matrix, boundary, space};
use super::package::{Box2, Resources};
use super::{glyphs, paths};

/// Objects of all pages, those of templates counted on each; a book of a thousand pages has about a million.
const MOST_OBJECTS: u64 = 2_000_000;
/// Characters of all pages; a yearbook has some ten million.
const MOST_CHARACTERS: u64 = 30_000_000;
/// Steps of all paths.
const MOST_STEPS: u64 = 10_000_000;
/// Composite units within each other.
const DEEPEST_UNIT: usize = 16;
/// Images that cover this share of the page are the page.
const MUCH_OF_A_PAGE: f64 = 0.3;
/// So many outlines on a page are letters that were turned into drawings.
const OUTLINES_OF_A_TEXT: usize = 200;

/// What was drawn on a page, and how much on all of them.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Characters that the file gives in the private use area, or not at all.
    pub(super) undecoded: usize,
    /// Characters that are slanted or off the page.
    pub(super) slanted: usize,
    /// Shapes that may be letters.
    pub(super) outlines: usize,
    sheet: Box2,
    /// The area that images cover, in square millimetres.
    covered: f64,
    objects: u64,
    characters: u64,
    steps: u64,
}

impl Canvas {
    /// Begins a page.
    pub(super) fn begin(&mut self, sheet: Box2) {
        let (objects, characters, steps) = (self.objects, self.characters, self.steps);
        *self = Self { sheet, objects, characters, steps, ..Self::default() };
    }

    /// Draws the content of a page or of a template.
    ///
    /// # Errors
    ///
    /// Where there is more on the pages than any honest document has.
    pub(super) fn draw(&mut self, content: &Element, resources: &Resources) -> Result<(), ExtractError> {
        let (left, top, _, _) = self.sheet;
        self.objects(content, Matrix::moved((-left, -top)), resources, 0)
    }

    /// Width and height of the page.
    #[expect(clippy::cast_possible_truncation, reason = "a page is measured in millimetres")]
    pub(super) fn size(&self) -> (f32, f32) {
        (self.sheet.2 as f32, self.sheet.3 as f32)
    }

    /// [`crate::extract::layout::Page::pictures`].
    pub(super) fn pictures(&self) -> u32 {
        let images = self.covered > MUCH_OF_A_PAGE * self.sheet.2 * self.sheet.3;
        let undecoded = self.undecoded > 0 && self.undecoded * 2 > self.glyphs.len();
        u32::from(images) + u32::from(self.outlines > OUTLINES_OF_A_TEXT) + u32::from(undecoded)
    }

    /// Whether a point lies on the page, or so near to it that it is printed.
    pub(super) fn holds(&self, (x, y): (f64, f64)) -> bool {
        let (_, _, width, height) = self.sheet;
        (-1.0..=width + 1.0).contains(&x) && (-1.0..=height + 1.0).contains(&y)
    }

    /// Counts characters.
    ///
    /// # Errors
    ///
    /// Where there are too many.
    pub(super) fn count_characters(&mut self, count: usize) -> Result<(), ExtractError> {
        self.characters += count as u64;
        if self.characters > MOST_CHARACTERS {
            return Err(too_large("个字符", "characters", MOST_CHARACTERS));
        }
        Ok(())
    }

    /// Counts steps of paths.
    ///
    /// # Errors
    ///
    /// Where there are too many.
    pub(super) fn count_steps(&mut self, count: usize) -> Result<(), ExtractError> {
        self.steps += count as u64;
        if self.steps > MOST_STEPS {
            return Err(too_large("个路径步骤", "steps of paths", MOST_STEPS));
        }
        Ok(())
    }

    fn objects(&mut self, parent: &Element, around: Matrix, resources: &Resources, depth: usize) -> Result<(), ExtractError> {
        for object in &parent.children {
            self.objects += 1;
            if self.objects > MOST_OBJECTS {
                return Err(too_large("个图元", "objects on pages", MOST_OBJECTS));
            }
            if object.attribute("Visible") == Some("false") {
                continue;
            }
            if object.is("Layer") || object.is("PageBlock") {
                self.objects(object, around, resources, depth)?;
            } else if object.is("TextObject") {
                glyphs::draw(self, object, around, resources)?;
            } else if object.is("PathObject") {
                paths::draw(self, object, around)?;
            } else if object.is("ImageObject") {
                self.image(object, around);
            } else if object.is("CompositeObject") {
                let unit = object.attribute("ResourceID").and_then(|id| resources.units.get(id));
                if depth >= DEEPEST_UNIT {
                    return Err(too_large("层嵌套的复合图元", "levels of composite objects", DEEPEST_UNIT as u64));
                }
                if let Some(unit) = unit {
                    self.objects(unit, space(object, around), resources, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    /// An image fills its boundary. Some programs draw the lines of a table as images.
    fn image(&mut self, object: &Element, around: Matrix) {
        let Some((x, y, width, height)) = boundary(object) else { return };
        let (one, other) = (around.place((x, y)), around.place((x + width, y + height)));
        let (_, _, page_width, page_height) = self.sheet;
        let shown = |one: f64, other: f64, limit: f64| one.max(other).clamp(0.0, limit) - one.min(other).clamp(0.0, limit);
        self.covered += shown(one.0, other.0, page_width) * shown(one.1, other.1, page_height);
        paths::keep(self, one, other);
    }
}
