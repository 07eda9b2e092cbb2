//! Tests of grids: tables as they are drawn, merged, open at their sides, torn by the ends of pages.

use crate::extract::Shape;

use super::super::tests::{SIZE, draw, page, print, said, table};
use super::super::{Rule, lay_out};

#[test]
fn merged_cells_are_told_by_missing_lines() {
    let mut page = page(1, &["　　主要指标如下："]);
    let (columns, rows) = ([50.0, 100.0, 150.0, 200.0, 250.0], [120.0, 140.0, 160.0, 180.0, 220.0]);
    let merged = [((0, 0), (1, 0)), ((0, 2), (0, 3)), ((2, 0), (3, 0)), ((3, 2), (3, 3))];
    draw(&mut page, &columns, &rows, &merged);
    for (text, at) in [
        ("类别", (55.0, 145.0)),
        ("名称", (105.0, 135.0)),
        ("目标", (190.0, 135.0)),
        ("单位", (105.0, 155.0)),
        ("2023年", (155.0, 155.0)),
        ("2025年", (205.0, 155.0)),
        ("对外", (55.0, 185.0)),
        ("贸易", (55.0, 198.0)),
        ("总额", (105.0, 175.0)),
        ("84", (155.0, 175.0)),
        ("120", (205.0, 175.0)),
        ("增速", (105.0, 195.0)),
        ("7%左右", (175.0, 195.0)),
    ] {
        print(&mut page, text, at, SIZE);
    }
    let raw = lay_out(vec![page]).value;
    assert_eq!(
        table(&raw),
        [
            vec![("类别", 1), ("名称", 1), ("目标", 2)],
            vec![("", 1), ("单位", 1), ("2023年", 1), ("2025年", 1)],
            vec![("对外贸易", 1), ("总额", 1), ("84", 1), ("120", 1)],
            vec![("", 1), ("增速", 1), ("7%左右", 2)],
        ]
    );
}

#[test]
fn a_table_that_is_open_at_its_sides_has_its_outer_columns() {
    let mut page = page(1, &[]);
    for y in [120.0, 140.0, 160.0] {
        page.rules.push(Rule { x0: 50.0, y0: y, x1: 250.0, y1: y });
    }
    page.rules.push(Rule { x0: 150.0, y0: 120.0, x1: 150.0, y1: 160.0 });
    for (text, at) in [("指标", (60.0, 135.0)), ("目标", (160.0, 135.0)), ("食堂", (60.0, 155.0)), ("300家", (160.0, 155.0))]
    {
        print(&mut page, text, at, SIZE);
    }
    assert_eq!(table(&lay_out(vec![page]).value), [[("指标", 1), ("目标", 1)], [("食堂", 1), ("300家", 1)]]);
}

#[test]
fn a_table_goes_on_on_the_next_page_without_its_repeated_head() {
    let pages = [["食堂", "300"], ["服务", "200"]].into_iter().zip(1..).map(|(cells, number)| {
        let mut page = page(number, &[]);
        draw(&mut page, &[50.0, 150.0, 250.0], &[120.0, 140.0, 160.0], &[]);
        for (text, at) in [("指标", (60.0, 135.0)), ("目标", (160.0, 135.0)), (cells[0], (60.0, 155.0)), (cells[1], (160.0, 155.0))]
        {
            print(&mut page, text, at, SIZE);
        }
        page
    });
    let read = lay_out(pages.collect());
    assert_eq!(table(&read.value), [[("指标", 1), ("目标", 1)], [("食堂", 1), ("300", 1)], [("服务", 1), ("200", 1)]]);
    assert_eq!(said(&read), ["1行跨页重复的表头已略去"]);
}

#[test]
fn a_row_that_is_torn_by_the_end_of_a_page_is_one_row() {
    let parts: [&[[&str; 3]]; 2] = [
        &[["序号", "任务", "单位"], ["1", "建设食堂", "民政局"], ["2", "优化布局，规范", "规划局"]],
        &[["", "管理", ""], ["3", "开展检查", "市监局"]],
    ];
    let pages = parts.into_iter().zip(1..).map(|(rows, number)| {
        let mut page = page(number, &[]);
        let edges: Vec<f32> = (0u8..=3).take(rows.len() + 1).map(|row| 120.0 + 20.0 * f32::from(row)).collect();
        draw(&mut page, &[50.0, 90.0, 200.0, 250.0], &edges, &[]);
        for (row, edge) in rows.iter().zip(edges) {
            for (cell, x) in row.iter().zip([55.0, 95.0, 205.0]) {
                print(&mut page, cell, (x, edge + 15.0), SIZE);
            }
        }
        page
    });
    let read = lay_out(pages.collect());
    assert_eq!(table(&read.value)[2], [("2", 1), ("优化布局，规范管理", 1), ("规划局", 1)]);
    assert_eq!(table(&read.value)[3], [("3", 1), ("开展检查", 1), ("市监局", 1)]);
    assert_eq!(said(&read), ["1行表格被换页隔断，已接合"]);
}

#[test]
fn a_line_over_the_middle_of_a_table_is_its_caption() {
    for (line, is_caption) in
        [("　　　　　　表1　主要指标", true), ("　　有关指标见下表。", false), ("　　　　　（一）主要指标", false)]
    {
        let mut page = page(1, &["　　正文在前。", line]);
        draw(&mut page, &[50.0, 150.0, 250.0], &[130.0, 150.0, 170.0], &[]);
        for (text, at) in [("指标", (60.0, 145.0)), ("目标", (160.0, 145.0)), ("食堂", (60.0, 165.0)), ("300家", (160.0, 165.0))]
        {
            print(&mut page, text, at, SIZE);
        }
        let raw = lay_out(vec![page]).value;
        let caption = raw.blocks.iter().find_map(|block| match &block.shape {
            Shape::Table(table) => table.caption.clone(),
            Shape::Paragraph(_) => None,
        });
        assert_eq!(caption.and_then(|caption| raw.text.get(caption)), is_caption.then_some(line.trim()));
    }
}
