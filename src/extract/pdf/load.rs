//! Opens a PDF file with suspicion: pages and operators are counted before anything is drawn.
//!
//! A page may draw a form, which draws forms, each ten times: a file of some hundred bytes can ask for 10⁵⁰ operators. They are
//! counted form by form, each form once. Memory and time of what a stream expands to are left to the process that reads.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction;
use hayro_interpret::hayro_syntax::object::dict::keys::{FORM, RESOURCES, SUBTYPE};
use hayro_interpret::hayro_syntax::object::{Name, ObjectIdentifier, Stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::extract::container::too_large;
use crate::extract::error::ExtractError;
use crate::extract::limits::Limits;

use super::encodings::Encodings;

/// Operators of a page, those of its forms included: a dense page of text has ten thousand, a map a hundred times as many.
const MOST_OPERATORS: u64 = 10_000_000;
/// Forms in forms; the deepest that programs write is about ten.
const DEEPEST_FORM: u64 = 40;

/// Opens a file.
///
/// # Errors
///
/// Where it is damaged, needs a password, or has too many pages.
pub(super) fn open(bytes: &[u8], limits: &Limits) -> Result<Pdf, ExtractError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ExtractError::Encrypted,
        LoadPdfError::Decryption(
            DecryptionError::MissingIDEntry | DecryptionError::InvalidEncryption | DecryptionError::UnsupportedAlgorithm,
        )
        | LoadPdfError::Invalid => ExtractError::DamagedFile { english: "PDF file", chinese: " PDF 文件" },
    })?;
    match pdf.pages().len() as u64 {
        0 => Err(ExtractError::DamagedFile { english: "PDF file", chinese: " PDF 文件" }),
        pages if pages > limits.pages => Err(too_large("页", "pages", limits.pages)),
        _ => Ok(pdf),
    }
}

/// Counts what drawing a page would do, and looks at the fonts that it may use.
///
/// # Errors
///
/// Where its forms lie too deep in each other, or it has too many operators.
pub(super) fn check(page: &Page<'_>, encodings: &mut Encodings) -> Result<(), ExtractError> {
    let mut looked = Looked { counted: BTreeMap::new(), encodings };
    let operators = looked.operators(page.typed_operations(), page.resources(), 0)?;
    if operators > MOST_OPERATORS {
        return Err(too_large("个页面绘制操作", "drawing operators of a page", MOST_OPERATORS));
    }
    Ok(())
}

/// What was seen of a page before it is drawn.
struct Looked<'encodings> {
    /// The operators of forms, with those of the forms that they draw.
    counted: BTreeMap<ObjectIdentifier, u64>,
    encodings: &'encodings mut Encodings,
}

impl Looked<'_> {
    /// How many operators these are, with those of the forms that they draw.
    fn operators(&mut self, mut content: TypedIter<'_>, resources: &Resources<'_>, depth: u64) -> Result<u64, ExtractError> {
        if depth > DEEPEST_FORM {
            return Err(too_large("层嵌套的表单", "nested forms", DEEPEST_FORM));
        }
        self.encodings.add(resources);
        let mut count = 0u64;
        while let Some(operator) = content.next() {
            count = count.saturating_add(1);
            let TypedInstruction::XObject(drawn) = operator else { continue };
            let Some(form) = resources.get_x_object(drawn.0).filter(is_form) else { continue };
            let own = match self.counted.get(&form.obj_id()).copied() {
                Some(own) => own,
                None => self.operators_of(&form, resources, depth)?,
            };
            self.counted.insert(form.obj_id(), own);
            count = count.saturating_add(own);
        }
        Ok(count)
    }

    fn operators_of(&mut self, form: &Stream<'_>, outer: &Resources<'_>, depth: u64) -> Result<u64, ExtractError> {
        let Ok(content) = form.decoded_data() else { return Ok(0) };
        let own = form.dict().get(RESOURCES).map(Resources::new);
        self.operators(TypedIter::new(&content), own.as_ref().unwrap_or(outer), depth + 1)
    }
}

fn is_form(drawn: &Stream<'_>) -> bool {
    drawn.dict().get::<Name<'_>>(SUBTYPE).is_some_and(|kind| &*kind == FORM)
}
