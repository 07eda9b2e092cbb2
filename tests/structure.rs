//! Outlines as data: each document in `tests/structure/` has its expected outline beside it (`*.outline.tsv`).
//!
//! An outline has a line `# key<tab>value` for each thing that the head says and for each diagnostic, then one line a node: source
//! line, kind, label, title, address. To write a new document's outline, run with `CELAN_WRITE_OUTLINES=1`, then read what was
//! written as carefully as code.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use celan::document::Document;
use celan::document::metadata::Source;
use celan::{diagnostic::Warned, extract, structure};

fn read(path: &Path) -> Warned<Document> {
    let bytes = fs::read(path).unwrap_or_default();
    let raw = extract::extract(&bytes).map(|raw| raw.value).unwrap_or_default();
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    structure::structure(raw, Source { file, ..Source::default() })
}

fn outline(read: &Warned<Document>) -> String {
    let document = &read.value;
    let head = &document.metadata;
    let [date, effective] = [head.date, head.effective].map(|date| date.map(|date| date.to_string()));
    let amended: Vec<_> = head.amended.iter().map(ToString::to_string).collect();
    let amended = Some(amended.join(" ")).filter(|amended| !amended.is_empty());
    let said = [
        ("id", Some(document.id.as_str())),
        ("title", Some(head.title.as_str())),
        ("issuer", head.issuer.as_deref()),
        ("number", head.document_number.as_deref()),
        ("date", date.as_deref()),
        ("genre", head.genre.as_deref()),
        ("effective", effective.as_deref()),
        ("amended", amended.as_deref()),
        ("validity", head.validity.as_deref()),
        ("addressee", head.addressee.as_deref()),
        ("region", head.region.as_deref()),
    ];
    let mut outline = String::new();
    for (key, value) in said {
        if let Some(value) = value {
            let _ = writeln!(outline, "# {key}\t{value}");
        }
    }
    for diagnostic in &read.diagnostics {
        let _ = writeln!(outline, "# {}\t{diagnostic}", diagnostic.code);
    }
    for node in &document.nodes {
        let (line, kind) = (node.line_start, node.kind.name());
        let _ = writeln!(outline, "{line}\t{kind}\t{}\t{}\t{}", node.label, node.title, node.address);
    }
    outline
}

fn indicators(document: &Document) -> String {
    let mut rows = String::new();
    for row in &document.indicators {
        let values: Vec<String> = row.values.iter().map(|value| format!("{}={}", value.year, value.value)).collect();
        let (values, growth) = (values.join("\t"), &row.annual_growth);
        let _ = writeln!(
            rows,
            "{}\t{}\t{}\t{}\t{values}\t{growth}\t{}\t{}",
            row.category, row.number, row.name, row.unit, row.target, row.property
        );
    }
    rows
}

fn compare(expected: &Path, found: &str) {
    if env::var_os("CELAN_WRITE_OUTLINES").is_some() {
        let written = fs::write(expected, found);
        assert!(written.is_ok(), "{}: {written:?}", expected.display());
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    let differing = found.lines().zip(wanted.lines()).find(|(found, wanted)| found != wanted);
    assert!(found == wanted, "{}: first difference (found, expected): {differing:#?}\n\nfound:\n{found}", expected.display());
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/structure")
}

#[test]
fn every_document_has_the_outline_beside_it() {
    let mut documents: Vec<PathBuf> = fs::read_dir(folder())
        .expect("the folder of documents")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "md"))
        .collect();
    documents.sort();
    assert!(documents.len() >= 16, "documents are missing: {documents:?}");
    for path in documents {
        let read = read(&path);
        compare(&path.with_extension("outline.tsv"), &outline(&read));
        if !read.value.indicators.is_empty() {
            compare(&path.with_extension("indicators.tsv"), &indicators(&read.value));
        }
    }
}

#[test]
fn the_built_in_plan_has_its_outline_and_its_indicators() {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/湖南省“十四五”商务和开放型经济发展规划.txt");
    let read = read(&plan);
    compare(&folder().join("hunan.outline.tsv"), &outline(&read));
    compare(&folder().join("hunan.indicators.tsv"), &indicators(&read.value));
}

#[test]
fn cells_know_their_columns() {
    let read = read(&folder().join("table.txt"));
    let cells = |row: usize| {
        let rows: Vec<_> = read.value.nodes.iter().filter(|node| node.kind.name() == "row").collect();
        rows[row].cells.iter().map(|cell| (cell.text.clone(), cell.columns.clone())).collect::<Vec<_>>()
    };
    assert_eq!(cells(1)[0], ("消费".to_owned(), 0..1), "the group is carried down");
    assert_eq!(cells(2)[3], ("累计1万人".to_owned(), 3..5), "a target in words spans the values");
}
