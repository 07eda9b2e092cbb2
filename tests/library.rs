//! A library on the disk: changed, damaged, shared, and always answering for what is in `corpus/`.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use celan::corpus::{BUILT_IN, BUILT_IN_NAME, Corpus};
use celan::diagnostic::{Bilingual, Language};
use celan::document::locator::DocumentId;
use celan::extract::ExtractError;
use celan::index::{IndexError, WriterLock};
use celan::library::{Added, Extractor, File, Library, LibraryError, Reading};
use celan::query;
use celan::search::{Request, Response};
use tempfile::TempDir;

/// A library with the built-in plan, in a folder that goes with the test.
fn new_library() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library");
    Corpus::create(&path, &[(BUILT_IN_NAME, BUILT_IN)]).unwrap();
    (folder, path)
}

/// The n-th of a series of small notices that differ.
fn notice(number: usize) -> String {
    format!(
        "关于第{number}号事项的通知\n\n一、总体要求\n\n（一）推进第{number}项易货贸易试点。编号为甲{number}乙。\n\n二、保障措施\n\n抓好落实。\n"
    )
}

fn write_notices(folder: &Path, numbers: impl Iterator<Item = usize>) -> Vec<PathBuf> {
    fs::create_dir_all(folder).unwrap();
    numbers
        .map(|number| {
            let path = folder.join(format!("notice-{number}.txt"));
            fs::write(&path, notice(number)).unwrap();
            path
        })
        .collect()
}

fn add(library: &mut Library, paths: &[PathBuf]) -> Vec<Added> {
    let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
    library.add(&paths, &mut |_, _| {}).unwrap().into_iter().map(|(_, added)| added).collect()
}

fn search(library: &Library, typed: &str) -> Response {
    library.search(&Request::of(query::parse(typed))).unwrap()
}

/// Document and node of every hit, in the order of the documents.
fn places(library: &Library, typed: &str) -> Vec<(String, usize)> {
    let mut places: Vec<_> = search(library, typed).hits.iter().map(|hit| (hit.document.to_string(), hit.node.0)).collect();
    places.sort();
    places
}

