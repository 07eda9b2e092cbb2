//! What the reader makes of DOC files: two that a word processor made of our own texts, and small ones for one rule of the format each.

use super::fib::Part;
use super::modifiers::code;
use super::sample::{Run, Sample, plc, run, sprm};
use crate::document::metadata::Source;
use crate::extract::compound::tests::packed;
use crate::extract::{RawDocument, Shape, extract};
use crate::structure::structure;

fn read(sample: &Sample) -> RawDocument {
    extract(&sample.bytes()).unwrap().value
}

fn text(runs: Vec<Run>) -> String {
    read(&Sample::new(runs)).text
}

fn said(bytes: &[u8]) -> Vec<String> {
    extract(bytes).unwrap().diagnostics.iter().map(ToString::to_string).collect()
}

fn refusal(bytes: &[u8]) -> String {
    extract(bytes).unwrap_err().to_string()
}

/// The text and the columns of each cell of the tables.
fn cells(raw: &RawDocument) -> Vec<Vec<(&str, u32)>> {
    let tables = raw.blocks.iter().filter_map(|block| match &block.shape {
        Shape::Table(table) => Some(&table.rows),
        Shape::Paragraph(_) => None,
    });
    let row = |cell: &crate::extract::RawCell| (raw.text.get(cell.span.clone()).unwrap(), cell.columns.unwrap());
    tables.flatten().map(|own| own.cells.iter().map(row).collect()).collect()
}

#[test]
fn a_notice_is_read_as_it_is_printed() {
    let read = extract(include_bytes!("../../../tests/readers/notice.doc")).unwrap();
    assert_eq!(
        read.value.text,
        "青石市人民政府关于样本事项的通知\n一、总体要求\n（一）推进样本试点。做好各项工作。\n二、保障措施\n\
         指标\t单位\t2025年\n样本数量\t个\t120\n样本面积\t亩\t35\n"
    );
    assert!(read.diagnostics.is_empty());
}

#[test]
fn a_plan_with_everything_is_read_as_it_is_printed() {
    let bytes = include_bytes!("../../../tests/readers/plan.doc");
    let raw = extract(bytes).unwrap().value;
    assert_eq!(
        raw.text,
        "青石市人民政府关于印发样本规划的通知\n青政发〔2023〕7号\n第一章 总体要求\n一、指导思想\n\
         坚持样本先行，推动新增的工作𠮷。\n本段挂着文本框。\n专栏1　框中之文\n框的第二段。\n二、主要目标\n\
         （一）样本数量增加。\n（二）样本质量提高。\n1. 第一批。\n2. 第二批。\n① 甲项。\n② 乙项。\n（三）样本效益显著。\n\
         第二章 重点任务\n主要指标如下：\n类别\t名称\t目标\n\t\t2023年\t2025年\n样本\t1\t数量（个）\t84\t120\n\t2\t增速\t7%左右\n\
         \t3\t质量\n水平\t5\t6\n表后之文： 制表\n换行，不断-字符，链接文字，第1页。\n专栏2　一列的表\n1.建设样本库。\n两表之间。\n\
         外\t内甲 内乙\n内丙 内丁\n内表之后\n外二\t外三\n新页之文。\n形中之文\n• 点一\n• 点二\n二〇二三年三月一日\n\
         [1] 样本先行，指先做样本，后做其他。\n[1] 数据为预计数。\n"
    );
    let grid = cells(&raw).into_iter().map(|row| row.into_iter().map(|(_, columns)| columns).collect::<Vec<_>>());
    assert_eq!(
        grid.collect::<Vec<_>>(),
        [vec![1, 2, 2], vec![1, 2, 1, 1], vec![1; 5], vec![1, 1, 1, 2], vec![1; 5], vec![1, 1], vec![1, 1]]
    );
    let framed = raw.blocks.iter().filter_map(|block| Some((block.frame?, raw.text.get(block.span.clone())?)));
    assert_eq!(
        framed.collect::<Vec<_>>(),
        [(1, "专栏1　框中之文\n"), (1, "框的第二段。\n"), (2, "专栏2　一列的表\n"), (2, "1.建设样本库。\n"), (3, "形中之文\n")]
    );
    let headings = raw.blocks.iter().filter_map(|block| match &block.shape {
        Shape::Paragraph(hint) => Some((hint.heading_level?, raw.text.get(block.span.clone())?.trim())),
        Shape::Table(_) => None,
    });
    let expected = [(1, "第一章 总体要求"), (2, "一、指导思想"), (2, "二、主要目标"), (1, "第二章 重点任务")];
    assert_eq!(headings.collect::<Vec<_>>(), expected);
    assert_eq!(said(bytes), ["1 tracked deletion(s) left out", "1 run(s) of hidden text left out"]);
}

