//! What the reader makes of workbooks, honest and hostile.

use crate::diagnostic::Language;
use crate::document::metadata::Source;
use crate::extract::container::sample::packed;
use crate::extract::{ExtractError, Shape, extract};

use super::RawDocument;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of sheets with these names and contents, as XML.
fn xlsx(sheets: &[(&str, &str)], strings: &str, styles: &str) -> Vec<u8> {
    let numbered = || sheets.iter().zip(1..);
    let list = numbered()
        .map(|((name, _), at)| format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"r{at}\"/>"))
        .collect::<Vec<_>>()
        .concat();
    let relations = numbered()
        .map(|(_, at)| format!("<Relationship Id=\"r{at}\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"))
        .collect::<Vec<_>>()
        .concat();
    let book = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets>{list}</sheets></workbook>");
    let relations = format!(
        "<Relationships>{relations}<Relationship Id=\"s\" Type=\"{RELATIONS}/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>\
         <Relationship Id=\"t\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let mut parts = vec![
        ("xl/workbook.xml".to_owned(), book),
        ("xl/_rels/workbook.xml.rels".to_owned(), relations),
        ("xl/sharedStrings.xml".to_owned(), format!("<sst xmlns=\"{MAIN}\" uniqueCount=\"1000000000000\">{strings}</sst>")),
        ("xl/styles.xml".to_owned(), format!("<styleSheet xmlns=\"{MAIN}\">{styles}</styleSheet>")),
    ];
    for ((_, content), at) in numbered() {
        parts.push((format!("xl/worksheets/sheet{at}.xml"), format!("<x:worksheet xmlns:x=\"{MAIN}\">{content}</x:worksheet>")));
    }
    packed(&parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect::<Vec<_>>())
}

/// A sheet of rows of text, where an empty text is an empty cell, with more of it after the rows.
fn sheet(rows: &[&[&str]], more: &str) -> String {
    let cells = |row: &&[&str]| {
        let cells = row.iter().map(|text| format!("<x:c t=\"inlineStr\"><x:is><x:t>{text}</x:t></x:is></x:c>"));
        format!("<x:row>{}</x:row>", cells.collect::<String>())
    };
    format!("<x:sheetData>{}</x:sheetData>{more}", rows.iter().map(cells).collect::<String>())
}

