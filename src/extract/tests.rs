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
    assert_eq!((read("").text, read("").blocks), (String::new(), Vec::new()));
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
    for (bytes, english, chinese) in [
        (
            &b"%PDF-1.7"[..],
            "this PDF file is damaged or cut off: fetch the file again",
            "这个 PDF 文件已损坏或不完整；请重新获取文件",
        ),
        (b"PK\x03\x04", "this ZIP container (DOCX, OFD, XLSX and others) is damaged or cut off", "这个 ZIP 容器"),
        (b"\xD0\xCF\x11\xE0", "this OLE compound file (DOC, WPS, XLS and others) is damaged or cut off", "这个 OLE 复合文件"),
        (
            b"abc\n\xE4\xB8\xFF\xFF",
            "from line 2 (byte 4) on this is neither valid UTF-8 nor another Chinese encoding: check whether the file is damaged",
            "第2行（第4字节）起不是有效的 UTF-8",
        ),
        (
            "鐨勶紝銆傦紙鐨勶紝鐨勶紝".as_bytes(),
            "this is mojibake: the text was once read as GBK by mistake",
            "这是乱码：原文曾被误作 GBK",
        ),
        (b"a\0b", "this is not a text file; ", "这不是文本文件；目前可读"),
        (b"\x01\x02\x03\x04a", "this is not a text file; ", "这不是文本文件；目前可读"),
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

#[test]
fn bytes_that_are_no_characters_are_told_with_their_line() {
    let mut bytes = "第一条 为了规范政务信息管理，\n制定本办法，请认真贯彻执行".as_bytes().to_vec();
    bytes.extend(b"\xE4\xB8\n");
    let read = extract(&bytes).unwrap();
    assert!(read.value.text.ends_with("执行\u{FFFD}\n"));
    assert_eq!(read.diagnostics[0].to_string(), "line 2: from this line on 1 place(s) are not valid UTF-8; U+FFFD stands there");
}

#[test]
fn a_text_is_the_same_in_every_encoding() {
    let text = "关于𠮷祥的通知\r\n\r\n一、总体要求\r\n\u{C}（一）坚持“稳”字当头，2025年达到8400亿元。\r\n";
    let (gb18030, _, _) = encoding_rs::GB18030.encode(text);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, encoding) in [
        (text.as_bytes(), "UTF-8"),
        (&[b"\xEF\xBB\xBF", text.as_bytes()].concat()[..], "UTF-8"),
        (&gb18030[..], "gb18030"),
        (&little[..], "UTF-16LE"),
        (&big[..], "UTF-16BE"),
        (&[b"\xFF\xFE", &little[..]].concat()[..], "UTF-16LE"),
        (&[b"\xFE\xFF", &big[..]].concat()[..], "UTF-16BE"),
    ] {
        let read = extract(bytes).unwrap();
        assert_eq!((read.value.text.as_str(), read.value.encoding), (text, Some(encoding)));
        assert!(read.diagnostics.is_empty());
    }
    let (gbk, _, _) = encoding_rs::GBK.encode("中华人民共和国");
    assert_eq!(extract(&gbk).unwrap().value.text, "中华人民共和国");
    let (big5, _, _) = encoding_rs::BIG5.encode("中華人民共和國政府工作報告，各位代表：現在我代表國務院向大會報告工作，請予審議。");
    assert_eq!(extract(&big5).unwrap().value.encoding, Some("Big5"));
}
