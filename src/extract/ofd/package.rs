//! The package: which parts of the container are the document, its pages and what these use (GB/T 33190-2016 §7).
//!
//! Takes a container, gives trees. Of several documents in one file the first is read. Places are written from the root (`/Doc_0/…`),
//! from the part that names them, or, by careless programs, from the root without a slash.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::extract::container::{Container, resolved, too_large};
use crate::extract::error::ExtractError;
use crate::extract::xml::{self, Element};

use super::geometry::numbers;

/// The part that every OFD file begins with.
pub(super) const ENTRY: &str = "OFD.xml";
/// Templates that one page names; a page has a head, a foot and a watermark.
const MOST_TEMPLATES: usize = 16;
/// A4, in millimetres, where the file names no size.
const USUAL_SIZE: Box2 = (0.0, 0.0, 210.0, 297.0);

/// Left, top, width and height.
pub(super) type Box2 = (f64, f64, f64, f64);

/// A document of the file.
#[derive(Debug)]
pub(super) struct Package {
    /// Where the parts of the pages are.
    pub(super) pages: Vec<String>,
    /// Fonts and composite units, by their numbers.
    pub(super) resources: Resources,
    /// What the file calls the document, unless that is the name of a file.
    pub(super) title: Option<String>,
    /// Other documents in the file.
    pub(super) other_documents: usize,
    /// Signatures and seals of the document.
    pub(super) signatures: usize,
    /// Pages with annotations.
    pub(super) annotations: usize,
    size: Option<Box2>,
    /// Where the parts of the templates are, and whether they are printed over the page.
    templates: BTreeMap<String, (String, bool)>,
    read: BTreeMap<String, Element>,
}

/// What objects refer to by its number.
#[derive(Debug, Default)]
pub(super) struct Resources {
    /// Whether a font is bold.
    pub(super) fonts: BTreeMap<String, bool>,
    /// Drawings that are used in several places.
    pub(super) units: BTreeMap<String, Element>,
}

/// Opens the first document.
///
/// # Errors
///
/// Where a part is missing or damaged, or there are too many pages.
pub(super) fn open(container: &mut Container<'_>) -> Result<Package, ExtractError> {
    let entry = part(container, ENTRY)?;
    let body = entry.child("DocBody").ok_or_else(|| missing(ENTRY))?;
    let root = body.child("DocRoot").map(|root| place(container, "", root.text.trim())).ok_or_else(|| missing(ENTRY))?;
    let document = part(container, &root)?;
    let common = document.child("CommonData").ok_or_else(|| missing(&root))?;
    let places = |parent: &Element, name: &str, container: &Container<'_>| -> Vec<String> {
        parent.all(name).map(|res| place(container, &root, res.text.trim())).collect()
    };
    let mut package = Package {
        pages: pages(container, &document, &root)?,
        resources: Resources::default(),
        title: title(body),
        other_documents: entry.all("DocBody").count().saturating_sub(1),
        signatures: 0,
        annotations: 0,
        size: common.child("PageArea").and_then(physical_box),
        templates: templates(container, common, &root),
        read: BTreeMap::new(),
    };
    for name in [places(common, "PublicRes", container), places(common, "DocumentRes", container)].concat() {
        package.resources.add(container, &name)?;
    }
    let said = places(body, "Signatures", container).into_iter().next();
    package.signatures = count(container, said, "Signature");
    let said = places(&document, "Annotations", container).into_iter().next();
    package.annotations = count(container, said, "Page");
    Ok(package)
}

impl Package {
    /// A page; the templates and resources that it uses are read with it.
    ///
    /// # Errors
    ///
    /// Where one of them is missing or damaged.
    pub(super) fn page(&mut self, container: &mut Container<'_>, at: usize) -> Result<Element, ExtractError> {
        let name = self.pages.get(at).cloned().unwrap_or_default();
        let page = part(container, &name)?;
        for resource in page.all("PageRes") {
            let resource = place(container, &name, resource.text.trim());
            self.resources.add(container, &resource)?;
        }
        let wanted: Vec<String> = self.used(&page).map(|(name, _)| name.to_owned()).collect();
        for name in wanted {
            if let Entry::Vacant(place) = self.read.entry(name) {
                let template = part(container, place.key())?;
                place.insert(template);
            }
        }
        Ok(page)
    }

    /// The sheet of a page.
    pub(super) fn size(&self, page: &Element) -> Box2 {
        page.child("Area").and_then(physical_box).or(self.size).unwrap_or(USUAL_SIZE)
    }

