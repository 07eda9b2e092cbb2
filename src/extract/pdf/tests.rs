//! Tests of the PDF reader.

use hayro_interpret::hayro_cmap::BfString;

use super::encodings::Encodings;
use super::sample::Sample;
use super::{accepts, read};
use crate::diagnostic::Language;
use crate::extract::Limits;

const HELVETICA: &str = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
/// A font that is not in the file and names a character map of the standard: 方正 and others were set so for years.
const SONG: &str = "/Font << /F << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /GBK-EUC-H /DescendantFonts \
    [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 \
    /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>] >> >>";

fn text(sample: Sample) -> String {
    read(&sample.bytes(), &Limits::USUAL).expect("it is read").value.text
}

fn refused(sample: Sample) -> String {
    read(&sample.bytes(), &Limits::USUAL).expect_err("it is refused").in_language(Language::Chinese)
}

fn one_page(content: &str, resources: &str, more: &str) -> Sample {
    let mut sample = Sample::new();
    sample.page(content, resources, more);
    sample
}

/// Draws a picture over the whole page.
fn scan(sample: &mut Sample) -> String {
    let picture =
        sample.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "\u{7F}");
    format!("/XObject << /I {picture} 0 R >>")
}

const DRAW_SCAN: &str = "q 595 0 0 842 0 0 cm /I Do Q";

