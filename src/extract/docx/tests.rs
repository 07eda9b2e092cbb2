//! What the reader makes of DOCX files: one rule of the format a test.

use proptest::prelude::{any, prop, proptest};

use super::sample::{Sample, item, level, list, packed, paragraph};
use crate::document::Document;
use crate::document::metadata::Source;
use crate::extract::{ExtractError, RawDocument, RawTable, Shape, extract};

fn read(sample: &Sample) -> RawDocument {
    extract(&sample.bytes()).unwrap().value
}

fn text(body: &str) -> String {
    read(&Sample::with_body(body)).text
}

fn tables(raw: &RawDocument) -> Vec<&RawTable> {
    let tables = raw.blocks.iter().filter_map(|block| match &block.shape {
        Shape::Table(table) => Some(table),
        Shape::Paragraph(_) => None,
    });
    tables.collect()
}

fn run(content: &str) -> String {
    format!("<w:p><w:r>{content}</w:r></w:p>")
}

fn cell(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph("", text))
}

fn row(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn refusal(bytes: &[u8]) -> String {
    extract(bytes).unwrap_err().to_string()
}

#[test]
fn a_paragraph_is_a_line_and_blocks_tile_the_text() {
    let raw = read(&Sample::with_body(&format!("{}<w:p/>{}", paragraph("", "第一章　总则𠮷"), paragraph("", "正文。"))));
    assert_eq!(raw.text, "第一章　总则𠮷\n\n正文。\n");
    let spans: Vec<_> = raw.blocks.iter().map(|block| (raw.text.get(block.span.clone()).unwrap(), block.line)).collect();
    assert_eq!(spans, [("第一章　总则𠮷\n\n", 1), ("正文。\n", 3)]);
}

#[test]
fn runs_print_what_is_seen() {
    assert_eq!(
        text(&run("<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>丁</w:t>")),
        "甲 乙\n丙-丁\n"
    );
    assert_eq!(text(&run("<w:t> 甲 </w:t><w:t xml:space=\"preserve\"> &lt;乙&#x4E00; </w:t>")), "甲 <乙一 \n");
    assert_eq!(text(&run("<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Wingdings\" w:char=\"F082\"/>")), "☑②\n");
    assert_eq!(text("<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink></w:p>"), "链接\n");
    let ruby = "<w:ruby><w:rt><w:r><w:t>yu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>喻</w:t></w:r></w:rubyBase></w:ruby>";
    assert_eq!(text(&run(ruby)), "喻\n");
}

#[test]
fn tracked_changes_are_read_as_accepted_and_said() {
    let body = "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>\
                <w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>移来</w:t></w:r></w:moveTo>\
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>";
    let read = extract(&Sample::with_body(body).bytes()).unwrap();
    assert_eq!(read.value.text, "新移来\n");
    let said: Vec<_> = read.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(said, ["2 tracked deletion(s) left out", "1 run(s) of hidden text left out"]);
    let joined = format!("{}{}", paragraph("<w:rPr><w:del/></w:rPr>", "前半"), paragraph("", "后半"));
    assert_eq!(text(&joined), "前半后半\n", "a deleted mark joins two paragraphs");
}

#[test]
fn results_of_fields_are_kept_and_their_codes_are_not() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let words = |words: &str| format!("<w:r><w:instrText>{words}</w:instrText><w:t>{words}</w:t></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    let nested =
        format!("{begin}{}{begin}{}{separate}{}{end}{separate}{}{end}", words("IF"), words("PAGE"), words("1"), words("第3页"));
    assert_eq!(text(&format!("<w:p>{nested}</w:p>")), "第3页\n");
    let broken = format!("<w:p>{begin}{}</w:p>{}", words("PAGE"), paragraph("", "正文"));
    assert_eq!(text(&broken), "\n正文\n");
    assert_eq!(text("<w:p><w:fldSimple w:instr=\"PAGE\"><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>"), "3\n");
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("", "专栏1"));
    let shape = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>{content}</wps:txbx></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    );
    assert_eq!(text(&format!("<w:p>{shape}<w:r><w:t>正文</w:t></w:r></w:p>")), "正文\n专栏1\n");
    let only_fallback = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wpx\"/><mc:Fallback><w:t>图注</w:t></mc:Fallback>\
                         </mc:AlternateContent></w:r>";
    assert_eq!(text(&format!("<w:p>{only_fallback}</w:p>")), "图注\n");
}

#[test]
fn footnotes_stand_at_the_end() {
    let body = "<w:p><w:r><w:t>高质量</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>发展</w:t></w:r></w:p>";
    let footnotes = format!(
        "<w:footnote w:id=\"0\">{}</w:footnote><w:footnote w:id=\"2\">{}</w:footnote>",
        paragraph("", "线"),
        paragraph("", " 指……")
    );
    let sample = Sample { footnotes, ..Sample::with_body(body) };
    assert_eq!(read(&sample).text, "高质量发展\n[1] 指……\n");
}