#[test]
fn a_file_saved_in_haste_is_read_in_the_order_of_its_pieces() {
    // A piece may refer to a list of modifiers (1: the first list) or have a short one (0x41: deleted; 0x5C: hidden).
    let with_piece = |text: &str, piece: u16| Run { piece, ..run(text) };
    let short = |place: u16| (place << 1) | (1 << 8);
    let mut sample = Sample::new(vec![
        run("caf"),
        run("é—总则\r"),
        with_piece("by a list ", 1),
        with_piece("shortly deleted ", short(0x41)),
        with_piece("shortly hidden ", short(0x5C)),
        run("left\r"),
    ]);
    sample.hasty = true;
    assert_eq!(read(&sample).text, "café—总则\nleft\n");
    assert_eq!(said(&sample.bytes()), ["1 tracked deletion(s) left out", "1 run(s) of hidden text left out"]);
}

#[test]
fn one_byte_characters_are_western_ones() {
    let sample = Sample { hasty: true, ..Sample::new(vec![run("xy z\r")]) };
    let (mut word, table) = sample.streams();
    word[2048..2052].copy_from_slice(b"\x93\x85\x94\xE9");
    let bytes = packed(&[("WordDocument", &word), ("1Table", &table)]);
    assert_eq!(extract(&bytes).unwrap().value.text, "“…”é\n");
}

#[test]
fn characters_print_what_is_seen() {
    assert_eq!(text(vec![run("甲\t乙\u{B}丙\u{1F}\u{1E}丁\u{E}戊\u{1}\u{5}\u{8}(己)\r"), run("末")]), "甲 乙\n丙-丁\n戊(己)\n末\n");
    let nested = "\u{13} IF \u{13} PAGE \u{14}1\u{15} \u{14}第3页\u{15}。\r";
    assert_eq!(text(vec![run(nested), run("\u{13} PAGE\r"), run("正文\r")]), "第3页。\n\n正文\n");
    // A section ends a paragraph, a page does not.
    let mut sample = Sample::new(vec![run("上\u{C}下\u{C}"), run("后\r")]);
    sample.parts.push((Part::Sections, plc(&[0, 4, 6], &[0; 24])));
    let blocks: Vec<_> = read(&sample).blocks.iter().map(|block| block.line).collect();
    assert_eq!((read(&sample).text.as_str(), blocks), ("上\n下\n后\n", vec![1, 2, 3]));
}

#[test]
fn symbols_are_told_by_the_names_of_their_fonts() {
    let font = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        [&[u8::try_from(39 + name.len()).unwrap()], [0; 39].as_slice(), &name].concat()
    };
    let symbol = |font: u8, code: u8| run("(").with_characters(&[sprm(code::SYMBOL, &[font, 0, code, 0xF0])]);
    let mut sample = Sample::new(vec![symbol(1, 0xFE), symbol(2, 0x6D), symbol(1, 0xEE), run("(完)\r")]);
    sample.parts.push((Part::Fonts, [vec![3, 0, 0, 0], font("宋体"), font("Wingdings"), font("Symbol")].concat()));
    assert_eq!(read(&sample).text, "☑μ\u{FFFD}(完)\n");
}

