//! The canvas that a page is drawn on: it keeps glyphs and rules instead of ink.
//!
//! Takes what the interpreter draws, in points from the top left corner of the page as it is looked at. Text that runs from bottom to
//! top is a page that lies on its side (a wide table): it is turned. Bounded: what goes past the limits is not kept, and
//! [`Canvas::finish`] refuses the page.

use hayro_interpret::font::{Glyph as PdfGlyph, GlyphRun, PositionedGlyph};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;
use crate::extract::layout::{Glyph, Rule};

use super::characters::{UNKNOWN, characters};
use super::encodings::Encodings;

/// A page of small print in columns has ten thousand glyphs.
const MOST_GLYPHS: usize = 200_000;
/// A table of a page has some hundred rules, a drawing many more.
const MOST_RULES: usize = 100_000;
/// Units of a glyph's own space in the size of its font.
const UNITS_OF_SIZE: f64 = 1000.0;
/// A filled rectangle is a rule up to this thickness, in points.
const THICKEST_RULE: f64 = 3.0;
/// A rule has at least this length, in points; shorter ones are the corners of borders.
const SHORTEST_RULE: f64 = 3.0;
/// Images that cover this share of the page are the page.
const MUCH_OF_A_PAGE: f64 = 0.3;
/// So many filled outlines on a page without glyphs are letters that were turned into drawings.
const OUTLINES_OF_A_TEXT: usize = 200;

/// What was drawn on a page.
pub(super) struct Canvas<'font> {
    encodings: &'font Encodings,
    width: f64,
    height: f64,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Glyphs that no character is known for.
    pub(super) undecoded: usize,
    /// Characters that stand at an angle or off the page.
    pub(super) left_out: usize,
    /// Glyphs in each direction, by quarter turns.
    turned: [usize; 4],
    directions: Vec<u8>,
    /// The area of the page that images cover.
    covered: f64,
    /// Filled shapes that are no rectangles.
    outlines: usize,
    too_much: Option<(&'static str, &'static str, usize)>,
}

impl<'font> Canvas<'font> {
    pub(super) fn new(width: f32, height: f32, encodings: &'font Encodings) -> Self {
        Self {
            encodings,
            width: f64::from(width),
            height: f64::from(height),
            glyphs: Vec::new(),
            rules: Vec::new(),
            undecoded: 0,
            left_out: 0,
            turned: [0; 4],
            directions: Vec::new(),
            covered: 0.0,
            outlines: 0,
            too_much: None,
        }
    }

    /// The canvas, upright, after the page is drawn.
    ///
    /// # Errors
    ///
    /// Where there was more on the page than any honest page has.
    pub(super) fn finish(mut self) -> Result<Self, ExtractError> {
        if let Some((chinese, english, limit)) = self.too_much {
            return Err(too_large(chinese, english, limit as u64));
        }
        let turns = self.turns();
        let kept = self.directions.iter().map(|direction| usize::from(*direction) == turns);
        let mut kept = kept.collect::<Vec<_>>().into_iter();
        let before = self.glyphs.len();
        self.glyphs.retain(|_| kept.next().unwrap_or(false));
        self.left_out += before - self.glyphs.len();
        let (width, height) = (single(self.width), single(self.height));
        for glyph in &mut self.glyphs {
            (glyph.x, glyph.baseline) = upright((glyph.x, glyph.baseline), turns, (width, height));
        }
        for rule in &mut self.rules {
            let one = upright((rule.x0, rule.y0), turns, (width, height));
            let other = upright((rule.x1, rule.y1), turns, (width, height));
            *rule = Rule { x0: one.0.min(other.0), y0: one.1.min(other.1), x1: one.0.max(other.0), y1: one.1.max(other.1) };
        }
        Ok(self)
    }

    /// How many quarter turns most of the text is turned by.
    fn turns(&self) -> usize {
        let most = self.turned.iter().max().copied().unwrap_or(0);
        self.turned.iter().position(|count| *count == most).unwrap_or(0)
    }