#[test]
fn numbers_are_counted_by_level_and_begin_again() {
    let levels = level(0, "chineseCountingThousand", "第%1章", "<w:suff w:val=\"space\"/>")
        + &level(1, "chineseCounting", "%2、", "<w:suff w:val=\"nothing\"/>")
        + &level(2, "chineseCounting", "（%3）", "")
        + &level(3, "decimal", "%1.%4", "<w:isLgl/>")
        + &level(4, "decimalEnclosedCircleChinese", "%5", "<w:lvlRestart w:val=\"0\"/>");
    let body = [
        (0, "总则"),
        (1, "目标"),
        (2, "外贸"),
        (2, "外资"),
        (3, "甲"),
        (4, "乙"),
        (0, "任务"),
        (1, "开放"),
        (2, "自贸"),
        (3, "丙"),
        (4, "丁"),
    ]
    .map(|(level, text)| item(1, level, text));
    let sample = Sample { numbering: list(1, &levels), ..Sample::with_body(&body.concat()) };
    let expected = "第一章 总则\n一、目标\n（一）外贸\n（二）外资\n1.1 甲\n① 乙\n第二章 任务\n一、开放\n（一）自贸\n2.1 丙\n② 丁\n";
    assert_eq!(read(&sample).text, expected);
}

#[test]
fn lists_of_one_definition_count_on_unless_they_have_a_first_number() {
    let numbering = list(1, &level(0, "decimal", "%1.", ""))
        + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/>\
           <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num>\
           <w:num w:numId=\"4\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:lvl w:ilvl=\"0\">\
           <w:start w:val=\"1\"/><w:numFmt w:val=\"klingon\"/><w:lvlText w:val=\"%1)\"/></w:lvl></w:lvlOverride></w:num>";
    let body = [1, 2, 3, 3, 0, 9, 4].map(|list| item(list, 0, "项")).concat();
    let read = extract(&Sample { numbering, ..Sample::with_body(&body) }.bytes()).unwrap();
    assert_eq!(read.value.text, "1. 项\n2. 项\n7. 项\n8. 项\n项\n项\n9) 项\n");
    assert_eq!(read.diagnostics[0].to_string(), "the numbering format klingon is unknown: its numbers are written in digits");
}

#[test]
fn bullets_are_written_as_signs_and_empty_formats_as_nothing() {
    let numbering = list(1, &level(0, "bullet", "\u{F0B7}", "")) + &list(2, &level(0, "none", "%1", ""));
    let body = item(1, 0, "点") + &item(2, 0, "无");
    assert_eq!(read(&Sample { numbering, ..Sample::with_body(&body) }).text, "• 点\n无\n");
}

#[test]
fn styles_give_lists_and_headings_through_their_chain() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"a\" w:default=\"1\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/>\
         <w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
         <w:style w:styleId=\"2\"><w:name w:val=\"章节\"/><w:basedOn w:val=\"1\"/></w:style>\
         <w:style w:styleId=\"3\"><w:name w:val=\"标题 3\"/><w:basedOn w:val=\"3\"/></w:style>";
    let levels = level(0, "upperLetter", "%1．", "") + &level(1, "chineseCounting", "第%2节", "<w:pStyle w:val=\"1\"/>");
    let body = paragraph("<w:pStyle w:val=\"1\"/>", "甲")
        + &paragraph("<w:pStyle w:val=\"2\"/><w:numPr><w:ilvl w:val=\"0\"/></w:numPr>", "乙")
        + &paragraph("<w:pStyle w:val=\"2\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr><w:outlineLvl w:val=\"9\"/>", "丙")
        + &paragraph("<w:pStyle w:val=\"3\"/>", "丁")
        + &paragraph("<w:outlineLvl w:val=\"1\"/>", "戊");
    let raw = read(&Sample { styles: styles.to_owned(), numbering: list(1, &levels), ..Sample::with_body(&body) });
    assert_eq!(raw.text, "第一节 甲\nA．乙\n丙\n丁\n戊\n");
    let hints = raw.blocks.iter().map(|block| match &block.shape {
        Shape::Paragraph(hint) => hint.heading_level,
        Shape::Table(_) => None,
    });
    assert_eq!(hints.collect::<Vec<_>>(), [Some(1), Some(1), None, Some(3), Some(2)]);
}

