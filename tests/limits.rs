//! Files that go past a limit are refused with its name and number, each limit can be set, and what honest documents need is below.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use std::io::{Cursor, Write};
use std::path::Path;

use celan::corpus::{Settings, read_outside};
use celan::extract::{LIMITS, Limit, Limits, extract, extract_within};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const WORD: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document whose body is this, with further parts.
fn word(body: &str, others: &[(String, Vec<u8>)]) -> Vec<u8> {
    let document = format!("<w:document {WORD}><w:body>{body}</w:body></w:document>");
    let own = ("word/document.xml".to_owned(), document.into_bytes());
    packed(&[std::slice::from_ref(&own), others].concat())
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn pages(count: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..count).map(|page| format!("{} 0 R", page + 3)).collect();
    let kids = kids.join(" ");
    let mut file = String::from("%PDF-1.4\n");
    let mut put = |object: String| file.push_str(&object);
    put("1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n".to_owned());
    put(format!("2 0 obj <</Type/Pages/Kids[{kids}]/Count {count}>> endobj\n"));
    for page in 0..count {
        put(format!("{} 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>> endobj\n", page + 3));
    }
    file.push_str("trailer <</Root 1 0 R>>\n%%EOF\n");
    file.into_bytes()
}

/// A file for each limit of the readers that goes past it where it is set to the least, and what is said of it.
fn excesses() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let entries: Vec<_> = (0..12).map(|number| (format!("word/media/{number}.png"), Vec::new())).collect();
    let long: String = (0..40_000).map(|number| paragraph(&format!("第{number}条 推进{}", number * 7919 % 10_007))).collect();
    let regular = paragraph(&"一".repeat(400_000));
    let deep = format!("{}{}{}", "<w:sdt><w:sdtContent>".repeat(20), paragraph("甲"), "</w:sdtContent></w:sdt>".repeat(20));
    let page = format!("<html><body>{}甲{}</body></html>", "<div>".repeat(30), "</div>".repeat(30));
    let table = format!("<html><body><table>{}</table></body></html>", "<tr><td>甲</td><td>乙</td></tr>".repeat(60));
    vec![
        ("entries", word(&paragraph("甲"), &entries), "the file has more than 10 entries, "),
        ("part_mib", word(&long, &[]), "the file has more than 1048576 expanded bytes, "),
        ("expanded_mib", word(&long, &[]), "the file has more than 1048576 expanded bytes, "),
        ("ratio", word(&regular, &[]), "the file has more than 10 expanded bytes for each packed byte, "),
        ("xml_nesting", word(&deep, &[]), "the file has more than 16 levels of nested XML elements, "),
        ("page_nesting", page.into_bytes(), "the elements of this web page lie more than 16 deep in each other: "),
        ("pages", pages(2), "the file has more than 1 pages, "),
        ("cells", table.into_bytes(), "the file has more than 100 cells, "),
    ]
}

#[test]
fn a_file_that_goes_past_a_limit_is_refused_with_its_number_and_read_under_the_usual_ones() {
    for (name, bytes, said) in excesses() {
        let limit = Limits::row(name).unwrap();
        let mut limits = Limits::USUAL;
        *(limit.value)(&mut limits) = limit.least;
        let refusal = extract_within(&bytes, &limits).unwrap_err().to_string();
        assert!(refusal.starts_with(said), "{name}: {refusal}");
        let usual = extract(&bytes).map_err(|error| error.to_string());
        assert!(usual.is_ok() || name == "pages" && usual.is_err_and(|error| error.contains("text layer")), "{name}");
    }
}

#[test]
fn a_file_that_is_too_large_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("巨.txt");
    // Longer than a disk: nothing of it is there but its length.
    std::fs::File::create(&path).unwrap().set_len(3 << 40).unwrap();
    let said = read_outside(&path, &Limits::USUAL).unwrap_err().to_string();
    let expected = "longer than 1024 MiB, which few documents are; check what it holds, or set file_mib in celan.toml";
    assert_eq!(said, format!("{}: {expected}", path.display()));
    std::fs::File::create(&path).unwrap().set_len((1 << 20) + 1).unwrap();
    let small = Limits { file: 1, ..Limits::USUAL };
    assert!(read_outside(&path, &small).is_err() && read_outside(&path, &Limits::USUAL).is_ok());
}

#[test]
fn every_limit_can_be_set_within_its_range_and_what_is_outside_is_told_and_not_followed() {
    for limit in &LIMITS {
        for (value, holds) in [(limit.least, true), (limit.most, true), (limit.most + 1, false)] {
            let read = Settings::read(format!("[limits]\n{} = {value}\n", limit.name).as_bytes());
            let mut limits = read.value.limits;
            assert_eq!(*(limit.value)(&mut limits) == value, holds, "{} = {value}", limit.name);
            let said: Vec<String> = read.diagnostics.iter().map(ToString::to_string).collect();
            let Limit { name, least, most, .. } = limit;
            let fault = format!("celan.toml: line 2: {name} must be a whole number from {least} to {most}; the usual limit holds");
            assert_eq!(said, if holds { Vec::new() } else { vec![fault] });
        }
    }
    for wrong in ["seconds = \"60\"", "seconds = -1", "seconds = 1.5", "seconds = 99999999999999999999", "seconds = [60]"] {
        let read = Settings::read(format!("[limits]\n{wrong}\n").as_bytes());
        assert_eq!((read.value.limits, read.diagnostics.len()), (Limits::USUAL, 1), "{wrong}");
    }
    let read = Settings::read(b"[limits]\nsecond = 60\n");
    assert!(read.diagnostics.iter().any(|fault| fault.to_string().contains("unknown key `[limits] second`")));
    assert_eq!(Settings::read("limits = 3\n".as_bytes()).diagnostics.len(), 1);
    assert_eq!(Settings::read(b"[limits]\nseconds = 0x10\n").value.limits.seconds, 16);
}

#[test]
fn the_page_on_reliability_and_the_settings_of_new_libraries_name_every_limit_with_its_usual_value() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = ["docs/reliability-hostile.md", "docs/reliability.md"].iter().find_map(|page| {
        let text = std::fs::read_to_string(root.join(page)).ok()?;
        text.contains("## Hostile documents").then_some(text)
    });
    let (page, template) = (page.unwrap(), std::fs::read_to_string(root.join("celan.toml")).unwrap());
    for limit in &LIMITS {
        let usual = *(limit.value)(&mut Limits::default());
        let row = format!("| `{}` | {usual} | {}–{} | {} |", limit.name, limit.least, limit.most, limit.english);
        assert!(page.contains(&row), "docs lack: {row}");
        assert!(template.contains(limit.name), "celan.toml lacks {}", limit.name);
    }
}