    /// Whether height and width of the upright page are those of the page exchanged.
    pub(super) fn lies_on_its_side(&self) -> bool {
        self.turns() % 2 == 1
    }

    /// Whether most of what is printed has no known characters.
    pub(super) fn mostly_undecoded(&self) -> bool {
        self.undecoded * 2 > self.glyphs.len()
    }

    /// [`crate::extract::layout::Page::pictures`].
    pub(super) fn pictures(&self) -> u32 {
        let images = self.covered > MUCH_OF_A_PAGE * self.width * self.height;
        let outlines = self.outlines > OUTLINES_OF_A_TEXT;
        u32::from(images) + u32::from(outlines) + u32::from(self.mostly_undecoded())
    }

    fn glyph(&mut self, glyph: &PositionedGlyph<'_>, transform: Affine) {
        if self.glyphs.len() >= MOST_GLYPHS {
            self.too_much = Some(("个字形的页面", "glyphs of a page", MOST_GLYPHS));
            return;
        }
        let transform = transform * glyph.transform();
        let (origin, along) = (transform * Point::ZERO, linear(transform, Vec2::new(UNITS_OF_SIZE, 0.0)));
        let up = linear(transform, Vec2::new(0.0, UNITS_OF_SIZE)).hypot();
        let text = characters(glyph, self.encodings);
        if text.is_empty() || up <= 0.0 || !up.is_finite() || !origin.is_finite() {
            return;
        }
        let Some(direction) = direction(along).filter(|_| self.on_page(origin)) else {
            self.left_out += text.trim().chars().count();
            return;
        };
        self.undecoded += usize::from(text == UNKNOWN);
        let units = match &**glyph {
            PdfGlyph::Outline(outline) => outline.advance_width(),
            PdfGlyph::Type3(drawn) => drawn.advance_width(),
        };
        let width = f64::from(units.filter(|width| *width > 0.0).unwrap_or(500.0)) / UNITS_OF_SIZE * along.hypot();
        if let Some(count) = self.turned.get_mut(usize::from(direction)).filter(|_| !text.trim().is_empty()) {
            *count += 1;
        }
        self.directions.push(direction);
        let (x, baseline) = (single(origin.x), single(origin.y));
        self.glyphs.push(Glyph { text, x, baseline, width: single(width), size: single(up), bold: bold(glyph) });
    }

    fn on_page(&self, point: Point) -> bool {
        Rect::new(0.0, 0.0, self.width, self.height).inflate(1.0, 1.0).contains(point)
    }

    /// Keeps a line from one point to another if it is a rule.
    fn rule(&mut self, from: Point, to: Point) {
        let (width, height) = ((from.x - to.x).abs(), (from.y - to.y).abs());
        if width.min(height) > THICKEST_RULE || width.max(height) < SHORTEST_RULE || !(width + height).is_finite() {
            return;
        }
        if self.rules.len() >= MOST_RULES {
            self.too_much = Some(("条线段的页面", "lines of a page", MOST_RULES));
            return;
        }
        let bounds = Rect::from_points(from, to);
        let middle = bounds.center();
        let rule =
            if width >= height { (bounds.x0, middle.y, bounds.x1, middle.y) } else { (middle.x, bounds.y0, middle.x, bounds.y1) };
        self.rules.push(Rule { x0: single(rule.0), y0: single(rule.1), x1: single(rule.2), y1: single(rule.3) });
    }

    /// The thin parts of a filled path; borders are often filled, all of a table in one path.
    fn filled(&mut self, path: &BezPath) {
        for part in parts(path) {
            let bounds = part.bounding_box();
            let curved = part.iter().any(|element| matches!(element, PathEl::QuadTo(..) | PathEl::CurveTo(..)));
            self.outlines += usize::from(curved || part.elements().len() > 6);
            if !curved && bounds.width().min(bounds.height()) <= THICKEST_RULE {
                self.rule(Point::new(bounds.x0, bounds.y0), Point::new(bounds.x1, bounds.y1));
            }
        }
    }

