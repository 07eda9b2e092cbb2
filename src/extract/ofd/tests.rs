//! What the reader makes of OFD files, honest and hostile.

use proptest::prelude::*;

use crate::diagnostic::{Language, Warned};
use crate::extract::container::sample::packed;
use crate::extract::{ExtractError, RawDocument, Shape, extract};

const NAMESPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A file of pages, with more in it.
#[derive(Default)]
struct Sample {
    /// The content of each page, within its layer.
    pages: Vec<String>,
    /// Elements of the common data of the document.
    common: &'static str,
    /// Elements of each page, beside its content.
    page: &'static str,
    /// Elements of the entry of the file, beside the root of the document.
    body: &'static str,
    /// Elements of the document, beside its pages.
    document: &'static str,
    /// Parts of the container.
    more: Vec<(&'static str, String)>,
}

impl Sample {
    fn with_page(page: &str) -> Self {
        Self { pages: vec![page.to_owned()], ..Self::default() }
    }

    fn parts(&self) -> Vec<(String, String)> {
        let numbered = || self.pages.iter().zip(0..);
        let list = numbered().map(|(_, at)| format!("<ofd:Page ID=\"{at}\" BaseLoc=\"Pages/{at}.xml\"/>"));
        let list = list.collect::<Vec<_>>().concat();
        let (common, body, document) = (self.common, self.body, self.document);
        let entry = format!("<ofd:DocBody>{body}<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>");
        let root = format!("<ofd:CommonData>{common}</ofd:CommonData><ofd:Pages>{list}</ofd:Pages>{document}");
        let mut parts = vec![
            ("OFD.xml".to_owned(), format!("<ofd:OFD {NAMESPACE}>{entry}</ofd:OFD>")),
            ("Doc_0/Document.xml".to_owned(), format!("<ofd:Document {NAMESPACE}>{root}</ofd:Document>")),
        ];
        parts.extend(numbered().map(|(page, at)| (format!("Doc_0/Pages/{at}.xml"), content(self.page, page))));
        parts.extend(self.more.iter().map(|(name, content)| ((*name).to_owned(), content.clone())));
        parts
    }

