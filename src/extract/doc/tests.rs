//! What the reader makes of DOC files.

use crate::extract::extract;

#[test]
fn a_notice_is_read_as_it_is_printed() {
    let read = extract(include_bytes!("../../../tests/readers/notice.doc")).unwrap();
    assert_eq!(
        read.value.text,
        "青石市人民政府关于样本事项的通知\n一、总体要求\n（一）推进样本试点。做好各项工作。\n二、保障措施\n\
         指标\t单位\t2025年\n样本数量\t个\t120\n样本面积\t亩\t35\n\n"
    );
    assert!(read.diagnostics.is_empty());
}