    fn stroked(&mut self, path: &BezPath) {
        for segment in path.segments() {
            if let hayro_interpret::kurbo::PathSeg::Line(line) = segment {
                self.rule(line.p0, line.p1);
            }
        }
    }
}

impl<'a> Device<'a> for Canvas<'_> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        if unseen(&props.paint) {
            return;
        }
        let path = props.transform * path.clone();
        match draw_mode {
            DrawMode::Fill(_) => self.filled(&path),
            DrawMode::Stroke(_) => self.stroked(&path),
            DrawMode::FillAndStroke(..) => {
                self.filled(&path);
                self.stroked(&path);
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_glyph_run(&mut self, glyph_run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let first = self.glyphs.len();
        for glyph in glyph_run.glyphs() {
            self.glyph(glyph, props.transform);
        }
        // What a fallback font says of widths is not believed over the place of the next glyph.
        for at in first + 1..self.glyphs.len() {
            let next = self.glyphs.get(at).map_or(0.0, |glyph| glyph.x);
            if let Some(glyph) = self.glyphs.get_mut(at - 1)
                && next > glyph.x
            {
                glyph.width = glyph.width.min(next - glyph.x);
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let bounds = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height())));
        let shown = bounds.intersect(Rect::new(0.0, 0.0, self.width, self.height));
        if shown.area().is_finite() {
            self.covered += shown.area();
        }
        // Some programs draw the lines of a table as pictures of one pixel.
        self.rule(Point::new(bounds.x0, bounds.y0), Point::new(bounds.x1, bounds.y1));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Which way text runs, in quarter turns against the clock; none for slanted text.
fn direction(along: Vec2) -> Option<u8> {
    const SLANT: f64 = 0.03;
    let (x, y) = (along.x, along.y);
    if !(x.is_finite() && y.is_finite()) || x.abs().min(y.abs()) > SLANT * x.abs().max(y.abs()) {
        return None;
    }
    Some(match (x.abs() >= y.abs(), x >= 0.0, y <= 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 1,
        (true, false, _) => 2,
        (false, _, false) => 3,
    })
}

/// Where a point stands on the page after it is turned back by so many quarter turns.
fn upright((x, y): (f32, f32), turns: usize, (width, height): (f32, f32)) -> (f32, f32) {
    match turns {
        1 => (height - y, x),
        2 => (width - x, height - y),
        3 => (y, width - x),
        _ => (x, y),
    }
}

/// How a vector changes; the place of the origin does not matter to it.
fn linear(transform: Affine, vector: Vec2) -> Vec2 {
    transform * vector.to_point() - transform * Point::ZERO
}

/// A place on a page needs no more digits than this.
#[expect(clippy::cast_possible_truncation, reason = "what lies too far from the page to be told is left out as infinite")]
fn single(number: f64) -> f32 {
    number as f32
}

/// White lines part coloured cells, or are there to hide something.
fn unseen(paint: &Paint<'_>) -> bool {
    match paint {
        Paint::Color(colour) => {
            let [red, green, blue, opacity] = colour.to_rgba().to_rgba8();
            opacity < 8 || red.min(green).min(blue) > 245
        }
        Paint::Pattern(_) => false,
    }
}

/// Whether the font of a glyph says that it is bold.
fn bold(glyph: &PositionedGlyph<'_>) -> bool {
    let PdfGlyph::Outline(outline) = &**glyph else { return false };
    outline.font_data().is_some_and(|font| font.postscript_name.is_some_and(|name| name.contains("Bold")))
}

/// The closed or open lines that a path consists of.
fn parts(path: &BezPath) -> Vec<BezPath> {
    let mut parts: Vec<BezPath> = Vec::new();
    for element in path.elements() {
        match (element, parts.last_mut()) {
            (PathEl::MoveTo(_), _) | (_, None) => parts.push(std::iter::once(*element).collect()),
            (_, Some(part)) => part.push(*element),
        }
    }
    parts.retain(|part| matches!(part.elements().first(), Some(PathEl::MoveTo(_))));
    parts
}