/// A style: what it is (built in or not), its kind, the style that it is based on, its modifiers of paragraphs and of characters.
type Style = (u16, u16, u16, Vec<u8>, Vec<u8>);

/// A part with styles.
fn styles(styles: &[Style]) -> (Part, Vec<u8>) {
    let mut part = vec![4, 0, u8::try_from(styles.len()).unwrap(), 0, 10, 0];
    for (identifier, kind, base, paragraph, characters) in styles {
        let list = |own: &[u8]| {
            let mut list = [&u16::try_from(own.len()).unwrap().to_le_bytes(), own].concat();
            list.resize(list.len().next_multiple_of(2), 0);
            list
        };
        let head: Vec<u8> =
            [*identifier, (base << 4) | kind, 2, 0, 0, 1, u16::from(b'x'), 0].iter().flat_map(|word| word.to_le_bytes()).collect();
        let paragraph = if *kind == 1 { list(&[&[0, 0], paragraph.as_slice()].concat()) } else { Vec::new() };
        let style = [head, paragraph, list(characters)].concat();
        part.extend(u16::try_from(style.len()).unwrap().to_le_bytes());
        part.extend(style);
    }
    (Part::Styles, part)
}

const NO_STYLE: u16 = 0x0FFF;
const USER_STYLE: u16 = 0x0FFE;

#[test]
fn styles_tell_headings_and_hidden_text_through_their_chain() {
    let mut sample = Sample::new(vec![
        run("标题\r").with_paragraph(1, &[]),
        run("似标题\r").with_paragraph(2, &[]),
        run("正文\r").with_paragraph(2, &[sprm(code::OUTLINE, &[9])]),
        run("纲\r").with_paragraph(0, &[sprm(code::OUTLINE, &[2])]),
        run("隐").with_characters(&[sprm(code::STYLE_OF_CHARACTERS, &[3, 0])]),
        run("显").with_characters(&[sprm(code::STYLE_OF_CHARACTERS, &[3, 0]), sprm(code::HIDDEN, &[0x81])]),
        run("也隐").with_characters(&[sprm(code::HIDDEN, &[1])]),
        run("\r"),
        run("全隐\r").with_paragraph(4, &[]).with_characters(&[sprm(code::STYLE_OF_CHARACTERS, &[0, 0])]),
    ]);
    sample.parts.push(styles(&[
        (0, 1, NO_STYLE, vec![], vec![]),
        (3, 1, 0, vec![], vec![]),
        (USER_STYLE, 1, 1, vec![], vec![]),
        (USER_STYLE, 2, NO_STYLE, vec![], sprm(code::HIDDEN, &[1])),
        (USER_STYLE, 1, 0, vec![], sprm(code::HIDDEN, &[1])),
    ]));
    let raw = read(&sample);
    assert_eq!(raw.text, "标题\n似标题\n正文\n纲\n显\n\n");
    let levels = raw.blocks.iter().map(|block| match &block.shape {
        Shape::Paragraph(hint) => hint.heading_level,
        Shape::Table(_) => None,
    });
    assert_eq!(levels.collect::<Vec<_>>(), [Some(3), Some(3), None, Some(3), None]);
    assert_eq!(said(&sample.bytes()), ["3 run(s) of hidden text left out"]);
}

#[test]
fn a_deleted_mark_joins_two_paragraphs() {
    let deleted = |text: &str| run(text).with_characters(&[sprm(code::DELETED, &[1])]);
    assert_eq!(text(vec![run("前半"), deleted("\r"), run("后"), deleted("旧"), run("半\r")]), "前半后半\n");
    assert_eq!(text(vec![run("前半"), deleted("\r")]), "前半\n");
}

