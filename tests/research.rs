//! Counting and concordances: that counts add up to what a plain scan finds, and what they look like on screens of several widths.
//!
//! The screens are data: `tests/research/screens.toml` holds cases of arguments and width with every line that the real program shows
//! in a pseudo-terminal.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::fmt::Write;

use celan::analysis::concordance;
use celan::analysis::counts::{self, Keep, Label, Row};
use celan::document::Document;
use celan::library::Library;
use celan::query;
use celan::search::{Count, Details, Facets, Request};
use celan::text::fold::folded;
use proptest::prelude::*;
use proptest::test_runner::Config;

mod common;

/// What the lines of generated documents are made of.
const LINES: [&str; 14] = [
    "第一章 外贸",
    "第二章 内贸发展",
    "一、总体要求",
    "二、推动外贸",
    "（一）外贸企业。外贸外贸。",
    "（二）RCEP 与 ＲＣＥＰ。",
    "附件1 外贸名单",
    "——外贸指标",
    "推动外贸发展，推动内贸。",
    "外\t贸\t外贸",
    "某政发〔2023〕8号",
    "2021年9月8日",
    "湖南省人民政府",
    "𠮷祥。",
];

fn text(number: usize, lines: &[&str]) -> String {
    lines.iter().fold(format!("湖南省关于第{number}号外贸事项的意见\n\n"), |mut text, line| {
        let _ = write!(text, "{line}\n\n");
        text
    })
}

fn library(texts: &[String]) -> Library {
    let names: Vec<_> = (0..texts.len()).map(|number| format!("{number}.txt")).collect();
    let files: Vec<_> = names.iter().map(String::as_str).zip(texts.iter().map(String::as_bytes)).collect();
    Library::in_memory(&files).unwrap().value
}

fn documents(library: &Library) -> Vec<std::sync::Arc<Document>> {
    library.listings().iter().map(|listing| library.document(&listing.id).unwrap()).collect()
}

/// A request that asks for counts too.
fn counted(term: &str) -> Request {
    Request { details: Details { facets: true, explanation: false }, ..Request::of(query::parse(term)) }
}

fn sum(rows: &[Row]) -> Count {
    rows.iter().fold(Count::default(), |sum, row| Count {
        units: sum.units + row.counts[0].units,
        occurrences: sum.occurrences + row.counts[0].occurrences,
    })
}

/// Counts by chapter from reading the documents: a heading at the top level opens a chapter, whatever stands before is the front.
fn scanned(documents: &[std::sync::Arc<Document>], term: &str) -> Vec<Count> {
    let mut chapters = Vec::new();
    for document in documents {
        let mut chapter = Count::default();
        for (index, node) in document.walk() {
            let opens = node.parent.is_none() && !["front", "paragraph", "bullet", "table"].contains(&node.kind.name());
            if opens && index.0 > 0 {
                chapters.push(std::mem::take(&mut chapter));
            }
            let found = folded(document.unit_text(node)).matches(&folded(term)).count();
            chapter.units += usize::from(found > 0);
            chapter.occurrences += found;
        }
        chapters.push(chapter);
    }
    chapters
}

proptest! {
    #![proptest_config(Config { cases: 48, ..Config::default() })]

    #[test]
    fn counts_add_up_to_the_totals_and_are_those_of_a_scan(
        documents_of_lines in prop::collection::vec(prop::collection::vec(prop::sample::select(&LINES[..]), 0..14), 1..4),
        term in prop::sample::select(&["外贸", "贸", "rcep", "推动", "外贸外贸", "没有"][..]),
    ) {
        let texts: Vec<_> = documents_of_lines.iter().enumerate().map(|(number, lines)| text(number, lines)).collect();
        let library = library(&texts);
        let response = library.search(&counted(term)).unwrap();
        let total = Count { units: response.total, occurrences: response.occurrences };
        let facets = response.facets.clone();
        prop_assert_eq!(counts::total(&facets), total);
        let documents = documents(&library);
        let facets = std::slice::from_ref(&facets);
        let heads = || library.listings().iter().map(|listing| (&listing.id, &listing.metadata));
        let by_chapter = counts::by_chapter(facets, documents.iter().map(AsRef::as_ref), Keep::All);
        let counted: Vec<_> = by_chapter.iter().map(|row| row.counts[0]).collect();
        prop_assert_eq!(counted, scanned(&documents, term));
        for rows in [
            counts::by_chapter(facets, documents.iter().map(AsRef::as_ref), Keep::Found),
            counts::by_document(facets, heads(), Keep::Found),
            counts::by_document(facets, heads(), Keep::All),
            counts::by_year(facets, heads()),
            counts::by_region(facets, heads()),
            by_chapter,
        ] {
            prop_assert_eq!(sum(&rows), total);
        }
        let lines = response.hits.iter().flat_map(|hit| concordance::lines(&library.document(&hit.document).unwrap(), hit, 8));
        let terms: Vec<_> = lines.map(|line| folded(&line.term)).collect();
        prop_assert_eq!(terms, vec![folded(term); total.occurrences]);
    }
}