fn ods(table: &str) -> Vec<u8> {
    let names =
        ["office", "table", "text"].map(|name| format!(" xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""));
    let content = format!(
        "<office:document-content{}><office:body><office:spreadsheet><table:table table:name=\"Sheet1\">{table}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        names.concat()
    );
    packed(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

fn read(bytes: &[u8]) -> RawDocument {
    extract(bytes).unwrap().value
}

fn refusal(bytes: &[u8]) -> String {
    extract(bytes).unwrap_err().to_string()
}

/// Paragraphs as they are; tables as their caption and their cells with the columns that these cover.
fn outline(raw: &RawDocument) -> Vec<String> {
    let slice = |span: &std::ops::Range<usize>| raw.text.get(span.clone()).unwrap().trim().replace('\n', "/");
    let mut outline = Vec::new();
    for block in &raw.blocks {
        match &block.shape {
            Shape::Paragraph(_) => outline.push(slice(&block.span)),
            Shape::Table(table) => {
                outline.extend(table.caption.iter().map(|caption| format!("= {}", slice(caption))));
                for row in &table.rows {
                    let cells = row.cells.iter().map(|cell| match cell.columns {
                        Some(1) => slice(&cell.span),
                        columns => format!("{}×{}", slice(&cell.span), columns.unwrap_or(0)),
                    });
                    outline.push(format!("| {}", cells.collect::<Vec<_>>().join(" | ")));
                }
            }
        }
    }
    outline
}

#[test]
fn the_same_workbook_reads_the_same_in_every_format() {
    let samples: [&[u8]; 3] = [
        include_bytes!("../../../tests/readers/indicators.xlsx"),
        include_bytes!("../../../tests/readers/indicators.ods"),
        include_bytes!("../../../tests/readers/indicators.xls"),
    ];
    for bytes in samples {
        let warned = extract(bytes).unwrap();
        assert_eq!(
            outline(&warned.value),
            [
                "主要指标",
                "= 甲市“十四五”商务发展主要指标",
                "| 类别 | 序号 | 指标 | 2020年 | 2025年 | 年均增速 | 属性",
                "| 对外贸易 | 1 | 进出口总额（亿元） | 4,875 | 8,400 | 12% | 预期性",
                "|  | 2 | 外贸依存度（%） | 11.7 | 15 | — | 预期性",
                "| 利用外资 | 3 | 新增项目（个） | 30 | 每年新增20个×2 | 约束性",
                "注：2020年为统计快报数。",
                "统计口径另行通知。",
                "进度",
                "| 事项 | 完成时限 | 完成",
                "| 出台  细则/报市政府 | 2025年1月31日 | TRUE",
                "| 𠮷庆市场改造 | 2025年12月31日 | #DIV/0!",
            ]
        );
        let pages: Vec<_> = warned.value.blocks.iter().filter_map(|block| block.page).collect();
        assert_eq!(pages, [1, 1, 1, 1, 2, 2]);
        let said: Vec<_> = warned.diagnostics.iter().map(|said| said.say(Language::Chinese)).collect();
        assert_eq!(said, ["隐藏的工作表没有读入：底稿"]);
    }
}

#[test]
fn indicators_are_those_of_the_same_text() {
    let text = "类别\t序号\t指标\t2020年\t2025年\t年均增速\t属性\n对外贸易\t1\t进出口总额（亿元）\t4,875\t8,400\t12%\t预期性\n\
                \t2\t外贸依存度（%）\t11.7\t15\t—\t预期性\n利用外资\t3\t新增项目（个）\t30\t每年新增20个\t约束性\n";
    let indicators = |raw| {
        let mut indicators = crate::structure::structure(raw, Source::default()).value.indicators;
        for indicator in &mut indicators {
            indicator.node = crate::document::node::NodeIndex(0);
        }
        indicators
    };
    let expected = indicators(read(text.as_bytes()));
    assert_eq!(expected.len(), 3);
    assert_eq!(indicators(read(include_bytes!("../../../tests/readers/indicators.xlsx"))), expected);
    assert_eq!(indicators(read(include_bytes!("../../../tests/readers/indicators.ods"))), expected);
    assert_eq!(indicators(read(include_bytes!("../../../tests/readers/indicators.xls"))), expected);
}

#[test]
fn captions_and_notes_need_not_be_merged() {
    let rows: [&[&str]; 7] = [
        &["附表1 主要指标", "", ""],
        &["", "", "单位：亿元"],
        &["指标", "2020年", "2025年"],
        &["总额", "1", "2"],
        &["其他", "", ""],
        &["注：见说明。", "", ""],
        &["数据来源：市统计局", "", ""],
    ];
    let bytes = xlsx(&[("附表1 主要指标", &sheet(&rows, ""))], "", "");
    let expected = [
        "= 附表1 主要指标/单位：亿元",
        "| 指标 | 2020年 | 2025年",
        "| 总额 | 1 | 2",
        "| 其他 |  | ",
        "注：见说明。",
        "数据来源：市统计局",
    ];
    assert_eq!(outline(&read(&bytes)), expected);
}

#[test]
fn merged_cells_cover_what_is_under_them() {
    let rows: [&[&str]; 4] = [&["甲", "乙", "丙"], &["被盖", "1", "2"], &["丁", "3", "被盖"], &["戊", "4", "5"]];
    let regions = "<x:mergeCells><x:mergeCell ref=\"A1:A2\"/><x:mergeCell ref=\"B3:C3\"/><x:mergeCell ref=\"A2:B2\"/>\
                   <x:mergeCell ref=\"C9:A1\"/><x:mergeCell ref=\"?\"/></x:mergeCells>";
    let bytes = xlsx(&[("Sheet1", &sheet(&rows, regions))], "", "");
    assert_eq!(outline(&read(&bytes)), ["| 甲 | 乙 | 丙", "|  | 1 | 2", "| 丁 | 3×2", "| 戊 | 4 | 5"]);
    let everything = "<x:mergeCells><x:mergeCell ref=\"A1:XFD1048576\"/></x:mergeCells>";
    assert_eq!(outline(&read(&xlsx(&[("工作表1", &sheet(&rows, everything))], "", ""))), ["甲"]);
}

#[test]
fn values_are_what_is_displayed() {
    let strings = "<si><r><t>一</t></r><r><t xml:space=\"preserve\"> 二</t></r><rPh><t>yi</t></rPh></si><si><t>_x0041__x000D_&#10;行</t></si>";
    let styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/></numFmts>\
                  <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"31\"/></cellXfs>";
    let cells = "<x:sheetData><x:row r=\"3\"><x:c r=\"B3\" t=\"s\"><x:v>0</x:v></x:c><x:c t=\"s\"><x:v>1</x:v></x:c>\
        <x:c><x:v>0.30000000000000004</x:v></x:c><x:c s=\"1\"><x:f>A1</x:f><x:v>0.0712</x:v></x:c></x:row>\
        <x:row><x:c r=\"B4\" s=\"2\"><x:v>45658</x:v></x:c><x:c t=\"b\"><x:v>0</x:v></x:c><x:c t=\"e\"><x:v>#SPILL!</x:v></x:c>\
        <x:c t=\"s\"><x:v>99</x:v></x:c></x:row></x:sheetData>";
    let raw = read(&xlsx(&[("Sheet1", cells)], strings, styles));
    assert_eq!(outline(&raw), ["| 一 二 | A/行 | 0.3 | 7.1%", "| 2025年1月1日 | FALSE | #SPILL! | "]);
}

#[test]
fn a_sparse_sheet_costs_what_is_in_it() {
    let cells = |far: &str| {
        format!("<x:sheetData><x:row><x:c r=\"A1\"><x:v>1</x:v></x:c><x:c r=\"{far}\"><x:v>2</x:v></x:c></x:row></x:sheetData>")
    };
    assert_eq!(outline(&read(&xlsx(&[("Sheet1", &cells("XFD1048576"))], "", ""))), ["1", "2"]);
    let ends = ", which is not read for safety: check where it comes from";
    for (far, said) in [
        ("XFD1", "the file has more than 1024 columns of a table"),
        ("XFE1", "the file has more than 16384 columns of a sheet"),
        ("A1048577", "the file has more than 1048576 rows of a sheet"),
    ] {
        assert_eq!(refusal(&xlsx(&[("Sheet1", &cells(far))], "", "")), format!("{said}{ends}"));
    }
    let overflow = cells("ZZZZZZZZZZZZZZZ99999999999999");
    assert_eq!(outline(&read(&xlsx(&[("Sheet1", &overflow)], "", ""))), ["1", "2"]);
}

#[test]
fn repeated_cells_are_counted_before_they_are_made() {
    let cell = |more: &str, text: &str| format!("<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>");
    let row = |more: &str, cells: &str| format!("<table:table-row {more}>{cells}</table:table-row>");
    let empty = row("table:number-rows-repeated=\"4294967295\"", "<table:table-cell table:number-columns-repeated=\"99999999\"/>");
    let honest = row("", &(cell("", "甲") + &cell("table:number-columns-repeated=\"2\"", "乙 <text:span>丙</text:span>")));
    let twice =
        row("table:number-rows-repeated=\"2\"", &honest.replace("<table:table-row >", "").replace("</table:table-row>", ""));
    assert_eq!(outline(&read(&ods(&(twice + &empty)))), ["| 甲 | 乙 丙 | 乙 丙", "| 甲 | 乙 丙 | 乙 丙"]);
    let ends = ", which is not read for safety: check where it comes from";
    let wide = row("", &cell("table:number-columns-repeated=\"1000000\"", "一"));
    assert_eq!(refusal(&ods(&wide)), format!("the file has more than 16384 columns of a sheet{ends}"));
    let long = row("table:number-rows-repeated=\"4000000000\"", &cell("table:number-columns-repeated=\"100\"", "一"));
    assert_eq!(refusal(&ods(&long)), format!("the file has more than 1000000 cells of a workbook{ends}"));
    let spanned = row("", &cell("table:number-columns-spanned=\"4294967295\" table:number-rows-spanned=\"4294967295\"", "一"));
    assert_eq!(outline(&read(&ods(&spanned))), ["一"]);
}

#[test]
fn entities_bombs_and_damage_are_refused() {
    let declares = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
    let error = extract(&packed(&[("xl/workbook.xml", declares)])).unwrap_err();
    assert_eq!(error, ExtractError::Declares { part: "xl/workbook.xml".to_owned() });
    let bomb = format!("<x:sheetData>{}</x:sheetData>", " ".repeat(8 << 20));
    let said =
        "the file has more than 500 expanded bytes for each packed byte, which is not read for safety: check where it comes from";
    assert_eq!(refusal(&xlsx(&[("Sheet1", &bomb)], "", "")), said);
    let many = "<x:c><x:v>1</x:v></x:c>".repeat(1_025);
    let wide = format!("<x:sheetData><x:row>{many}</x:row></x:sheetData>");
    let said = "the file has more than 1024 columns of a table, which is not read for safety: check where it comes from";
    assert_eq!(refusal(&xlsx(&[("Sheet1", &wide)], "", "")), said);
    let missing = xlsx(&[("甲", "")], "", "");
    let missing = String::from_utf8_lossy(&missing).contains("sheet1.xml").then_some(missing).unwrap();
    assert!(read(&missing).text.is_empty());
}