/// The mark at the end of a row: where its cells begin and end, and the flags of each.
fn row_end(edges: &[i16], flags: &[u16]) -> Run {
    let cells = u8::try_from(edges.len() - 1).unwrap();
    let described = flags.iter().flat_map(|flags| [flags.to_le_bytes().as_slice(), &[0; 18]].concat());
    let operand: Vec<u8> = edges.iter().flat_map(|edge| edge.to_le_bytes()).chain(described).collect();
    let length = u16::try_from(operand.len() + 2).unwrap().to_le_bytes();
    let row = sprm(code::ROW, &[length.as_slice(), &[cells], operand.as_slice()].concat());
    run("\u{7}").with_paragraph(0, &[sprm(code::IN_TABLE, &[1]), sprm(code::ROW_END, &[1]), row])
}

fn in_cell(text: &str) -> Run {
    run(text).with_paragraph(0, &[sprm(code::IN_TABLE, &[1])])
}

#[test]
fn merged_cells_are_written_once_and_say_their_columns() {
    let (down, first_down) = (0x20, 0x60);
    let raw = read(&Sample::new(vec![
        run("前\r"),
        in_cell("类别\u{7}"),
        in_cell("目标\u{7}"),
        // Edges that differ by less than a millimetre are one.
        row_end(&[-108, 1000, 3020], &[]),
        in_cell("甲\u{7}"),
        in_cell("一\r"),
        in_cell("二\u{7}"),
        in_cell("三\u{7}"),
        row_end(&[-108, 1000, 2000, 3000], &[first_down, 0, 0]),
        in_cell("藏\u{7}"),
        in_cell("并\u{7}"),
        in_cell("藏\u{7}"),
        // Word 97 marks the first of a set with 1 and the others with 2, the standard has it the other way round.
        row_end(&[-110, 1000, 2000, 3000], &[down, 1, 2]),
        in_cell("并\u{7}"),
        in_cell("藏\u{7}"),
        in_cell("末\u{7}"),
        row_end(&[-108, 1000, 2000, 3000], &[2, 1, 0]),
        // A row that begins later.
        in_cell("缩\u{7}"),
        row_end(&[1000, 2000], &[]),
        run("后\r"),
    ]));
    assert_eq!(
        cells(&raw),
        [
            vec![("类别", 1), ("目标", 2)],
            vec![("甲", 1), ("一\n二", 1), ("三", 1)],
            vec![("", 1), ("并", 2)],
            vec![("并", 2), ("末", 1)],
            vec![("", 1), ("缩", 1), ("", 1)],
        ]
    );
    assert!(raw.text.starts_with("前\n类别\t目标\n") && raw.text.ends_with("\n后\n"), "{}", raw.text);
}

#[test]
fn properties_of_wide_rows_lie_elsewhere_and_deleted_rows_are_left_out() {
    let wide = row_end(&[0, 1000, 3000], &[]);
    let far = wide.paragraph[2..].to_vec();
    let elsewhere = run("\u{7}").with_paragraph(0, &[sprm(code::HUGE, &4u32.to_le_bytes())]);
    let mut deleted = row_end(&[0, 1000, 2000], &[]);
    deleted.characters = sprm(code::DELETED, &[1]);
    let mut sample = Sample::new(vec![
        in_cell("甲\u{7}"),
        in_cell("乙\u{7}"),
        elsewhere,
        in_cell("旧\u{7}"),
        in_cell("旧\u{7}"),
        deleted,
        in_cell("丙\u{7}"),
        in_cell("丁\u{7}"),
        in_cell("戊\u{7}"),
        row_end(&[0, 1000, 2000, 3000], &[]),
    ]);
    sample.data = [vec![9; 4], u16::try_from(far.len()).unwrap().to_le_bytes().to_vec(), far].concat();
    assert_eq!(cells(&read(&sample)), [vec![("甲", 1), ("乙", 2)], vec![("丙", 1), ("丁", 1), ("戊", 1)]]);
}