#[test]
fn merged_cells_say_their_columns_and_are_written_once() {
    let body = format!(
        "<w:tbl>{}{}{}{}<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr></w:tbl>",
        row(&[cell("<w:gridSpan w:val=\"3\"/>", "主要指标")]),
        row(&[cell("", "类别"), cell("", "指标"), cell("", "2025年")]),
        row(&[cell("<w:vMerge w:val=\"restart\"/>", "外贸"), cell("", "总额"), cell("", "84")]),
        row(&[cell("<w:vMerge/>", "x"), cell("<w:gridSpan w:val=\"2\"/>", "逐年提高")]),
        cell("", "删除"),
    );
    let raw = read(&Sample::with_body(&(paragraph("", "前") + &body + &paragraph("", "后"))));
    assert_eq!(raw.text, "前\n主要指标\n类别\t指标\t2025年\n外贸\t总额\t84\n\t逐年提高\n后\n");
    let [table] = tables(&raw)[..] else { panic!("one table") };
    assert_eq!(raw.text.get(table.caption.clone().unwrap()), Some("主要指标"));
    let columns: Vec<Vec<_>> = table.rows.iter().map(|row| row.cells.iter().map(|cell| cell.columns.unwrap()).collect()).collect();
    assert_eq!(columns, [vec![1, 1, 1], vec![1, 1, 1], vec![1, 2]]);
    let rows: Vec<_> = table.rows.iter().map(|row| (raw.text.get(row.span.clone()).unwrap(), row.line)).collect();
    assert_eq!(rows, [("类别\t指标\t2025年\n", 3), ("外贸\t总额\t84\n", 4), ("\t逐年提高\n", 5)]);
}

#[test]
fn a_table_of_one_column_is_a_box_of_paragraphs() {
    let boxed = format!("<w:tbl>{}{}</w:tbl>", row(&[cell("", "专栏1 工程")]), row(&[cell("", "1.建设。")]));
    let raw = read(&Sample::with_body(&boxed));
    assert_eq!((raw.text.as_str(), tables(&raw).len(), raw.blocks.len()), ("专栏1 工程\n1.建设。\n", 0, 2));
}

#[test]
fn hostile_files_are_refused_with_the_limit() {
    let wide = format!("<w:tbl>{0}{0}</w:tbl>", row(&[cell("<w:gridSpan w:val=\"4000000000\"/>", "宽"), cell("", "")]));
    let deep = "<w:ins>".repeat(300) + &"</w:ins>".repeat(300);
    let attributes = " a=\"\"".repeat(300);
    let ends = ", which is not read for safety: check where it comes from";
    for (body, said) in [
        (wide, "the file has more than 1024 columns of a table"),
        (deep, "the file has more than 256 levels of nested XML elements"),
        (format!("<w:p{attributes}/>"), "the file has more than 256 attributes of an XML element"),
        (" ".repeat(8 << 20), "the file has more than 500 expanded bytes for each packed byte"),
    ] {
        assert_eq!(refusal(&Sample::with_body(&body).bytes()), format!("{said}{ends}"));
    }
    let names: Vec<_> = (0..10_001).map(|at| format!("p{at}")).collect();
    let parts: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(refusal(&packed(&parts)), format!("the file has more than 10000 entries{ends}"));
    let error = ExtractError::TooLarge { english: "entries", chinese: "个条目", limit: 10_000 };
    let chinese = error.in_language(crate::diagnostic::Language::Chinese);
    assert_eq!(chinese, "文件含有超过10000个条目，为安全起见没有读取；请检查文件来源");
}

#[test]
fn entities_are_refused_and_damage_is_said() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
    let dtd = "word/document.xml declares a document type (DTD), which is not read for safety: save the file anew with Word or WPS";
    assert_eq!(refusal(&packed(&[("word/document.xml", bomb)])), dtd);
    let damaged = "word/document.xml is missing or damaged (at byte 3): fetch the file again";
    assert_eq!(refusal(&packed(&[("word/document.xml", "<x>")])), damaged);
    assert_eq!(refusal(&packed(&[("word/document.xml", "<x/>")])), "word/document.xml is missing or damaged: fetch the file again");
    let bytes = Sample::with_body(&paragraph("", "文")).bytes();
    let cut = "this ZIP container (DOCX, OFD, XLSX and others) is damaged or cut off: fetch the file again";
    assert_eq!(refusal(bytes.get(..bytes.len() / 2).unwrap()), cut);
}

#[test]
fn other_containers_are_named() {
    for (part, content, name) in [
        ("xl/workbook.bin", "", "an XLSB file"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "an ODT file"),
        ("a.txt", "", "a ZIP container without a document"),
    ] {
        let said = refusal(&packed(&[(part, content)]));
        assert!(said.starts_with(&format!("this is {name};")), "{said}");
    }
}

/// Everything that structure tells of a document but where in the text it stands.
fn outline(raw: RawDocument) -> (Document, Vec<String>) {
    let document = crate::structure::structure(raw, Source::default()).value;
    let nodes = document.nodes.iter().map(|node| format!("{:?} {} {} {}", node.kind, node.label, node.title, node.address));
    let nodes = nodes.collect();
    (document, nodes)
}