    fn bytes(&self) -> Vec<u8> {
        bytes(&self.parts())
    }
}

fn content(page: &str, objects: &str) -> String {
    format!("<ofd:Page {NAMESPACE}>{page}<ofd:Content><ofd:Layer ID=\"1\">{objects}</ofd:Layer></ofd:Content></ofd:Page>")
}

fn bytes(parts: &[(String, String)]) -> Vec<u8> {
    packed(&parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect::<Vec<_>>())
}

/// A line of text at its top left corner.
fn text(x: f64, y: f64, text: &str) -> String {
    let count = text.chars().count().saturating_sub(1);
    format!(
        "<ofd:TextObject Boundary=\"{x} {y} 150 8\" Font=\"1\" Size=\"5\"><ofd:TextCode X=\"0\" Y=\"5\" DeltaX=\"g {count} 5\">{text}\
         </ofd:TextCode></ofd:TextObject>"
    )
}

fn read(sample: &Sample) -> Warned<RawDocument> {
    extract(&sample.bytes()).unwrap()
}

fn page(objects: &str) -> String {
    read(&Sample::with_page(objects)).value.text
}

fn said(sample: &Sample) -> Vec<String> {
    read(sample).diagnostics.iter().map(|said| said.say(Language::Chinese)).collect()
}

#[test]
fn text_is_read_however_its_places_are_written() {
    let object =
        |more: &str, runs: &str| format!("<ofd:TextObject Boundary=\"30 40 100 10\" Size=\"5\" {more}>{runs}</ofd:TextObject>");
    let run = |attributes: &str, text: &str| format!("<ofd:TextCode {attributes}>{text}</ofd:TextCode>");
    let each: String =
        "政策2025年".chars().zip(0..).map(|(one, at)| run(&format!("X=\"{}\" Y=\"5\"", at * 5), &one.to_string())).collect();
    for objects in [
        object("", &run("X=\"0\" Y=\"5\" DeltaX=\"5 5 2.5 2.5 2.5 2.5\"", "政策2025年")),
        object("", &run("X=\"0\" Y=\"5\" DeltaX=\"g 2 5 g 4 2.5\"", "政策2025年")),
        object("", &run("X=\"0\" Y=\"5\"", "政策2025年")),
        object("", &run("X=\"0\" Y=\"5\" DeltaX=\"5\"", "政策2025年")),
        object("", &each),
        object("", &(run("X=\"0\" Y=\"5\"", "政策") + &run("X=\"10\"", "2025年"))),
        object("CTM=\"0.5 0 0 0.5 0 0\"", &run("X=\"0\" Y=\"10\" DeltaX=\"g 6 5\"", "政策2025年")),
        object(
            "",
            &("<ofd:CGTransform CodePosition=\"0\" CodeCount=\"1\" GlyphCount=\"1\"><ofd:Glyphs>77</ofd:Glyphs></ofd:CGTransform>"
                .to_owned()
                + &run("X=\"0\" Y=\"5\"", "政策2025年")),
        ),
        format!("<ofd:PageBlock><ofd:PageBlock>{}</ofd:PageBlock></ofd:PageBlock>", object("", &run("Y=\"5\"", "政策2025年"))),
    ] {
        assert_eq!(page(&objects), "政策2025年\n", "{objects}");
    }
}

#[test]
fn lines_are_read_from_top_to_bottom_whatever_their_order_in_the_file() {
    let objects = text(28.0, 60.0, "第二行。") + &text(28.0, 40.0, "第一行。") + &text(28.0, 80.0, "𠮷祥&lt;三&gt;。");
    assert_eq!(page(&objects), "第一行。\n第二行。\n𠮷祥<三>。\n");
}

#[test]
fn names_and_places_are_resolved() {
    let sample = Sample::with_page(&text(28.0, 40.0, "正文。"));
    let without_prefix: Vec<_> = sample
        .parts()
        .into_iter()
        .map(|(name, content)| (name, content.replace("ofd:", "").replace("xmlns:ofd", "xmlns")))
        .collect();
    let without_prefix: Vec<_> = without_prefix.into_iter().map(|(name, content)| (name, content.replace(":ofd=", "="))).collect();
    assert_eq!(extract(&bytes(&without_prefix)).unwrap().value.text, "正文。\n");
    for (from, to) in [
        ("/Doc_0/Document.xml", "Doc_0/Document.xml"),
        ("/Doc_0/Document.xml", "./Doc_0/../Doc_0/Document.xml"),
        ("\"Pages/0.xml", "\"/Doc_0/Pages/0.xml"),
        ("\"Pages/0.xml", "\"Doc_0/Pages/0.xml"),
        ("\"Pages/0.xml", "\"Pages\\0.xml"),
    ] {
        let parts: Vec<_> = sample.parts().into_iter().map(|(name, content)| (name, content.replace(from, to))).collect();
        assert_eq!(extract(&bytes(&parts)).unwrap().value.text, "正文。\n", "{to}");
    }
}

#[test]
fn ruled_lines_are_tables() {
    let line = |boundary: &str, data: &str| {
        format!("<ofd:PathObject Boundary=\"{boundary}\"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>")
    };
    let words = text(32.0, 52.0, "指标") + &text(82.0, 52.0, "2025年") + &text(32.0, 62.0, "总额") + &text(82.0, 62.0, "84");
    let stroked = line("30 50 100 20", "M 0 0 L 100 0 L 100 20 L 0 20 C M 0 10 L 100 10 M 50 0 L 50 20");
    let thin = |x: f64, y: f64, width: f64, height: f64| {
        format!(
            "<ofd:PathObject Boundary=\"{x} {y} {width} {height}\" Stroke=\"false\" Fill=\"true\"><ofd:AbbreviatedData>\
             M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let filled: String = [50.0, 60.0, 70.0].map(|y| thin(30.0, y, 100.0, 0.2)).concat()
        + &[30.0, 80.0, 130.0].map(|x| thin(x, 50.0, 0.2, 20.0)).concat();
    for rules in [stroked, filled] {
        let raw = read(&Sample::with_page(&(words.clone() + &rules))).value;
        assert!(matches!(raw.blocks.first().map(|block| &block.shape), Some(Shape::Table(_))), "{}", raw.text);
        assert_eq!(raw.text, "指标\t2025年\n总额\t84\n");
    }
    let white = line("30 50 100 20", "M 0 0 L 100 0").replace("<ofd:Abb", "<ofd:StrokeColor Value=\"255 255 255\"/><ofd:Abb");
    assert!(!page(&(words + &white.repeat(3))).contains('\t'));
}

#[test]
fn templates_and_composite_units_are_printed_with_the_page() {
    let sample = Sample {
        common: "<ofd:TemplatePage ID=\"7\" BaseLoc=\"Tpls/0.xml\"/><ofd:DocumentRes>Res.xml</ofd:DocumentRes>",
        page: "<ofd:Template TemplateID=\"7\" ZOrder=\"Background\"/><ofd:Template TemplateID=\"8\"/>",
        more: vec![
            ("Doc_0/Tpls/0.xml", content("", &text(28.0, 40.0, "甲市人民政府文件"))),
            (
                "Doc_0/Res.xml",
                format!(
                    "<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID=\"9\"><ofd:Content>{}</ofd:Content>\
                     </ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
                    text(0.0, 0.0, "组合图元。")
                ),
            ),
        ],
        ..Sample::with_page(&(text(28.0, 60.0, "正文。") + "<ofd:CompositeObject Boundary=\"28 80 99 9\" ResourceID=\"9\"/>"))
    };
    assert_eq!(read(&sample).value.text, "甲市人民政府文件\n正文。\n组合图元。\n");
}

#[test]
fn what_is_not_read_is_said() {
    let slanted = text(28.0, 100.0, "内部资料").replace("Size", "CTM=\"0.7 0.7 -0.7 0.7 0 0\" Size");
    let hidden = text(28.0, 120.0, "不可见").replace("Size", "Visible=\"false\" Size");
    let sample = Sample {
        body: "<ofd:DocInfo><ofd:Title>正式标题</ofd:Title></ofd:DocInfo><ofd:Signatures>/Doc_0/Signs.xml</ofd:Signatures>",
        document: "<ofd:Annotations>Annots.xml</ofd:Annotations>",
        more: vec![
            ("Doc_0/Signs.xml", format!("<ofd:Signatures {NAMESPACE}><ofd:Signature ID=\"1\"/></ofd:Signatures>")),
            ("Doc_0/Annots.xml", format!("<ofd:Annotations {NAMESPACE}><ofd:Page PageID=\"0\"/></ofd:Annotations>")),
        ],
        ..Sample::with_page(&(text(28.0, 40.0, "有\u{E001}字符在私用区。") + &slanted + &hidden))
    };
    assert_eq!(read(&sample).value.text, "有\u{FFFD}字符在私用区。\n");
    assert_eq!(read(&sample).value.hints.title.as_deref(), Some("正式标题"));
    assert_eq!(
        said(&sample),
        [
            "含1个电子签章，印章图案没有读入，签章未经验证",
            "1页的批注没有读入",
            "第1页：有1个字形没有对应的字符，以 U+FFFD 代替",
            "第1页：倾斜或页面之外的4个字符（如水印）已略去",
            "第1行：有1行含有转换时丢失的字符（U+FFFD）",
        ]
    );
    for name in ["通知.docx", "无标题", "untitled", "通知 终稿.wps"] {
        let parts: Vec<_> = sample.parts().into_iter().map(|(part, content)| (part, content.replace("正式标题", name))).collect();
        assert_eq!(extract(&bytes(&parts)).unwrap().value.hints.title, None, "{name}");
    }
}

#[test]
fn a_page_that_is_a_picture_is_named_and_a_file_of_pictures_is_refused() {
    let scan = "<ofd:ImageObject Boundary=\"0 0 210 297\" ResourceID=\"5\"/>".to_owned();
    let sample =
        Sample { pages: vec![text(28.0, 40.0, "有文字的一页，其后是扫描件。"), scan.clone()], ..Sample::default() };
    assert_eq!(said(&sample), ["第2页：没有可用的文字层，需先做文字识别（OCR）"]);
    let scans = Sample { pages: vec![scan.clone(), scan], ..Sample::default() };
    assert_eq!(extract(&scans.bytes()), Err(ExtractError::NoText { pages: 2, undecoded: false }));
    let unreadable = Sample::with_page(&text(28.0, 40.0, "\u{E001}\u{E002}\u{E003}字"));
    assert_eq!(extract(&unreadable.bytes()), Err(ExtractError::NoText { pages: 1, undecoded: true }));
}

#[test]
fn hostile_files_are_bounded() {
    let ends = ", which is not read for safety: check where it comes from";
    let refusal = |sample: &Sample| extract(&sample.bytes()).unwrap_err().to_string();
    let repeated = text(28.0, 40.0, "正文。").replace("g 2 5", "g 1000000000 1 g 1e300 NaN g g");
    assert_eq!(page(&repeated), "正文。\n");
    let unit = "<ofd:CompositeGraphicUnit ID=\"9\"><ofd:Content><ofd:CompositeObject ResourceID=\"9\"/></ofd:Content></ofd:CompositeGraphicUnit>";
    let units = format!("<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnits></ofd:Res>");
    let circle = Sample {
        common: "<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        more: vec![("Doc_0/Res.xml", units)],
        ..Sample::with_page("<ofd:CompositeObject ResourceID=\"9\"/>")
    };
    assert_eq!(refusal(&circle), format!("the file has more than 16 levels of composite objects{ends}"));
    let many = units_of_units();
    assert_eq!(refusal(&many), format!("the file has more than 2000000 objects on pages{ends}"));
    let deep = "<ofd:PageBlock>".repeat(300) + &"</ofd:PageBlock>".repeat(300);
    assert_eq!(refusal(&Sample::with_page(&deep)), format!("the file has more than 256 levels of nested XML elements{ends}"));
    let declared = packed(&[("OFD.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>")]);
    assert_eq!(extract(&declared), Err(ExtractError::Declares { part: "OFD.xml".to_owned() }));
    let missing = Sample { document: "<ofd:Pages/>", ..Sample::with_page("") };
    let parts: Vec<_> = missing.parts().into_iter().filter(|(name, _)| !name.contains("Pages")).collect();
    assert_eq!(extract(&bytes(&parts)), Err(ExtractError::DamagedPart { part: "Doc_0/Pages/0.xml".to_owned(), at: None }));
}

/// Eight units, each of ten of the one before it: ten million objects in a few kilobytes.
fn units_of_units() -> Sample {
    let unit = |id: usize, content: &str| {
        format!("<ofd:CompositeGraphicUnit ID=\"{id}\"><ofd:Content>{content}</ofd:Content></ofd:CompositeGraphicUnit>")
    };
    let used = |id: usize| format!("<ofd:CompositeObject ResourceID=\"{id}\"/>").repeat(10);
    let units = (1..8).map(|id| unit(id, &used(id - 1))).collect::<Vec<_>>().concat() + &unit(0, &text(0.0, 0.0, "一"));
    let units = format!("<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits></ofd:Res>");
    Sample { common: "<ofd:PublicRes>Res.xml</ofd:PublicRes>", more: vec![("Doc_0/Res.xml", units)], ..Sample::with_page(&used(7)) }
}

proptest! {
    #[test]
    fn any_words_of_paths_and_distances_are_read(words in prop::collection::vec(prop::sample::select(&WORDS[..]), 0..40)) {
        let words = words.join(" ");
        let objects = text(28.0, 40.0, "正文。").replace("g 2 5", &words)
            + &format!("<ofd:PathObject Boundary=\"{words}\" CTM=\"{words}\" Fill=\"true\"><ofd:AbbreviatedData>{words}</ofd:AbbreviatedData></ofd:PathObject>");
        let _ = extract(&Sample::with_page(&objects).bytes());
    }
}

const WORDS: [&str; 16] = ["M", "L", "B", "Q", "A", "C", "S", "g", "0", "-5", "1e308", "1e-308", "NaN", "inf", "297", "x"];