/// A level: its first number, format, flags, and text, in which characters below 9 stand for numbers.
fn level(start: u32, format: u8, flags: u8, text: &str) -> Vec<u8> {
    let mut level = [&start.to_le_bytes(), [format, flags].as_slice(), &[0; 9], &[2], &[0; 12]].concat();
    level.extend(u16::try_from(text.encode_utf16().count()).unwrap().to_le_bytes());
    level.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    level
}

#[test]
fn lists_count_by_level_and_may_have_a_first_number_of_their_own() {
    let levels: Vec<u8> = (0..9u8)
        .flat_map(|at| match at {
            0 => level(1, 39, 0, "第\u{0}章　"),
            1 => level(1, 37, 0, "（\u{1}）"),
            // Bit 2: all numbers in digits.
            2 => level(1, 0, 4, "\u{0}.\u{2} "),
            _ => level(1, 200, 0, "\u{3}"),
        })
        .collect();
    let definitions = [[1, 0].as_slice(), &[7, 0, 0, 0], &[0; 24]].concat();
    let list = |overrides: u8| [[7, 0, 0, 0].as_slice(), &[0; 8], &[overrides, 0, 0, 0]].concat();
    let first_number = [&[0xFF; 4], [20, 0, 0, 0].as_slice(), &[0x10, 0, 0, 0]].concat();
    let lists = [vec![2, 0, 0, 0], list(0), list(1), [0xFF; 4].to_vec(), first_number].concat();
    let item = |list: u8, at: u8| run("项\r").with_paragraph(0, &[sprm(code::LIST, &[list, 0]), sprm(code::LIST_LEVEL, &[at])]);
    let by_style = run("款\r").with_paragraph(1, &[]);
    let taken_away = run("无\r").with_paragraph(1, &[sprm(code::LIST, &[0, 0])]);
    let items = [item(1, 0), by_style.clone(), by_style, item(1, 2), item(2, 0), taken_away, item(2, 0), item(1, 3), item(9, 0)];
    let mut sample = Sample::new(items.to_vec());
    let style = [sprm(code::LIST, &[1, 0]), sprm(code::LIST_LEVEL, &[1])].concat();
    sample.parts = vec![
        // The levels follow the definitions and are not counted in their length.
        (Part::Lists, definitions),
        (Part::Fonts, levels),
        (Part::ListOverrides, lists),
        styles(&[(0, 1, NO_STYLE, vec![], vec![]), (USER_STYLE, 1, 0, style, vec![])]),
    ];
    let expected = "第一章　项\n（一）款\n（二）款\n1.1 项\n第二十章　项\n无\n第二十一章　项\n1项\n项\n";
    assert_eq!(read(&sample).text, expected);
    assert_eq!(said(&sample.bytes()), ["the numbering format nfc 200 is unknown: its numbers are written in digits"]);
}

#[test]
fn a_text_box_in_a_group_follows_the_paragraph_that_the_group_hangs_on() {
    let record = |container: bool, kind: u16, content: &[u8]| {
        let version: u16 = if container { 0xF } else { 2 };
        let length = u32::try_from(content.len()).unwrap();
        [&version.to_le_bytes(), kind.to_le_bytes().as_slice(), &length.to_le_bytes(), content].concat()
    };
    let shape = |number: u8| record(true, 0xF004, &record(false, 0xF00A, &[number, 4, 0, 0, 0, 0, 0, 0]));
    let group = record(true, 0xF003, &[shape(2), shape(3)].concat());
    let story = record(true, 0xF002, &record(true, 0xF003, &[shape(1), group].concat()));
    let text_box = |number: u8| [[0; 14].as_slice(), &[number, 4, 0, 0], &[0; 4]].concat();
    let mut sample = Sample::new(vec![run("甲\u{8}\r乙\r"), run("框一\r"), run("框二\r\r\r")]);
    sample.stories = [5, 0, 0, 0, 0, 0, 8];
    sample.parts = vec![
        (Part::DrawingGroups, [record(true, 0xF000, &[]), vec![0], story].concat()),
        (Part::Drawings, plc(&[1, 5], &[[2, 4, 0, 0].as_slice(), &[0; 22]].concat())),
        (Part::BoxTexts, plc(&[0, 3, 7, 8], &[text_box(9), text_box(3), text_box(0)].concat())),
    ];
    let raw = read(&sample);
    let frames: Vec<_> = raw.blocks.iter().map(|block| block.frame).collect();
    // A box that hangs nowhere stands at the end.
    assert_eq!((raw.text.as_str(), frames), ("甲\n框二\n乙\n框一\n", vec![None, Some(1), None, Some(2)]));
}