#[test]
fn a_plan_with_counted_numbers_has_the_tree_of_its_text() {
    let levels = level(0, "chineseCountingThousand", "第%1章", "<w:suff w:val=\"space\"/>")
        + &level(1, "chineseCounting", "%2、", "<w:suff w:val=\"nothing\"/>")
        + &level(2, "chineseCounting", "（%3）", "<w:suff w:val=\"nothing\"/>");
    let table = [["指标", "单位", "2025年"], ["进出口总额", "亿元", "8400"], ["利用外资", "亿美元", "30"]]
        .map(|cells| row(&cells.map(|text| cell("", text))));
    let body = paragraph("", "示例省商务发展规划")
        + &item(1, 0, "总体要求")
        + &item(1, 1, "指导思想")
        + &paragraph("", "坚持稳中求进。")
        + &item(1, 1, "主要目标")
        + &format!("<w:tbl>{}</w:tbl>", table.concat())
        + &item(1, 0, "重点任务")
        + &item(1, 1, "扩大开放")
        + &item(1, 2, "促进商品消费。促进吃穿用住行消费。")
        + &item(1, 2, "发展服务贸易。培育新业态。");
    let twin = "示例省商务发展规划\n第一章 总体要求\n一、指导思想\n坚持稳中求进。\n二、主要目标\n指标\t单位\t2025年\n进出口总额\t亿元\t8400\n\
                利用外资\t亿美元\t30\n第二章 重点任务\n一、扩大开放\n（一）促进商品消费。促进吃穿用住行消费。\n（二）发展服务贸易。培育新业态。\n";
    let raw = read(&Sample { numbering: list(1, &levels), ..Sample::with_body(&body) });
    assert_eq!(raw.text, twin);
    let (ours, nodes) = outline(raw);
    let (theirs, expected) = outline(extract(twin.as_bytes()).unwrap().value);
    assert_eq!(nodes, expected);
    assert!(nodes.len() > 10, "{nodes:#?}");
    assert_eq!(ours.indicators, theirs.indicators);
    assert_eq!(ours.indicators.len(), 2);
}

#[test]
fn the_plan_of_hunan_has_the_same_tree_as_its_text() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/湖南省“十四五”商务和开放型经济发展规划.txt");
    let raw = extract(&std::fs::read(path).unwrap()).unwrap().value;
    let slice = |span: &std::ops::Range<usize>| raw.text.get(span.clone()).unwrap().trim();
    let boxed = |span: &std::ops::Range<usize>| cell("", &slice(span).replace(['\n', '\t', '\r'], ""));
    let body = raw.blocks.iter().map(|block| match &block.shape {
        Shape::Paragraph(_) => paragraph("", slice(&block.span)),
        Shape::Table(table) => {
            let caption = table.caption.iter().map(|caption| row(&[boxed(caption)]));
            let rows = table.rows.iter().map(|cells| row(&cells.cells.iter().map(|cell| boxed(&cell.span)).collect::<Vec<_>>()));
            format!("<w:tbl>{}</w:tbl>", caption.chain(rows).collect::<String>())
        }
    });
    let sample = Sample::with_body(&body.collect::<String>());
    let ((ours, nodes), (theirs, expected)) = (outline(read(&sample)), outline(raw));
    assert_eq!(nodes, expected);
    assert_eq!(ours.metadata.title, theirs.metadata.title);
    assert_eq!(ours.indicators.len(), theirs.indicators.len());
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = super::read(&[b"PK\x03\x04".as_slice(), bytes.as_slice()].concat(), &crate::extract::Limits::USUAL);
        let _ = crate::extract::xml::parse("any", &bytes, 256);
    }

    #[test]
    fn changed_files_are_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let body = item(1, 0, "一") + &format!("<w:tbl>{0}{0}</w:tbl>", row(&[cell("", "甲"), cell("<w:gridSpan w:val=\"2\"/>", "乙")]));
        let numbering = list(1, &level(0, "chineseCounting", "%1、", ""));
        let mut document = format!("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{body}</w:document>").into_bytes();
        let mut bytes = Sample { numbering, ..Sample::with_body(&body) }.bytes();
        for (at, byte) in changes {
            let (first, second) = (at.index(bytes.len()), at.index(document.len()));
            bytes[first] = byte;
            document[second] = byte;
        }
        let _ = extract(&bytes);
        if let Ok(part) = std::str::from_utf8(&document)
            && let Ok(read) = extract(&packed(&[("word/document.xml", part)]))
        {
            let tiled: String = read.value.blocks.iter().map(|block| read.value.text.get(block.span.clone()).unwrap()).collect();
            assert_eq!(tiled, read.value.text);
        }
    }
}
