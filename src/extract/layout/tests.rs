//! Tests of layout, on pages in a small notation.
//!
//! A page is a list of its lines, as they look: an ideograph, its mark or an ideographic space is one size wide, a Latin character or
//! a space half of it. Spaces only move what follows; they are not glyphs. A page is twenty sizes wide between its edges.

use proptest::prelude::*;

use super::{Glyph, Page, Rule, lay_out};
use crate::diagnostic::{Language, Warned};
use crate::extract::{RawDocument, Shape};

/// Points; the size of all print where nothing else is said.
pub(super) const SIZE: f32 = 10.0;
pub(super) const LEFT: f32 = 50.0;
pub(super) const TOP: f32 = 100.0;
pub(super) const PITCH: f32 = 18.0;

/// A page with these lines.
pub(super) fn page(number: u32, lines: &[&str]) -> Page {
    let mut page = Page { number, width: LEFT * 2.0 + 20.0 * SIZE, height: 842.0, ..Page::default() };
    for (line, place) in lines.iter().zip(0u8..) {
        print(&mut page, line, (LEFT, TOP + f32::from(place) * PITCH), SIZE);
    }
    page
}

/// Prints a line.
pub(super) fn print(page: &mut Page, line: &str, (mut x, baseline): (f32, f32), size: f32) {
    for character in line.chars() {
        let width = if character.is_ascii() { size / 2.0 } else { size };
        if !character.is_whitespace() {
            page.glyphs.push(Glyph { text: character.to_string(), x, baseline, width, size, bold: false });
        }
        x += width;
    }
}

/// Row and column of a cell.
pub(super) type Place = (usize, usize);

/// Draws all lines of a grid but those between the cells given: (row, column) and the one to the right or below.
pub(super) fn draw(page: &mut Page, columns: &[f32], rows: &[f32], merged: &[(Place, Place)]) {
    for (row, y) in rows.iter().enumerate() {
        for (column, edges) in columns.windows(2).enumerate() {
            if !merged.iter().any(|(one, other)| one.1 == column && other.1 == column && one.0 + 1 == row && other.0 == row) {
                page.rules.push(Rule { x0: edges[0], y0: *y, x1: edges[1], y1: *y });
            }
        }
    }
    for (column, x) in columns.iter().enumerate() {
        for (row, edges) in rows.windows(2).enumerate() {
            if !merged.iter().any(|(one, other)| one.0 == row && other.0 == row && one.1 + 1 == column && other.1 == column) {
                page.rules.push(Rule { x0: *x, y0: edges[0], x1: *x, y1: edges[1] });
            }
        }
    }
}

/// The lines of the text.
pub(super) fn read(pages: Vec<Page>) -> Vec<String> {
    lay_out(pages).value.text.lines().map(str::to_owned).collect()
}

/// Page, frame and text of each block.
fn blocks(raw: &RawDocument) -> Vec<(Option<u32>, Option<u32>, &str)> {
    raw.blocks
        .iter()
        .map(|block| (block.page, block.frame, raw.text.get(block.span.clone()).unwrap_or_default().trim_end()))
        .collect()
}

/// The cells of the only table, with the columns that they cover.
pub(super) fn table(raw: &RawDocument) -> Vec<Vec<(&str, u32)>> {
    let mut tables = raw.blocks.iter().filter_map(|block| match &block.shape {
        Shape::Table(table) => Some(table),
        Shape::Paragraph(_) => None,
    });
    let table = tables.next().expect("there is a table");
    assert!(tables.next().is_none(), "there is one table: {}", raw.text);
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| (raw.text.get(cell.span.clone()).unwrap_or_default(), cell.columns.unwrap_or(0)));
        cells.collect()
    });
    rows.collect()
}

pub(super) fn said(read: &Warned<RawDocument>) -> Vec<String> {
    read.diagnostics.iter().map(|diagnostic| diagnostic.say(Language::Chinese)).collect()
}

#[test]
fn hard_wraps_are_removed_and_indents_begin_paragraphs() {
    let page = page(
        1,
        &[
            "　　到2025年，全市政务服务事项网上可办率达20",
            "25项以上，面积为120平方公里，对接RCEP    ",
            "Agreement规则。𠮷田街道先行试点，其他街道跟",
            "进。",
            "　　一、总体要求",
            "　　坚持统筹推进，分类施策，因地制宜，突出重点。",
            "　　坚持问题导向。",
        ],
    );
    assert_eq!(
        read(vec![page]),
        [
            "到2025年，全市政务服务事项网上可办率达2025项以上，面积为120平方公里，对接RCEP Agreement规则。𠮷田街道先行试点，其他街道跟进。",
            "一、总体要求",
            "坚持统筹推进，分类施策，因地制宜，突出重点。",
            "坚持问题导向。",
        ]
    );
}