#[test]
fn what_cannot_be_read_is_said() {
    let sample = Sample::new(vec![run("文\r")]);
    let (word, table) = sample.streams();
    let changed = |at: usize, bytes: &[u8]| {
        let mut word = word.clone();
        word[at..at + bytes.len()].copy_from_slice(bytes);
        packed(&[("WordDocument", &word), ("1Table", &table)])
    };
    assert_eq!(extract(&changed(0, &[])).unwrap().value.text, "文\n");
    let again = "is missing or damaged: fetch the file again";
    for (bytes, said) in [
        (
            changed(10, &[0, 3]),
            "the file is protected by a password: remove the password in the program that made it and save it anew".to_owned(),
        ),
        (changed(0, &[1, 2]), format!("WordDocument {again}")),
        (changed(76, &[9]), format!("WordDocument {again}")),
        (changed(154 + 33 * 8, &[0xFF; 4]), format!("1Table {again}")),
        (packed(&[("WordDocument", &word)]), format!("1Table {again}")),
        (packed(&[("WordDocument", b"short")]), format!("WordDocument {again}")),
    ] {
        assert_eq!(refusal(&bytes), said);
    }
    assert!(refusal(&changed(2, &[104, 0])).starts_with("this is a Word 6 or Word 95 document; "));
    let deep = Sample::new(vec![run("深\r").with_paragraph(0, &[sprm(code::IN_TABLE, &[1]), sprm(code::DEPTH, &[0, 0, 0, 1])])]);
    let limit = "the file has more than 64 levels of tables within tables, which is not read for safety: check where it comes from";
    assert_eq!(refusal(&deep.bytes()), limit);
}

/// Everything that structure tells of a document but where in the text it stands.
fn outline(raw: RawDocument) -> Vec<String> {
    let document = structure(raw, Source::default()).value;
    let nodes = document.nodes.iter().map(|node| format!("{:?} {} {} {}", node.kind, node.label, node.title, node.address));
    nodes.chain([document.metadata.title.clone(), document.indicators.len().to_string()]).collect()
}

#[test]
fn the_plan_of_hunan_has_the_same_tree_as_its_text() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/湖南省“十四五”商务和开放型经济发展规划.txt");
    let raw = extract(&std::fs::read(path).unwrap()).unwrap().value;
    let slice = |span: &std::ops::Range<usize>| raw.text.get(span.clone()).unwrap().trim();
    // Rows that do not say where their cells are, so that each cell has one column, as in the text.
    let row = |spans: Vec<&std::ops::Range<usize>>| {
        let cells = spans.into_iter().map(|span| in_cell(&format!("{}\u{7}", slice(span).replace(['\n', '\t', '\r'], ""))));
        cells.chain([row_end(&[0], &[])]).collect::<Vec<_>>()
    };
    let runs = raw.blocks.iter().flat_map(|block| match &block.shape {
        Shape::Paragraph(_) => vec![run(&format!("{}\r", slice(&block.span)))],
        Shape::Table(table) => {
            let caption = table.caption.iter().flat_map(|caption| row(vec![caption]));
            let rows = table.rows.iter().flat_map(|own| row(own.cells.iter().map(|cell| &cell.span).collect()));
            caption.chain(rows).collect()
        }
    });
    let sample = Sample::new(runs.collect());
    let nodes = outline(read(&sample));
    assert_eq!(nodes, outline(raw));
    assert!(nodes.len() > 100, "{}", nodes.len());
}
