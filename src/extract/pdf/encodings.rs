//! Fonts that name a character collection instead of saying what their glyphs stand for.
//!
//! Such a font is in the file, has no `ToUnicode` map, and its codes lead to numbers of a collection (Adobe-GB1) that the standard
//! translates to Unicode (ISO 32000-1 §9.10.2). Files of the years before 2010 have many of them. Fonts are known by their names here,
//! because a glyph tells no more; two fonts of one name that differ are left undecoded.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use hayro_interpret::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_interpret::hayro_syntax::object::dict::keys::{
    BASE_FONT, CIDSYSTEMINFO, DESCENDANT_FONTS, ENCODING, ORDERING, REGISTRY, TO_UNICODE,
};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, String as PdfString};
use hayro_interpret::hayro_syntax::page::Resources;

/// The fonts of a file that are decoded by their collections.
#[derive(Default)]
pub(super) struct Encodings {
    seen: BTreeSet<ObjectIdentifier>,
    /// By the name of the font; none for names that say nothing.
    fonts: BTreeMap<String, Option<Encoding>>,
    /// From the numbers of a collection to Unicode.
    collections: Vec<(CidFamily, Rc<CMap>)>,
}

struct Encoding {
    name: Vec<u8>,
    /// From codes to numbers.
    numbers: CMap,
    collection: Rc<CMap>,
}

impl Encodings {
    /// Looks at the fonts that a page or form may use.
    pub(super) fn add(&mut self, resources: &Resources<'_>) {
        for name in resources.fonts.keys() {
            let Some(font) = resources.get_font(&name) else { continue };
            if font.obj_id().is_some_and(|id| !self.seen.insert(id)) {
                continue;
            }
            let Some(base) = font.get::<Name<'_>>(BASE_FONT) else { continue };
            let base = without_prefix(base.as_str()).to_owned();
            let encoding = if font.contains_key(TO_UNICODE) { None } else { self.encoding(&font) };
            let same = |known: &Option<Encoding>| match (known, &encoding) {
                (Some(known), Some(encoding)) => known.name == encoding.name,
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            match self.fonts.get_mut(&base) {
                Some(known) if same(known) => {}
                Some(known) => *known = None,
                None => {
                    self.fonts.insert(base, encoding);
                }
            }
        }
    }

    /// What a code of a font stands for.
    pub(super) fn characters(&self, font: &str, code: u32) -> Option<BfString> {
        let encoding = self.fonts.get(font)?.as_ref()?;
        let number = (1..=4).find_map(|bytes| encoding.numbers.lookup_cid_code(code, bytes))?;
        encoding.collection.lookup_bf_string(number)
    }

    fn encoding(&mut self, font: &Dict<'_>) -> Option<Encoding> {
        let Object::Name(name) = font.get::<Object<'_>>(ENCODING)? else { return None };
        let numbers = match name.as_str() {
            "Identity-H" => CMap::identity_h(),
            "Identity-V" => CMap::identity_v(),
            _ => CMap::parse(load_embedded(CMapName::from_bytes(&name))?, load_embedded)?,
        };
        let named = numbers.metadata().character_collection.as_ref().map(|collection| collection.family.clone());
        let family = named.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| family(font))?;
        let collection = self.collection(&family)?;
        Some(Encoding { name: name.to_vec(), numbers, collection })
    }

    fn collection(&mut self, family: &CidFamily) -> Option<Rc<CMap>> {
        if let Some((_, collection)) = self.collections.iter().find(|(known, _)| known == family) {
            return Some(Rc::clone(collection));
        }
        let collection = Rc::new(CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?);
        self.collections.push((family.clone(), Rc::clone(&collection)));
        Some(collection)
    }
}

/// The collection that the numbers of a font are of.
fn family(font: &Dict<'_>) -> Option<CidFamily> {
    let descendant = font.get::<Array<'_>>(DESCENDANT_FONTS)?.iter::<Dict<'_>>().next()?;
    let system = descendant.get::<Dict<'_>>(CIDSYSTEMINFO)?;
    let (registry, ordering) = (system.get::<PdfString<'_>>(REGISTRY)?, system.get::<PdfString<'_>>(ORDERING)?);
    Some(CidFamily::from_registry_ordering(&registry, &ordering))
}

/// The name of a font without the six letters that mark a part of it (ABCDEF+FangSong).
fn without_prefix(name: &str) -> &str {
    name.split_once('+').filter(|(prefix, _)| prefix.len() == 6).map_or(name, |(_, rest)| rest)
}
