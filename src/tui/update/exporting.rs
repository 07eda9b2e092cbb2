//! Exporting: what is written to a file, and under which name.

use super::keeping;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::export::passage::Passage;
use crate::tui::effect::Effect;
use crate::tui::exports::{Contents, Export, Exported};
use crate::tui::results::{Item, Results};
use crate::tui::state::{Focus, State};

/// The most characters of a query in the name of a file.
const LONGEST_NAME: usize = 40;

/// Exports all notes where their list is shown, all results where they are, else what is selected.
pub(super) fn export(state: &mut State) -> Vec<Effect> {
    let style = state.habits.style;
    let results = state.search.results.as_ref().filter(|_| state.kept.list.is_none() && state.focus == Focus::Search);
    let (about, contents) = match results {
        Some(results) => (results.typed.trim().to_owned(), all_of(state, results)),
        None if state.kept.list.is_some() => ("notes".to_owned(), notes(state)),
        None if state.focus == Focus::Search => (String::new(), None),
        None => selection(state).unwrap_or_default(),
    };
    let Some(contents) = contents else {
        keeping::trouble(state, "没有可导出的内容", "there is nothing to export");
        return Vec::new();
    };
    if matches!(contents, Contents::Results { .. }) {
        state.exporting = Some((0, 0));
    }
    state.kept.anchor = None;
    vec![Effect::Export(Export { name: file_name(&about, style.extension()), contents })]
}

/// Takes in how an export stands.
pub(super) fn take(state: &mut State, exported: Exported) {
    state.exporting = None;
    match exported {
        Exported::UnderWay { done, of } => state.exporting = Some((done, of)),
        Exported::Done { path, units } => {
            let path = path.display();
            let (chinese, english) = match units {
                Some(units) => (format!(" {units} 个单元"), format!(" {units} unit{}", if units == 1 { "" } else { "s" })),
                None => (String::new(), String::new()),
            };
            keeping::done(state, format!("已导出{chinese}：{path}"), format!("exported{english}: {path}"));
        }
        Exported::Failed(reason) => keeping::trouble(state, format!("没有导出：{reason}"), format!("not exported: {reason}")),
    }
}

/// All that was found for what was typed, listed or not.
fn all_of(state: &State, results: &Results) -> Option<Contents> {
    let is_unit = |item: &Item| matches!(item, Item::Unit(_));
    let open = state.search.origin.as_ref().and_then(|origin| origin.bookmark.as_ref());
    let open = open.map(|bookmark| bookmark.document.id.clone());
    let contents = Contents::Results { typed: results.typed.clone(), open, style: state.habits.style };
    results.items.iter().any(is_unit).then_some(contents)
}

/// What is marked, or the unit that one reads; and its locator.
fn selection(state: &State) -> Option<(String, Option<Contents>)> {
    let passage = keeping::selection(state, true)?;
    let mut written = Vec::new();
    state.habits.style.write(&passage, &mut written).ok()?;
    Some((passage.locator().to_string(), Some(text(&written))))
}

fn text(written: &[u8]) -> Contents {
    Contents::Text(String::from_utf8_lossy(written).into_owned())
}

/// Every note under the citation of its unit; one whose unit is not at hand under its locator.
fn notes(state: &State) -> Option<Contents> {
    let mut written: Vec<u8> = Vec::new();
    for (number, note) in state.kept.notes().iter().enumerate() {
        let node: Option<(usize, NodeIndex)> =
            state.kept.place(number).and_then(|(place, standing)| Some((*place, standing.node()?)));
        match node.and_then(|(place, node)| Some((state.shelf.document(place)?, node))) {
            Some((document, node)) => {
                let passage = Passage { document, node: Some(node), through: None, sentence: None, quoted: true };
                state.habits.style.write(&passage, &mut written).ok()?;
            }
            None => written.extend(format!("{}：“{}”\n", note.locator, note.quotation).into_bytes()),
        }
        let text = if note.text.is_empty() { String::new() } else { format!("\n{}\n", note.text) };
        written.extend(text.into_bytes());
        written.push(b'\n');
    }
    (!written.is_empty()).then(|| text(&written))
}

/// A name that every system takes: `celan-湘政办发-2021-57-4.3.4.md`.
fn file_name(about: &str, extension: &str) -> String {
    let about: String =
        about.chars().take(LONGEST_NAME).map(|character| if "\"*:<>?|~".contains(character) { ' ' } else { character }).collect();
    let about = DocumentId::new(about.trim_matches('.'));
    format!("celan-{about}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_that_every_system_takes() {
        assert_eq!(file_name("湘政办发-2021-57/4.3.4", "md"), "celan-湘政办发-2021-57-4.3.4.md");
        assert_eq!(file_name("\"易货 贸易\" | a:b..", "txt"), "celan-易货-贸易-a-b.txt");
        assert_eq!(file_name("../..", "txt"), "celan-document.txt");
        assert_eq!(file_name(&"长".repeat(90), "txt").chars().count(), 50);
    }
}
