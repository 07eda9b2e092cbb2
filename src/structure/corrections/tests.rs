//! Corrections that are followed, and those that cannot be.

use super::*;
use crate::document::metadata::Source;
use crate::extract::extract;
use crate::structure::{corrected, structure};

const TEXT: &str = "关于促进外贸的意见\n\n一、总体要求\n\n正文。\n\n七、工作安排\n\n（一）推进易货贸易\n\n三、保障措施\n\n附言\n";

fn faults(file: &str) -> Vec<String> {
    Corrections::read(file.as_bytes()).diagnostics.into_iter().map(|fault| fault.message.chinese).collect()
}

/// The outline of the text under these corrections, and what was said in Chinese.
fn outline(file: &str) -> (Vec<String>, Vec<String>) {
    let corrections = Corrections::read(file.as_bytes());
    assert_eq!(corrections.diagnostics, [], "{file}");
    let raw = extract(TEXT.as_bytes()).unwrap().value;
    let document = corrected(raw, Source::default(), &corrections.value);
    let nodes = document.value.nodes.iter().filter(|node| node.kind.is_outline() && node.kind != Kind::Front);
    let outline = nodes.map(|node| format!("{} {} {}{}", node.line_start, node.kind.name(), node.label, node.title)).collect();
    (outline, document.diagnostics.iter().map(|diagnostic| diagnostic.say(crate::diagnostic::Language::Chinese)).collect())
}

#[test]
fn without_corrections_nothing_changes() {
    let raw = extract(TEXT.as_bytes()).unwrap().value;
    let read = structure(raw, Source::default());
    assert_eq!(read.diagnostics.len(), 2, "七、 and 三、 are out of order");
    let headings = outline("").0;
    assert_eq!(headings, ["3 section 一、总体要求", "9 measure （一）推进易货贸易"]);
}

#[test]
fn a_line_is_a_heading_where_a_person_says_so() {
    let (headings, said) = outline(
        "[[heading]]\nline = 7\nkind = 'section'\n[[heading]]\nline = 11\nkind = 'section'\n[[heading]]\nline = 13\nlevel = 2\n",
    );
    let expected = [
        "3 section 一、总体要求",
        "7 section 七、工作安排",
        "9 measure （一）推进易货贸易",
        "11 section 三、保障措施",
        "13 section 附言",
    ];
    assert_eq!(headings, expected);
    assert_eq!(said, ["第7行：按更正作标题（section）", "第11行：按更正作标题（section）", "第13行：按更正作2级标题"]);
    let (headings, _) = outline("[[heading]]\nline = 7\nkind = 'chapter'\n");
    assert_eq!(headings[1..], ["7 chapter 七、工作安排", "9 measure （一）推进易货贸易"]);
}

#[test]
fn a_line_is_no_heading_where_a_person_says_so() {
    let (headings, said) = outline("[[text]]\nlines = [9]\n[[text]]\nfrom = 3\nto = 3\n");
    assert_eq!(headings, Vec::<String>::new());
    assert_eq!(said[said.len() - 2..], ["第3行：按更正作正文", "第9行：按更正作正文"]);
}

#[test]
fn the_head_says_what_it_is_told_to() {
    let file = "title = '另一通知'\nissuer = '湖南省商务厅'\ndocument_number = '湘商〔2022〕3号'\ndate = 2022-03-04\n";
    let corrections = Corrections::read(file.as_bytes()).value;
    let document = corrected(extract(TEXT.as_bytes()).unwrap().value, Source::default(), &corrections);
    let metadata = &document.value.metadata;
    let said = (metadata.title.as_str(), metadata.issuer.as_deref(), metadata.date.map(|date| date.to_string()));
    assert_eq!(said, ("另一通知", Some("湖南省商务厅"), Some("2022-03-04".to_owned())));
    assert_eq!((document.value.id.as_str(), metadata.region.as_deref()), ("湘商-2022-3", Some("湖南省")));
    assert_eq!(metadata.genre.as_deref(), Some("通知"));
    let notes: Vec<_> = document.diagnostics.iter().filter(|note| note.code == APPLIED).map(|note| &note.message.english).collect();
    assert_eq!(notes[0], "title corrected to `另一通知`");
    assert_eq!(notes.len(), 4);
}

