//! What a list shows for what is typed, and where its selection goes.

use super::*;

fn list() -> Picker {
    let rows = [("健全农村电商体系", "12"), ("促进农产品销售", "3"), ("电子商务进农村", "100"), ("RCEP 规则", ""), ("农村", "7")];
    let columns =
        vec![Column::new("标题", "title", Width::Share(1)), Column::new("处", "hits", Width::Exactly(6)).right().unsearched()];
    Picker::new(columns).with_rows(rows.map(|(title, count)| vec![title.to_owned(), count.to_owned()]))
}

fn shown(picker: &Picker) -> Vec<&str> {
    picker.shown().map(|row| picker.cell(row, 0)).collect()
}

fn numbers(picker: &Picker) -> Vec<usize> {
    picker.shown().collect()
}

#[test]
fn a_long_list_is_looked_through_little_by_little_and_comes_to_the_same() {
    let long = |title: &str| std::iter::repeat_n(title.to_owned(), AT_ONCE).map(|title| vec![title, "文件".to_owned()]);
    let columns = vec![Column::new("标题", "title", Width::Share(1)), Column::new("文件", "document", Width::Share(1))];
    let mut picker = Picker::new(columns).with_rows(long("农业").chain(long("农村")));
    while picker.is_left() {
        picker.go_on();
    }
    picker.insert("村");
    assert!(picker.is_left() && picker.shown().len() == 0);
    picker.insert("文");
    picker.edit(Edit::Backspace);
    picker.go_on();
    assert!(!picker.is_left());
    assert_eq!((picker.shown().len(), picker.chosen()), (AT_ONCE, Some(AT_ONCE)));
    picker.step(Motion::Down);
    picker.extend([vec!["村".to_owned(), String::new()]]);
    assert_eq!((picker.chosen(), picker.selected()), (Some(AT_ONCE + 1), 2));
}

#[test]
fn what_fits_best_stands_first() {
    let mut picker = list();
    picker.insert("农村");
    assert_eq!(shown(&picker), ["农村", "健全农村电商体系", "电子商务进农村"]);
    picker.retype("ncds");
    assert_eq!(shown(&picker), ["健全农村电商体系"]);
    assert_eq!(picker.found(0, 0), vec![6..18; 1]);
    picker.retype("农电");
    assert_eq!(shown(&picker), ["健全农村电商体系"]);
    assert_eq!(picker.found(0, 0), [6..9, 12..15]);
    picker.retype("nong 电");
    assert_eq!(shown(&picker), ["电子商务进农村", "健全农村电商体系"]);
    picker.retype("ｒｃｅｐ");
    assert_eq!(shown(&picker), ["RCEP 规则"]);
    picker.retype("100");
    assert_eq!(shown(&picker), [""; 0]);
    assert_eq!(picker.chosen(), None);
}

#[test]
fn typing_on_finds_what_typing_at_once_finds() {
    for typed in ["nongcundianshang", "农村 ds", "rcep gz", "dszw", "cjncp"] {
        let (mut once, mut letter_by_letter) = (list(), list());
        once.insert(typed);
        typed.chars().for_each(|letter| letter_by_letter.insert(&letter.to_string()));
        assert_eq!(numbers(&once), numbers(&letter_by_letter), "{typed}");
        letter_by_letter.edit(Edit::ClearBefore);
        assert_eq!(numbers(&letter_by_letter), [0, 1, 2, 3, 4]);
    }
}

#[test]
fn columns_are_ordered_by_value_and_by_pinyin() {
    let mut picker = list();
    picker.select(Some(1));
    picker.sort(Some(Order { column: 1, is_descending: false }));
    assert_eq!(numbers(&picker), [1, 4, 0, 2, 3]);
    assert_eq!(picker.chosen(), Some(1));
    picker.turn();
    assert_eq!(numbers(&picker), [2, 0, 4, 1, 3]);
    picker.sort_by_next(80);
    assert_eq!((picker.order(), numbers(&picker)), (None, vec![0, 1, 2, 3, 4]));
    picker.sort_by_next(80);
    // cu, dian, jian, nong, rcep
    assert_eq!(numbers(&picker), [1, 2, 0, 4, 3]);
}

#[test]
fn the_selected_row_can_be_seen() {
    let mut picker = list();
    picker.fit(2);
    picker.step(Motion::Last);
    picker.fit(2);
    assert_eq!((picker.selected(), picker.first()), (4, 3));
    picker.insert("农村");
    picker.fit(2);
    assert_eq!((picker.selected(), picker.first()), (0, 0));
    picker.step(Motion::Down);
    assert_eq!(picker.chosen(), Some(0));
    picker.extend([vec!["农村金融".to_owned(), "1".to_owned()]]);
    assert_eq!(picker.chosen(), Some(0));
}