    /// What is printed on a page, the lowest first: templates below it, the page, templates over it.
    pub(super) fn printed<'tree>(&'tree self, page: &'tree Element) -> Vec<&'tree Element> {
        let (over, below): (Vec<_>, Vec<_>) = self.used(page).partition(|(_, over)| *over);
        let read = |(name, _): (&str, bool)| self.read.get(name);
        let templates = |used: Vec<_>| used.into_iter().filter_map(read).collect::<Vec<_>>();
        let layers = templates(below).into_iter().chain(std::iter::once(page)).chain(templates(over));
        layers.filter_map(|page| page.child("Content")).collect()
    }

    /// The parts of the templates that a page names, and whether they are printed over it.
    fn used<'tree>(&'tree self, page: &'tree Element) -> impl Iterator<Item = (&'tree str, bool)> {
        page.all("Template").take(MOST_TEMPLATES).filter_map(|template| {
            let (name, over) = self.templates.get(template.attribute("TemplateID")?)?;
            Some((name.as_str(), template.attribute("ZOrder").map_or(*over, |order| order == "Foreground")))
        })
    }
}

impl Resources {
    /// Takes what a part defines. A part that is missing takes nothing from the text.
    fn add(&mut self, container: &mut Container<'_>, name: &str) -> Result<(), ExtractError> {
        if !container.has(name) {
            return Ok(());
        }
        let part = part(container, name)?;
        for font in part.all("Fonts").flat_map(|fonts| fonts.all("Font")) {
            let name = font.attribute("FontName").unwrap_or_default();
            let bold = font.attribute("Bold") == Some("true") || name.contains("Bold") || name.contains('粗');
            self.fonts.insert(font.attribute("ID").unwrap_or_default().to_owned(), bold);
        }
        for units in part.children.into_iter().filter(|child| child.is("CompositeGraphicUnits")) {
            for mut unit in units.children {
                let id = unit.attribute("ID").unwrap_or_default().to_owned();
                let content = unit.children.iter().position(|child| child.is("Content")).map(|at| unit.children.swap_remove(at));
                self.units.extend(content.map(|content| (id, content)));
            }
        }
        Ok(())
    }
}

fn pages(container: &Container<'_>, document: &Element, root: &str) -> Result<Vec<String>, ExtractError> {
    let most = usize::try_from(container.limits.pages).unwrap_or(usize::MAX - 1);
    let pages = document.child("Pages").into_iter().flat_map(|pages| pages.all("Page"));
    let pages: Vec<_> =
        pages.take(most + 1).map(|page| place(container, root, page.attribute("BaseLoc").unwrap_or_default())).collect();
    if pages.len() > most {
        return Err(too_large("页", "pages", container.limits.pages));
    }
    Ok(pages)
}

fn templates(container: &Container<'_>, common: &Element, root: &str) -> BTreeMap<String, (String, bool)> {
    let templates = common.all("TemplatePage").map(|template| {
        let name = place(container, root, template.attribute("BaseLoc").unwrap_or_default());
        let over = template.attribute("ZOrder") == Some("Foreground");
        (template.attribute("ID").unwrap_or_default().to_owned(), (name, over))
    });
    templates.collect()
}

fn missing(name: &str) -> ExtractError {
    ExtractError::DamagedPart { part: name.to_owned(), at: None }
}

fn part(container: &mut Container<'_>, name: &str) -> Result<Element, ExtractError> {
    let bytes = container.read(name)?.ok_or_else(|| missing(name))?;
    xml::parse(name, &bytes, container.limits.xml_nesting)
}

/// The name of the part that `said` means in the part `within`.
fn place(container: &Container<'_>, within: &str, said: &str) -> String {
    let said = said.replace('\\', "/");
    let folder = within.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = resolved(folder, &said);
    if container.has(&name) { name } else { Some(resolved("", &said)).filter(|other| container.has(other)).unwrap_or(name) }
}

/// How many elements of this name the root of a part has; a part that cannot be read has none.
fn count(container: &mut Container<'_>, name: Option<String>, element: &str) -> usize {
    name.and_then(|name| part(container, &name).ok()).map_or(0, |part| part.all(element).count())
}

fn physical_box(area: &Element) -> Option<Box2> {
    let numbers = numbers(&area.child("PhysicalBox")?.text);
    let [left, top, width, height] = *numbers.first_chunk::<4>()?;
    (width > 0.0 && height > 0.0).then_some((left, top, width, height))
}

/// The title that the file declares. Programs put the name of the file there: it is no title if it looks like one.
fn title(body: &Element) -> Option<String> {
    let title = body.child("DocInfo")?.child("Title")?.text.trim();
    let is_file = title.rsplit_once('.').is_some_and(|(_, ending)| (2..=5).contains(&ending.len()) && ending.is_ascii());
    let is_chinese = title.chars().any(|character| ('\u{4E00}'..='\u{9FFF}').contains(&character));
    let is_default = ["无标题", "未命名", "文档", "新建"].iter().any(|default| title.starts_with(default));
    (is_chinese && !is_file && !is_default).then(|| title.to_owned())
}