#[test]
fn the_signature_may_stand_after_a_head() {
    assert!(accepts(b"%PDF-1.4\n") && accepts(b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n"));
    assert!(!accepts(&[&[b' '; 2000], &b"%PDF-1.4"[..]].concat()) && !accepts("这是 %PDF 的介绍".as_bytes()));
}

#[test]
fn text_is_read_as_the_page_is_looked_at() {
    let show = "BT /F 12 Tf 100 700 Td (Second line) Tj 0 20 Td (First line) Tj ET";
    assert_eq!(text(one_page(show, HELVETICA, "")), "First line\nSecond line\n");
    assert_eq!(text(one_page(show, HELVETICA, "/CropBox [50 50 500 800]")), "First line\nSecond line\n");
    // A page that is shown turned, with its text along the long side.
    let turned = "BT /F 12 Tf 0 1 -1 0 100 100 Tm (First line) Tj 0 1 -1 0 120 100 Tm (Second line) Tj ET";
    assert_eq!(text(one_page(turned, HELVETICA, "/Rotate 90")), "First line\nSecond line\n");
    // A wide table on a page that is not turned.
    assert_eq!(text(one_page(turned, HELVETICA, "")), "First line\nSecond line\n");
}

#[test]
fn text_that_is_not_shown_is_text() {
    let mut sample = Sample::new();
    let picture = scan(&mut sample);
    sample.page(&format!("{DRAW_SCAN} BT 3 Tr /F 12 Tf 100 700 Td (Recognised text) Tj ET"), &format!("{HELVETICA} {picture}"), "");
    let read = read(&sample.bytes(), &Limits::USUAL).expect("it is read");
    assert_eq!((read.value.text.as_str(), read.diagnostics.len()), ("Recognised text\n", 0));
}

#[test]
fn the_character_maps_of_the_standard_are_known() {
    // 中国，GBK: D6D0 B9FA A3AC.
    assert_eq!(text(one_page("BT /F 16 Tf 100 700 Td <D6D0B9FAA3AC> Tj ET", SONG, "")), "中国，\n");
    let unicode = SONG.replace("/GBK-EUC-H", "/UniGB-UCS2-H");
    assert_eq!(text(one_page("BT /F 16 Tf 100 700 Td <4E2D56FDFF0C> Tj ET", &unicode, "")), "中国，\n");
}

#[test]
fn a_font_in_the_file_is_decoded_by_its_collection() {
    let sample = one_page("", SONG, "").bytes();
    let pdf = super::load::open(&sample, &Limits::USUAL).expect("it opens");
    let mut encodings = Encodings::default();
    for page in pdf.pages().iter() {
        super::load::check(page, &mut encodings).expect("it is small");
    }
    let said = |font: &str, code| match encodings.characters(font, code) {
        Some(BfString::Char(character)) => character.to_string(),
        Some(BfString::String(characters)) => characters,
        None => String::new(),
    };
    assert_eq!((said("STSong-Light", 0xD6D0), said("STSong-Light", 0x41)), ("中".to_owned(), "A".to_owned()));
    assert_eq!(said("FangSong", 0xD6D0), "");
}

#[test]
fn characters_that_only_look_right_are_written_as_people_type_them() {
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange \
        3 beginbfchar <41> <2F45> <42> <5411> <43> <2ED3> endbfchar endcmap end";
    let mut sample = Sample::new();
    let map = sample.stream("", map);
    let font = format!("/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {map} 0 R >> >>");
    sample.page("BT /F 12 Tf 100 700 Td (ABC) Tj ET", &font, "");
    assert_eq!(text(sample), "方向长\n");
}

#[test]
fn pages_without_text_are_told_and_a_file_without_text_is_refused() {
    let mut sample = Sample::new();
    let picture = scan(&mut sample);
    sample.page(DRAW_SCAN, &picture, "");
    sample.page("BT /F 12 Tf 100 700 Td (This page has text) Tj ET", HELVETICA, "");
    let read = read(&sample.bytes(), &Limits::USUAL).expect("it is read");
    let said: Vec<String> = read.diagnostics.iter().map(|diagnostic| diagnostic.say(Language::Chinese)).collect();
    assert_eq!(said, ["第1页：没有可用的文字层，需先做文字识别（OCR）"]);
    let mut sample = Sample::new();
    let picture = scan(&mut sample);
    sample.page(DRAW_SCAN, &picture, "");
    assert_eq!(refused(sample), "全部1页都没有文字层（多为扫描件）；请先做文字识别（OCR）");
    let identity = SONG.replace("/GBK-EUC-H", "/Identity-H").replace("(GB1)", "(Identity)");
    let codes = "BT /F 12 Tf 100 700 Td <00480049004A> Tj ET";
    assert_eq!(refused(one_page(codes, &identity, "")), "全部1页的字体都没有注明字形对应的字符，读不出文字；请先做文字识别（OCR）");
}

#[test]
fn lines_of_a_table_are_found_however_they_are_drawn() {
    let words = "BT /F 10 Tf 110 705 Td (a) Tj 100 0 Td (b) Tj -100 -20 Td (c) Tj 100 0 Td (d) Tj ET";
    let strokes = "100 720 m 300 720 l 300 680 l 100 680 l h S 100 700 m 300 700 l S 200 720 m 200 680 l S ";
    let bars = "100 719.5 200 1 re f 100 699.5 200 1 re f 100 679.5 200 1 re f 99.5 680 1 40 re f 199.5 680 1 40 re f 299.5 680 1 40 re f ";
    let one_path = bars.replace("re f", "re") + "f ";
    for lines in [strokes, bars, one_path.as_str()] {
        assert_eq!(text(one_page(&format!("{lines}{words}"), HELVETICA, "")), "a\tb\nc\td\n", "{lines}");
    }
    assert_eq!(
        text(one_page(&format!("1 g {bars} 0 g {words}"), HELVETICA, "")).matches('\t').count(),
        0,
        "white lines are not seen"
    );
}

#[test]
fn watermarks_are_left_out_and_told() {
    let slanted = "BT /F 12 Tf 100 700 Td (This is the text) Tj ET BT /F 40 Tf .7 .7 -.7 .7 200 300 Tm (DRAFT) Tj ET";
    let read = read(&one_page(slanted, HELVETICA, "").bytes(), &Limits::USUAL).expect("it is read");
    assert_eq!(read.value.text, "This is the text\n");
    assert_eq!(read.diagnostics[0].say(Language::Chinese), "第1页：倾斜或页面之外的5个字符（如水印）已略去");
}

#[test]
fn what_needs_a_password_is_refused() {
    let mut sample = one_page("BT /F 12 Tf 100 700 Td (Secret) Tj ET", HELVETICA, "");
    let (owner, user) = ("11".repeat(32), "22".repeat(32));
    let id = "33".repeat(16);
    sample.trailer =
        format!("/Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -44 /O <{owner}> /U <{user}> >> /ID [<{id}> <{id}>]");
    assert_eq!(refused(sample), "文件设有打开密码；请用原来的软件打开，取消密码后另存一份");
}

#[test]
fn forms_that_draw_each_other_are_counted_before_they_are_drawn() {
    let bomb = |depth: usize| {
        let mut sample = Sample::new();
        let mut form = sample.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 m");
        for _ in 0..depth {
            let resources = format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {form} 0 R >> >>");
            form = sample.stream(&resources, &"/X Do ".repeat(10));
        }
        sample.page("/X Do", &format!("/XObject << /X {form} 0 R >>"), "");
        sample
    };
    assert_eq!(refused(bomb(20)), "文件含有超过10000000个页面绘制操作，为安全起见没有读取；请检查文件来源");
    assert_eq!(refused(bomb(60)), "文件含有超过40层嵌套的表单，为安全起见没有读取；请检查文件来源");
    // A form that draws itself is drawn once.
    let mut sample = Sample::new();
    let form = sample.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 3 0 R >> >>", "/X Do");
    sample.page("/X Do", &format!("/XObject << /X {form} 0 R >>"), "");
    assert_eq!(refused(sample), "全部1页都没有文字层（多为扫描件）；请先做文字识别（OCR）");
}
