//! A tiny generator of DOCX files for tests: bodies, styles and lists written as XML, packed as Word packs them.

pub(super) use crate::extract::container::sample::packed;

/// The parts of a file, without what surrounds them.
#[derive(Default, Clone)]
pub(super) struct Sample {
    pub(super) body: String,
    pub(super) styles: String,
    pub(super) numbering: String,
    pub(super) footnotes: String,
}

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wps=\"urn:shape\" xmlns:v=\"urn:vml\"";

impl Sample {
    pub(super) fn with_body(body: &str) -> Self {
        Self { body: body.to_owned(), ..Self::default() }
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let part = |name: &str, content: &str| format!("<?xml version=\"1.0\"?><w:{name} {NAMES}>{content}</w:{name}>");
        packed(&[
            ("word/document.xml", &part("document", &format!("<w:body>{}</w:body>", self.body))),
            ("word/styles.xml", &part("styles", &self.styles)),
            ("word/numbering.xml", &part("numbering", &self.numbering)),
            ("word/footnotes.xml", &part("footnotes", &self.footnotes)),
        ])
    }
}

/// A paragraph with properties.
pub(super) fn paragraph(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

/// A paragraph of a list.
pub(super) fn item(list: u32, level: u32, text: &str) -> String {
    let properties = format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    paragraph(&properties, text)
}

/// One level of a list.
pub(super) fn level(at: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// A definition and the list that uses it, both of this number.
pub(super) fn list(id: u32, levels: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>\
         <w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>"
    )
}