fn said(diagnostics: &[celan::diagnostic::Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

#[test]
fn the_first_opening_builds_the_index_and_the_second_finds_it() {
    let (_keep, path) = new_library();
    let first = Library::open(&path).unwrap();
    assert_eq!(said(&first.diagnostics), ["index-renewed"]);
    let second = Library::open(&path).unwrap();
    assert!(second.diagnostics.is_empty());
    assert_eq!(places(&second.value, "易货贸易"), places(&first.value, "易货贸易"));
    assert_eq!(second.value.listings()[0].id.as_str(), "湘政办发-2021-57");
}

#[test]
fn many_small_changes_give_the_same_answers_as_one_large_one() {
    let (keep, path) = new_library();
    let notices = write_notices(&keep.path().join("notices"), 0..24);
    let mut grown = Library::open(&path).unwrap().value;
    for notice in &notices {
        add(&mut grown, std::slice::from_ref(notice));
    }
    for number in [3, 7, 8, 20] {
        grown.remove(&DocumentId::new(&format!("notice-{number}"))).unwrap();
    }
    add(&mut grown, &notices[7..8]);
    let kept: Vec<PathBuf> = (0..24).filter(|number| ![3, 8, 20].contains(number)).map(|number| notices[number].clone()).collect();
    let (_keep, other) = new_library();
    let mut made = Library::open(&other).unwrap().value;
    add(&mut made, &kept);
    for typed in ["易货贸易", "试点", "易", "甲7乙", "甲8乙", "推进 编号", "总体要求", "抓好落实"] {
        assert_eq!(places(&grown, typed), places(&made, typed), "{typed}");
        assert_eq!(search(&grown, typed).occurrences, search(&made, typed).occurrences, "{typed}");
    }
    let shelves = fs::read_dir(path.join("index"))
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("shelf-"));
    assert!(shelves.count() <= 8, "small shelves are taken along");
    let reopened = Library::open(&path).unwrap();
    assert!(reopened.diagnostics.is_empty());
    assert_eq!(places(&reopened.value, "甲7乙"), places(&made, "甲7乙"));
}

#[test]
fn what_is_unchanged_is_skipped_and_what_is_twice_is_kept_twice() {
    let (keep, path) = new_library();
    let mut library = Library::open(&path).unwrap().value;
    let twin = keep.path().join("letter.txt");
    fs::write(&twin, "湖南省人民政府办公厅\n关于另一事项的通知\n湘政办发〔2021〕57号\n\n一、甲\n\n二、乙\n").unwrap();
    let same = keep.path().join("same.txt");
    fs::write(&same, BUILT_IN).unwrap();
    let added = add(&mut library, &[twin.clone(), same, twin.clone()]);
    let plan = DocumentId::new("湘政办发-2021-57");
    let second = DocumentId::new("湘政办发-2021-57~2");
    assert!(matches!(&added[0], Added::New { id, twin: Some(of), .. } if *id == second && *of == plan), "{added:?}");
    assert_eq!(added[1..], [Added::Unchanged(plan), Added::Unchanged(second.clone())]);
    library.reindex(&mut |_, _| {}).unwrap();
    assert_eq!(places(&library, "另一事项"), [(second.to_string(), 0)], "the id outlives the index");
}

#[test]
fn files_put_changed_and_deleted_by_hand_are_noticed() {
    let (_keep, path) = new_library();
    Library::open(&path).unwrap();
    let by_hand = path.join("corpus/by-hand.txt");
    fs::write(&by_hand, "一、甲\n\n手工放入的文件。\n\n二、乙\n").unwrap();
    let opened = Library::open(&path).unwrap();
    assert_eq!((said(&opened.diagnostics), search(&opened.value, "手工放入").total), (vec!["index-renewed"], 1));
    fs::write(&by_hand, "一、甲\n\n手工改过的文件。\n\n二、乙\n").unwrap();
    let opened = Library::open(&path).unwrap().value;
    assert_eq!((search(&opened, "手工放入").total, search(&opened, "手工改过").total), (0, 1));
    fs::remove_file(&by_hand).unwrap();
    let opened = Library::open(&path).unwrap().value;
    assert_eq!((search(&opened, "手工改过").total, search(&opened, "易货贸易").total), (0, 1));
}

#[test]
fn a_damaged_index_is_built_anew_with_a_notice() {
    let (_keep, path) = new_library();
    let expected = places(&Library::open(&path).unwrap().value, "开放");
    let index = path.join("index");
    let shelf = index.join("shelf-000001.bin");
    let whole = |name: &Path| fs::read(name).unwrap();
    let damages: [(&str, &dyn Fn()); 6] = [
        ("meta.json is nonsense", &|| fs::write(index.join("meta.json"), "nonsense").unwrap()),
        ("meta.json is cut", &|| {
            let bytes = whole(&index.join("meta.json"));
            fs::write(index.join("meta.json"), &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("another version", &|| {
            let text = fs::read_to_string(index.join("meta.json")).unwrap();
            fs::write(index.join("meta.json"), text.replace("\\\"folding\\\":", "\\\"folding\\\":9")).unwrap();
        }),
        ("the shelf is gone", &|| fs::remove_file(&shelf).unwrap()),
        ("the shelf is cut", &|| fs::write(&shelf, &whole(&shelf)[..1000]).unwrap()),
        ("everything is gone", &|| fs::remove_dir_all(&index).unwrap()),
    ];
    for (damage, inflict) in damages {
        // Built anew, the first shelf has its first number again.
        Library::open(&path).unwrap().value.reindex(&mut |_, _| {}).unwrap();
        inflict();
        let opened = Library::open(&path).unwrap();
        assert_eq!(said(&opened.diagnostics), ["index-renewed"], "{damage}");
        assert_eq!(places(&opened.value, "开放"), expected, "{damage}");
        assert!(Library::open(&path).unwrap().diagnostics.is_empty(), "{damage}: mended for good");
    }
}

#[test]
fn strange_files_in_the_index_folder_are_left_alone() {
    let (_keep, path) = new_library();
    fs::create_dir_all(path.join("index")).unwrap();
    fs::write(path.join("index/diary.txt"), "mine").unwrap();
    Library::open(&path).unwrap().value.reindex(&mut |_, _| {}).unwrap();
    assert_eq!(fs::read_to_string(path.join("index/diary.txt")).unwrap(), "mine");
}

#[test]
fn a_second_writer_is_told_who_is_writing() {
    let (_keep, path) = new_library();
    Library::open(&path).unwrap();
    let _first = WriterLock::take(&path.join("index"), Duration::ZERO).unwrap();
    let refused = WriterLock::take(&path.join("index"), Duration::ZERO).unwrap_err();
    let holder = std::process::id();
    assert!(matches!(&refused, IndexError::Locked { holder: known } if *known == holder.to_string()));
    let expected = format!("the library is being written by process {holder}; try again when it has finished");
    assert_eq!(refused.to_string(), expected);
    assert_eq!(refused.in_language(Language::Chinese), format!("进程 {holder} 正在写入文库；请待其完成后再试"));
}

#[test]
fn reading_goes_on_while_another_process_writes() {
    let (_keep, path) = new_library();
    let expected = places(&Library::open(&path).unwrap().value, "开放");
    let _writing = WriterLock::take(&path.join("index"), Duration::ZERO).unwrap();
    assert!(Library::open(&path).unwrap().diagnostics.is_empty());
    fs::write(path.join("corpus/half.txt"), "一、甲\n\n正在加入。\n\n二、乙\n").unwrap();
    let opened = Library::open(&path).unwrap();
    assert_eq!(said(&opened.diagnostics), ["index-being-renewed"]);
    assert_eq!(places(&opened.value, "开放"), expected);
}

#[test]
fn where_no_index_can_be_written_the_texts_are_indexed_in_memory() {
    let (keep, path) = new_library();
    fs::write(path.join("index"), "a file where the folder should be").unwrap();
    let opened = Library::open(&path).unwrap();
    assert_eq!(said(&opened.diagnostics), ["index-in-memory"]);
    let mut library = opened.value;
    assert_eq!(search(&library, "易货贸易").total, 1);
    let file = write_notices(&keep.path().join("notices"), 1..2);
    let refused = library.add(&[file[0].as_path()], &mut |_, _| {}).unwrap_err();
    assert!(matches!(refused, LibraryError::ReadOnly));
}

#[test]
fn a_bad_file_does_not_keep_the_others_out() {
    let (keep, path) = new_library();
    let mut library = Library::open(&path).unwrap().value;
    let mut files = write_notices(&keep.path().join("notices"), 1..3);
    files.insert(1, keep.path().join("missing.txt"));
    let bad = keep.path().join("bad.txt");
    fs::write(&bad, b"\x00\x01\x02\xff\xfe binary").unwrap();
    files.push(bad);
    let added = add(&mut library, &files);
    let refused = added.iter().filter(|added| matches!(added, Added::Refused(_))).count();
    assert_eq!((added.len(), refused), (4, 2));
    assert_eq!((search(&library, "甲1乙").total, search(&library, "甲2乙").total), (1, 1));
    assert!(!path.join("corpus/bad.txt").exists());
}

#[test]
fn addresses_are_resolved_as_people_type_them() {
    let (_keep, path) = new_library();
    let library = Library::open(&path).unwrap().value;
    let place = |typed: &str| {
        let target = library.resolve(typed).unwrap()?;
        Some(target.node.map_or_else(String::new, |node| target.document.node(node).unwrap().address.to_string()))
    };
    for typed in [
        "4.3.4",
        "四三四",
        "第四章三（四）",
        "第4章 三 (四)",
        "湘政办发-2021-57/4.3.4",
        "《湖南省“十四五”商务和开放型经济发展规划》（湘政办发〔2021〕57号）第四章 三、（四）",
    ] {
        assert_eq!(place(typed).as_deref(), Some("4.3.4"), "{typed}");
    }
    assert_eq!(place("4").as_deref(), Some("4"));
    assert_eq!(place("57号").as_deref(), Some(""));
    assert_eq!((place("99.1"), place("易货贸易")), (None, None));
}

/// Refuses texts that speak of trouble and counts what it is asked for.
#[derive(Debug, Clone, Default)]
struct Wary(Arc<AtomicUsize>);

impl Extractor for Wary {
    fn read(&mut self, file: File<'_>) -> Result<Reading, ExtractError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let reading = file.read()?;
        let refused = || ExtractError::Said(Bilingual::new("读取出错", "broke down"));
        if reading.document.text.contains("麻烦") { Err(refused()) } else { Ok(reading) }
    }
}

#[test]
fn strangers_files_are_read_by_the_extractor_and_the_built_in_plan_needs_none() {
    let (keep, path) = new_library();
    let wary = Wary::default();
    let asked = || wary.0.load(Ordering::Relaxed);
    let open = || Library::open_with(&path, Box::new(wary.clone())).unwrap();
    open();
    let mut library = open().value;
    assert_eq!(asked(), 0, "neither the plan nor a valid index asks for it");

    let bad = keep.path().join("bad.txt");
    fs::write(&bad, "一、麻烦\n").unwrap();
    let mut files = write_notices(&keep.path().join("notices"), 1..3);
    files.insert(1, bad.clone());
    let added = add(&mut library, &files);
    assert_eq!(added[1], Added::Refused(Bilingual::new("读取出错", "broke down")));
    assert_eq!((asked(), library.listings().len()), (3, 3));

    fs::copy(&bad, path.join("corpus/by-hand.txt")).unwrap();
    let opened = open();
    assert_eq!((asked(), said(&opened.diagnostics)), (4, vec!["index-renewed", "unreadable-source"]));
    opened.value.search(&Request::of(query::parse("易货贸易"))).unwrap();
    assert_eq!(asked(), 4);
}

/// The outline of the only document whose id is this: line, kind, title.
fn outline(library: &Library, id: &str) -> Vec<String> {
    let document = library.document(&DocumentId::new(id)).unwrap();
    let nodes = document.nodes.iter().filter(|node| node.kind.is_outline() && node.kind.name() != "front");
    nodes.map(|node| format!("{} {} {}", node.line_start, node.kind.name(), node.title)).collect()
}

const MISREAD: &str = "关于开放的意见\n\n一、总体要求\n\n推动开放。\n\n三、保障措施\n\n一、二、均为例句\n\n（一）抓好落实\n";

#[test]
fn corrections_come_in_with_their_file_and_go_out_with_it() {
    let (keep, path) = new_library();
    let mut library = Library::open(&path).unwrap().value;
    let (file, corrections) = (keep.path().join("意见.txt"), keep.path().join("意见.txt.celan.toml"));
    fs::write(&file, MISREAD).unwrap();
    fs::write(
        &corrections,
        "document_number = '湘商〔2022〕3号'\n[[heading]]\nline = 7\nkind = 'section'\n[[text]]\nlines = [11]\n",
    )
    .unwrap();
    let added = add(&mut library, &[corrections.clone(), file.clone()]);
    assert!(
        matches!(&added[0], Added::Refused(why) if why.chinese == "这是更正文件；请放在原文件旁边，然后加入原文件"),
        "{added:?}"
    );
    let Added::New { id, diagnostics, .. } = &added[1] else { panic!("{added:?}") };
    assert_eq!((id.as_str(), said(diagnostics)), ("湘商-2022-3", vec!["correction-applied"; 3]));
    assert_eq!(outline(&library, "湘商-2022-3"), ["3 section 总体要求", "7 section 保障措施"]);
    assert_eq!(fs::read(path.join("corpus/意见.txt.celan.toml")).unwrap(), fs::read(&corrections).unwrap());

    let opened = Library::open(&path).unwrap();
    assert_eq!(said(&opened.diagnostics), Vec::<&str>::new(), "it is no source, and nothing has changed");
    assert_eq!(add(&mut library, std::slice::from_ref(&file)), [Added::Unchanged(DocumentId::new("湘商-2022-3"))]);
    fs::write(&corrections, "title = '另一标题'\n").unwrap();
    let again = add(&mut library, std::slice::from_ref(&file));
    assert!(
        matches!(&again[0], Added::Corrected { id, summary, .. } if id.as_str() == "意见" && summary.title == "另一标题"),
        "{again:?}"
    );
    assert_eq!(outline(&library, "意见"), ["3 section 总体要求", "11 measure 抓好落实"]);
    assert_eq!((library.listings().len(), search(&library, "抓好落实").total), (2, 1));
    fs::remove_file(&corrections).unwrap();
    assert_eq!(add(&mut library, std::slice::from_ref(&file)), [Added::Unchanged(DocumentId::new("意见"))]);

    library.remove(&DocumentId::new("意见")).unwrap();
    assert!(!path.join("corpus/意见.txt").exists() && !path.join("corpus/意见.txt.celan.toml").exists());
    assert!(Library::open(&path).unwrap().diagnostics.is_empty());
}

#[test]
fn corrections_written_changed_and_deleted_by_hand_are_noticed() {
    let (_keep, path) = new_library();
    fs::write(path.join("corpus/意见.txt"), MISREAD).unwrap();
    let sidecar = path.join("corpus/意见.txt.celan.toml");
    let open = || Library::open(&path).unwrap();
    let without = outline(&open().value, "意见");
    assert_eq!(without, ["3 section 总体要求", "11 measure 抓好落实"]);

    fs::write(&sidecar, "[[heading]]\nline = 7\nlevel = 2\n").unwrap();
    let opened = open();
    assert_eq!(said(&opened.diagnostics), ["index-renewed"]);
    assert_eq!(outline(&opened.value, "意见"), ["3 section 总体要求", "7 section 保障措施", "11 measure 抓好落实"]);
    assert!(open().diagnostics.is_empty());

    fs::write(&sidecar, "[[heading]]\nline = 7\nlevel = 2\nlabel = 3\n[[text]]\nlines = [99]\n").unwrap();
    let told: Vec<_> = open().diagnostics[1..].iter().map(|fault| fault.say(Language::Chinese)).collect();
    let expected = [
        "意见.txt.celan.toml：不认识的键“[[heading]] #1 label”；可用：line、level、kind",
        "意见.txt：第99行：更正无法采用：全文只有11行",
    ];
    assert_eq!(told, expected);

    fs::remove_file(&sidecar).unwrap();
    assert_eq!(outline(&open().value, "意见"), without);
    fs::write(path.join("corpus/不在.txt.celan.toml"), "title = '甲'\n").unwrap();
    assert_eq!(said(&open().diagnostics), ["index-renewed", "stray-corrections"]);
}

#[test]
fn a_library_in_memory_knows_corrections_too() {
    let files: [(&str, &[u8]); 2] = [("意见.txt", MISREAD.as_bytes()), ("意见.txt.celan.toml", b"[[text]]\nlines = [11]\n")];
    let library = Library::in_memory(&files).unwrap();
    assert_eq!((outline(&library.value, "意见"), library.value.listings().len()), (vec!["3 section 总体要求".to_owned()], 1));
}