#[test]
fn groups_stand_in_their_order_and_unknown_ones_last() {
    let head = |number: &str, date: &str| {
        format!("湖南省商务厅关于外贸的通知\n\n{number}\n\n各市州：\n\n外贸。\n\n湖南省商务厅\n\n{date}\n")
    };
    let texts = [head("湘商〔2023〕8号", ""), head("", ""), head("湘商〔2020〕1号", "2021年3月1日"), "外贸\n".to_owned()];
    let library = library(&texts);
    let response = library.search(&counted("外贸")).unwrap();
    let facets = [response.facets.clone(), Facets::default()];
    let heads = || library.listings().iter().map(|listing| (&listing.id, &listing.metadata));
    let years: Vec<_> = counts::by_year(&facets, heads()).into_iter().map(|row| (row.label, row.counts[0].units)).collect();
    let named = |name: &str| Label::Named(name.to_owned());
    assert_eq!(years, [(named("2021"), 2), (named("2023"), 2), (Label::Unknown, 3)]);
    let ids: Vec<_> = counts::by_document(&facets, heads(), Keep::Found).iter().map(|row| row.locator.clone().unwrap()).collect();
    assert!(ids.is_sorted() && ids.len() == 4, "{ids:?}");
    let documents = documents(&library);
    let by_chapter = counts::by_chapter(&facets, documents.iter().map(AsRef::as_ref), Keep::All);
    assert!(by_chapter.iter().all(|row| row.label == Label::Text && row.citation.starts_with('《')), "{by_chapter:?}");
}

#[cfg(unix)]
mod screens {
    use std::fmt::Write;
    use std::fs;
    use std::io::Read;
    use std::num::NonZeroU16;
    use std::path::Path;
    use std::process::{Command, Stdio};

    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Suite {
        case: Vec<Case>,
    }

    /// One call and what the screen shows.
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        args: String,
        columns: u16,
        #[serde(default)]
        lang: String,
        /// Whether `NO_COLOR` is set.
        #[serde(default)]
        no_color: bool,
        screen: String,
    }

    const OPINION: &str = "某省人民政府关于稳外贸的意见\n\n某政发〔2023〕8号\n\n各市州人民政府：\n\n为稳定外贸，提出以下意见。\n\n一、总体要求\n\n\
        推动外贸𠮷祥发展，RCEP 落地。\n外贸\t企业增多。\n\n二、保障措施\n\n外贸外贸外贸。\n\n某省人民政府\n\n2023年5月6日\n";

    fn library() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("celan.toml"), "").unwrap();
        fs::create_dir(folder.path().join("corpus")).unwrap();
        fs::write(folder.path().join("corpus").join(celan::corpus::BUILT_IN_NAME), celan::corpus::BUILT_IN).unwrap();
        fs::write(folder.path().join("corpus/意见.txt"), OPINION).unwrap();
        fs::write(folder.path().join("corpus/县城.txt"), "春天的县城\n\n外贸来了。\n").unwrap();
        let mut first = Command::new(env!("CARGO_BIN_EXE_celan"));
        first.env_clear().env("CELAN_LIBRARY", folder.path()).arg("list").stdout(Stdio::null()).stderr(Stdio::null());
        assert!(first.status().unwrap().success());
        folder
    }

    /// Everything that the program writes to a terminal of this width.
    fn written(library: &Path, case: &Case) -> Vec<u8> {
        let size = PtySize { rows: 100, cols: case.columns, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_celan"));
        command.env_clear();
        command.env("CELAN_LIBRARY", library);
        command.env("TERM", "xterm-256color");
        command.env("LANG", &case.lang);
        if case.no_color {
            command.env("NO_COLOR", "1");
        }
        command.args(case.args.split(' '));
        let mut child = pty.slave.spawn_command(command).unwrap();
        let mut reader = pty.master.try_clone_reader().unwrap();
        drop(pty.slave);
        let (mut written, mut some) = (Vec::new(), [0; 4096]);
        // Some systems end the stream of a closed terminal with an error.
        while let Ok(count) = reader.read(&mut some) {
            if count == 0 {
                break;
            }
            written.extend(some.iter().take(count));
        }
        child.wait().unwrap();
        written
    }

    #[test]
    fn every_line_fits_and_everything_is_aligned() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/research/screens.toml");
        let suite: Suite = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let library = library();
        let mut wrong = String::new();
        for case in suite.case {
            let written = written(library.path(), &case);
            let columns = NonZeroU16::new(case.columns).unwrap();
            let mut screen = vt100::Parser::new(NonZeroU16::new(100).unwrap(), columns, 0);
            screen.process(&written);
            let rows: Vec<_> = screen.screen().rows(0, case.columns).map(|row| row.trim_end().to_owned()).collect();
            let shown = format!("{}\n", rows.join("\n").trim_end());
            // A line that is too wide would take two rows; colours are there where they are wanted.
            let breaks = written.split(|byte| *byte == b'\n').count() - 1;
            let coloured = case.args.contains("--kwic") && !case.no_color;
            if shown != case.screen
                || breaks != shown.lines().count()
                || coloured && !written.contains(&0x1b)
                || case.no_color && written.contains(&0x1b)
            {
                let Case { args, columns, lang, no_color, .. } = &case;
                let head = format!("args = \"{args}\"\ncolumns = {columns}\nlang = \"{lang}\"\nno_color = {no_color}");
                writeln!(wrong, "\n[[case]]\n{head}\nscreen = '''\n{shown}'''").unwrap();
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
    }
}
