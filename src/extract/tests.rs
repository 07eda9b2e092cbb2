//! What the readers make of files.

use super::*;

fn read(text: &str) -> RawDocument {
    extract(text.as_bytes()).unwrap().value
}

fn slice<'raw>(raw: &'raw RawDocument, span: &Range<usize>) -> &'raw str {
    raw.text.get(span.clone()).unwrap()
}

fn cells(raw: &RawDocument) -> Vec<Vec<String>> {
    let rows = raw.blocks.iter().filter_map(|block| match &block.shape {
        Shape::Table(table) => Some(&table.rows),
        Shape::Paragraph(_) => None,
    });
    rows.flatten().map(|row| row.cells.iter().map(|cell| slice(raw, &cell.span).replace('\n', "")).collect()).collect()
}

#[test]
fn lines_are_paragraphs_and_tile_the_text() {
    let raw = read("\n 标题\r\n\r\n正文𠮷。\n最后");
    let spans: Vec<_> = raw.blocks.iter().map(|block| (slice(&raw, &block.span), block.line)).collect();
    assert_eq!(spans, [("\n 标题\r\n\r\n", 2), ("正文𠮷。\n", 4), ("最后", 5)]);
}

#[test]
fn a_byte_order_mark_is_no_text_and_an_empty_file_is_a_document() {
    assert_eq!(read("\u{FEFF}一").text, "一");
    assert_eq!(read(""), RawDocument::default());
    assert_eq!(read(" \n").blocks.len(), 1);
}

#[test]
fn a_table_flattened_a_cell_a_line_is_read_row_by_row() {
    let raw = read(
        "前文。\n\n\t主要指标\n\n\t类\n\n别\n\t名称\n\t2025年\n\n\t对外\n\n贸易\n\t总额\n\n（亿元）\n\t8400\n\n\t\n\t加工\n\t12\n\n\n后文。\n",
    );
    assert_eq!(cells(&raw), [["类别", "名称", "2025年"], ["对外贸易", "总额（亿元）", "8400"], ["", "加工", "12"]]);
    assert_eq!(raw.blocks.len(), 3);
    let Shape::Table(table) = &raw.blocks[1].shape else { panic!("no table") };
    assert_eq!(slice(&raw, &table.caption.clone().unwrap()), "主要指标");
    assert_eq!(slice(&raw, &table.rows[2].span), "\t\n\t加工\n\t12\n\n\n");
}

#[test]
fn a_row_a_line_with_tabs_between_the_cells_is_a_table() {
    assert_eq!(cells(&read("名称\t2025年\n总额\t8400\n\n\t12\n后文。")), [["名称", "2025年"], ["总额", "8400"], ["", "12"]]);
    assert!(cells(&read("总则\t1\n附则\t12\n")).is_empty(), "contents with page numbers");
    assert!(cells(&read("只有\t一行\n")).is_empty());
}

#[test]
fn paragraphs_led_by_a_tab_are_no_table() {
    let prose = "\t为深入贯彻落实党中央、国务院决策部署，推动高质量发展，现提出以下意见，请认真贯彻执行。\n";
    assert!(cells(&read(&format!("{prose}{prose}\n{prose}{prose}"))).is_empty());
}

#[test]
fn markdown_is_told_by_its_content() {
    let raw = read("# 意见\n\n## 一、目标\n正文\n\n| 指标 | 2025年 |\n|---|---:|\n| 总额 | 84 |\n| | 12 |\n");
    let hints = raw.blocks.iter().map(|block| match &block.shape {
        Shape::Paragraph(hint) => hint.heading_level.map(|level| (level, hint.markup)),
        Shape::Table(_) => None,
    });
    assert_eq!(hints.collect::<Vec<_>>(), [Some((1, 2)), Some((2, 3)), None, None]);
    assert_eq!(cells(&raw), [["指标", "2025年"], ["总额", "84"], ["", "12"]]);
    let Shape::Table(table) = &raw.blocks[3].shape else { panic!("no table") };
    assert_eq!(slice(&raw, &table.rows[0].span), "| 指标 | 2025年 |\n|---|---:|\n");
}

#[test]
fn what_cannot_be_read_is_named_in_both_languages() {
    let gbk = b"\xD6\xD0\xBB\xAA\xC8\xCB\xC3\xF1\xB9\xB2\xBA\xCD\xB9\xFA";
    for (bytes, english, chinese) in [
        (&b"%PDF-1.7"[..], "this is a PDF file; UTF-8 .txt and .md can be read: save it as plain text first", "这是 PDF 文件"),
        (b"PK\x03\x04", "this ZIP container (DOCX, OFD, XLSX and others) is damaged or cut off", "这个 ZIP 容器"),
        (b"\xD0\xCF\x11\xE0", "this is an OLE file (DOC, WPS, XLS)", "这是 OLE 文件"),
        (b"\n<!DOCTYPE html>", "this is an HTML page", "这是 HTML 网页"),
        (gbk, "this looks like text in GB18030 (GBK, GB2312)", "这像是 GB18030"),
        (b"\xFF\xFEa\0", "this looks like text in UTF-16", "这像是 UTF-16"),
        (b"abc\n\xE4\xB8", "line 2 (byte 4) is not valid UTF-8: check whether the file is damaged", "第2行（第4字节）"),
        (b"a\0b", "this is not a text file; UTF-8 .txt and .md can be read", "这不是文本文件"),
    ] {
        let error = extract(bytes).unwrap_err();
        assert!(error.to_string().starts_with(english), "{error}");
        let said = error.in_language(crate::diagnostic::Language::Chinese);
        assert!(said.starts_with(chinese), "{said}");
    }
}

#[test]
fn characters_lost_by_a_conversion_are_told() {
    let diagnostics = extract("一\n二\u{FFFD}\n".as_bytes()).unwrap().diagnostics;
    assert_eq!(diagnostics[0].to_string(), "line 2: 1 line(s) contain characters that a conversion has lost (U+FFFD)");
}