#[test]
fn titles_and_signatures_keep_their_lines() {
    let mut page = page(
        1,
        &[
            "",
            "",
            "",
            "各区人民政府，市政府各部门：",
            "　　为方便群众就餐，现就推进社区食堂建设有关",
            "事项通知如下。请结合实际，认真组织抓好落实。",
            "　　附件：1.实施方案",
            "　　　　　2.重点任务分工表以及相关部门职责",
            "　　　　　　清单汇总",
            "　　　　　　　　　　　甲府市人民政府办公室",
            "　　　　　　　　　　　　　2023年5月6日",
            "　　（此件公开发布）",
        ],
    );
    print(&mut page, "关于推进社区食堂", (LEFT + 4.0 * SIZE, TOP), 15.0);
    print(&mut page, "建设的通知", (LEFT + 6.25 * SIZE, TOP + 24.0), 15.0);
    assert_eq!(
        read(vec![page]),
        [
            "关于推进社区食堂",
            "建设的通知",
            "各区人民政府，市政府各部门：",
            "为方便群众就餐，现就推进社区食堂建设有关事项通知如下。请结合实际，认真组织抓好落实。",
            "附件：1.实施方案",
            "2.重点任务分工表以及相关部门职责清单汇总",
            "甲府市人民政府办公室",
            "2023年5月6日",
            "（此件公开发布）",
        ]
    );
}

#[test]
fn paragraphs_go_on_over_pages_without_heads_and_feet() {
    let texts = [
        ["　　坚持便民利民，满足居民的就餐需求，优化布局", "规范管理，严格执行食品安全标准，做到长期坚持"],
        ["不懈，由各区负责，在本月底以前全部完成任务，", "并于每季度末报送进展情况，市政府办公室负责督"],
        ["促检查。", "　　本通知自印发之日起施行。"],
    ];
    let pages = texts.iter().zip(1..).map(|(text, number)| {
        let mut page = page(number, text);
        print(&mut page, "社区食堂建设规划", (LEFT, 40.0), 8.0);
        print(&mut page, &format!("— {number} —"), (LEFT + 90.0, 800.0), SIZE);
        page
    });
    let read = lay_out(pages.collect());
    let first = "坚持便民利民，满足居民的就餐需求，优化布局规范管理，严格执行食品安全标准，做到长期坚持不懈，由各区负责，\
        在本月底以前全部完成任务，并于每季度末报送进展情况，市政府办公室负责督促检查。";
    assert_eq!(blocks(&read.value), [(Some(1), None, first), (Some(3), None, "本通知自印发之日起施行。")]);
    assert_eq!(said(&read), ["页眉页脚共6行已略去：“—1—”、“社区食堂建设规划”"]);
}

#[test]
fn gaps_are_spaces_only_where_they_are_meant() {
    let mut page = page(1, &["第一章　总　则", "WTO agreement 2025", "A B", "发 布 机 构 名 称"]);
    let bold: Vec<Glyph> = page.glyphs.iter().map(|glyph| Glyph { x: glyph.x + 0.3, ..glyph.clone() }).collect();
    page.glyphs.extend(bold);
    assert_eq!(read(vec![page]), ["第一章　总　则", "WTO agreement 2025", "A B", "发布机构名称"]);
}

#[test]
fn signs_of_footnotes_are_left_out_and_footnotes_stand_at_the_end() {
    let lines = ["　　实行双随机 监管方式，减少对正常经营的打扰", "到12km 平方，做到一次进门、全面体检、综合会"];
    let mut pages = vec![page(1, &lines), page(2, &["诊。"])];
    print(&mut pages[0], "1", (LEFT + 7.0 * SIZE, TOP - 4.0), 5.0);
    print(&mut pages[0], "2", (LEFT + 3.0 * SIZE, TOP + PITCH - 4.0), 5.0);
    print(&mut pages[0], "1　随机抽取检查对象，", (LEFT, 700.0), 8.0);
    print(&mut pages[0], "随机选派检查人员。", (LEFT, 712.0), 8.0);
    let read = lay_out(pages);
    let text = "实行双随机监管方式，减少对正常经营的打扰到12km²平方，做到一次进门、全面体检、综合会诊。";
    let note = "[1] 随机抽取检查对象，随机选派检查人员。";
    assert_eq!(blocks(&read.value), [(Some(1), None, text), (Some(1), None, note)]);
    assert_eq!(said(&read), ["1处脚注标记已略去，脚注列在文末"]);
}

#[test]
fn a_box_of_one_column_is_a_frame_on_both_pages() {
    let mut pages: Vec<Page> = vec![page(1, &["正文在前。"]), page(2, &["", "", "", "", "正文在后。"])];
    for page in &mut pages {
        draw(page, &[50.0, 250.0], &[110.0, 150.0], &[]);
    }
    print(&mut pages[0], "专栏1　重点工程", (100.0, 125.0), SIZE);
    print(&mut pages[0], "　　食堂工程。建设社区食堂三百家，", (55.0, 145.0), SIZE);
    print(&mut pages[0], "覆盖全市", (225.0, 145.0), 5.0);
    print(&mut pages[1], "服务居民。", (55.0, 125.0), SIZE);
    let raw = lay_out(pages).value;
    let frames: Vec<_> = blocks(&raw).into_iter().map(|(_, frame, text)| (frame, text)).collect();
    assert_eq!(frames.first(), Some(&(None, "正文在前。")));
    assert!(frames.iter().filter(|(frame, _)| *frame == Some(1)).count() >= 2, "{frames:?}");
    assert!(frames.iter().all(|(frame, _)| frame.is_none_or(|number| number == 1)), "{frames:?}");
    assert_eq!(frames.last(), Some(&(None, "正文在后。")));
}