#[test]
fn what_cannot_be_followed_is_told() {
    let (_, said) = outline("[[heading]]\nline = 4\nlevel = 1\n[[text]]\nlines = [99]\n");
    assert_eq!(said[said.len() - 2..], ["第4行：更正无法采用：这一行没有文字", "第99行：更正无法采用：全文只有13行"]);

    let split = "第一章\n总则\n\n第一条 甲。\n\n第二条 乙。\n";
    let corrections = Corrections { texts: [2].into(), ..Corrections::default() };
    let said = corrected(extract(split.as_bytes()).unwrap().value, Source::default(), &corrections).diagnostics;
    assert_eq!(said.last().unwrap().message.chinese, "更正无法采用：这一行是上一行标题的一部分");

    let table = "一、甲\n\n<table><tr><td>乙</td><td>丙</td></tr><tr><td>丁</td><td>戊</td></tr></table>";
    let raw = extract(format!("<html><body>{table}</body></html>").as_bytes()).unwrap().value;
    let at = raw.blocks.iter().find(|block| matches!(block.shape, crate::extract::Shape::Table(_))).unwrap().line;
    let corrections = Corrections { texts: [at].into(), ..Corrections::default() };
    let said = corrected(raw, Source::default(), &corrections).diagnostics;
    assert_eq!(said.last().unwrap().message.english, "the correction cannot be followed: a table stands on this line");
}

#[test]
fn every_fault_of_the_file_is_told_and_the_rest_holds() {
    let cases = [
        ("titel = '甲'", "不认识的键“titel”；可用：title、issuer、document_number、date、[[heading]]、[[text]]"),
        ("title = 3", "title 应为非空的文字"),
        ("document_number = '57'", "document_number 不合文号格式：“57”，应如“湘政办发〔2021〕57号”"),
        ("date = '昨天'", "date 应为日期，如 2021-09-08"),
        ("date = 10:00:00", "date 应为日期，如 2021-09-08"),
        ("heading = 3", "heading 应写作 [[heading]]"),
        ("[[heading]]\nlevel = 1", "[[heading]] #1 缺少 line（从 1 起的行号）"),
        ("[[heading]]\nline = 0\nlevel = 1", "[[heading]] #1 缺少 line（从 1 起的行号）"),
        (
            "[[heading]]\nline = 3\nlevel = 7",
            "[[heading]] #1 应有 level（1–6）或 kind（part、chapter、section、article、measure、item、subitem）之一",
        ),
        ("[[heading]]\nline = 3\nlevel = 1\nlabel = 2", "不认识的键“[[heading]] #1 label”；可用：line、level、kind"),
        ("[[text]]\nfrom = 9\nto = 3", "[[text]] #1 应有 lines = [行号…]，或 from 与 to"),
        ("[[text]]\nlines = [3]\nfrom = 3\nto = 3", "[[text]] #1 应有 lines = [行号…]，或 from 与 to"),
        ("[[text]]\nlines = [3]\n[[heading]]\nline = 3\nlevel = 1", "第3行有不止一处更正，均未采用"),
        ("[[text]]\nlines = [3, 3]", "第3行有不止一处更正，均未采用"),
    ];
    for (file, fault) in cases {
        assert_eq!(faults(file), [fault], "{file}");
    }
    assert!(faults("title = \"甲\"\ndate =")[0].starts_with("更正文件第2行不合 TOML 语法（"));
    assert_eq!(
        Corrections::read(b"\xff").diagnostics[0].message.english,
        "the file of corrections is not in UTF-8: none of it is followed"
    );
    let partly = Corrections::read("title = '甲'\ntitel = '乙'\n".as_bytes());
    assert_eq!((partly.value.title.as_deref(), partly.diagnostics.len()), (Some("甲"), 1));
}