#[test]
fn a_border_around_every_page_is_no_frame() {
    let pages = ["　　正文一。", "　　正文二。", "　　正文三。"].iter().zip(1..).map(|(text, number)| {
        let mut page = page(number, &[*text]);
        draw(&mut page, &[30.0, 270.0], &[60.0, 780.0], &[]);
        page
    });
    let raw = lay_out(pages.collect()).value;
    assert_eq!(
        blocks(&raw).into_iter().map(|(page, frame, _)| (page, frame)).collect::<Vec<_>>(),
        [(Some(1), None), (Some(2), None), (Some(3), None)]
    );
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let (mut page, line) = (page(1, &[]), "分栏文字一二三四");
    print(&mut page, "通栏标题横跨两栏之上，很长的一个标题文字", (LEFT, TOP), SIZE);
    for (row, text) in (1u8..).zip(["　　左栏起首一二三", line, line, line, line, "左栏止。"]) {
        print(&mut page, text, (LEFT, TOP + f32::from(row) * PITCH), SIZE);
    }
    for (row, text) in (1u8..).zip(["　　右栏起首一二三", line, line, line, line, "右栏止。"]) {
        print(&mut page, text, (LEFT + 11.0 * SIZE, TOP + f32::from(row) * PITCH), SIZE);
    }
    let mut short = self::page(2, &[]);
    for (row, text) in (0u8..).zip([line, "续左。"]) {
        print(&mut short, text, (LEFT, TOP + f32::from(row) * PITCH), SIZE);
        print(&mut short, text.replace('左', "右").as_str(), (LEFT + 11.0 * SIZE, TOP + f32::from(row) * PITCH), SIZE);
    }
    let four = line.repeat(4);
    let (left, right) = (format!("左栏起首一二三{four}左栏止。"), format!("右栏起首一二三{four}右栏止。"));
    let ends = ["续左。", "续右。"].map(|end| format!("{line}{end}"));
    assert_eq!(read(vec![page, short])[1..], [left, right, ends[0].clone(), ends[1].clone()]);
}

#[test]
fn parts_under_each_other_are_a_table_without_lines() {
    let page = page(
        1,
        &["指标　　　　单位　　　　目标", "食堂　　　　家　　　　　300", "服务　　　　万人次　　　200", "", "以上为主要指标。"],
    );
    let raw = lay_out(vec![page]).value;
    assert_eq!(
        table(&raw),
        [["指标", "单位", "目标"], ["食堂", "家", "300"], ["服务", "万人次", "200"]].map(|row| row.map(|cell| (cell, 1)))
    );
}

#[test]
fn entries_of_a_table_of_contents_keep_their_lines() {
    let page = page(1, &["第一章　总则 . . . . . . . . . . . . . . .3", "第二章　任务…………………………………12"]);
    assert_eq!(read(vec![page]), ["第一章　总则……3", "第二章　任务……12"]);
}

#[test]
fn a_page_that_is_a_picture_is_told() {
    let mut scan = page(2, &[]);
    scan.pictures = 1;
    let read = lay_out(vec![page(1, &["　　正文只有这一页，共有二十余字，另一页是图片。"]), scan]);
    assert_eq!(said(&read), ["第2页：没有可用的文字层，需先做文字识别（OCR）"]);
}

/// Numbers as hostile as a file may have them.
fn number() -> impl Strategy<Value = f32> {
    prop_oneof![8 => -50.0f32..900.0, 2 => prop::sample::select(vec![0.0f32, -0.0, 1e30, -1e30, f32::NAN, f32::INFINITY, f32::MIN_POSITIVE])]
}

proptest! {
    #[test]
    fn no_page_makes_layout_panic(
        glyphs in prop::collection::vec((number(), number(), number(), number(), "[a一1。 ]{1,2}"), 0..60),
        rules in prop::collection::vec((number(), number(), number(), number()), 0..40),
        pages in 1u32..4,
    ) {
        let page = |number: u32| Page {
            number,
            width: 595.0,
            height: 842.0,
            glyphs: glyphs.iter().map(|(x, baseline, width, size, text)| Glyph { text: text.clone(), x: *x, baseline: *baseline, width: *width, size: *size, bold: false }).collect(),
            rules: rules.iter().map(|(x0, y0, x1, y1)| Rule { x0: *x0, y0: *y0, x1: *x1, y1: *y1 }).collect(),
            pictures: 0,
        };
        let raw = lay_out((1..=pages).map(page).collect()).value;
        prop_assert_eq!(raw.blocks.last().map_or(0, |block| block.span.end), raw.text.len());
    }
}
