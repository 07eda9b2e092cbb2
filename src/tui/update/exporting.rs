//! Exporting: what is written to a file, and under which name.

use super::keeping;
use crate::diagnostic::Bilingual;
use crate::document::locator::DocumentId;
use crate::document::node::NodeIndex;
use crate::export::passage::Passage;
use crate::tui::effect::{Effect, Keeping};
use crate::tui::results::Item;
use crate::tui::state::{Focus, State};

/// The most characters of a query in the name of a file.
const LONGEST_NAME: usize = 40;

/// Exports all notes where their list is shown, the results where they are, else what is selected.
pub(super) fn export(state: &mut State) -> Vec<Effect> {
    let style = state.habits.style;
    let is_list = state.kept.list.is_some();
    let (about, written) = match state.focus {
        _ if is_list => ("notes".to_owned(), notes(state)),
        Focus::Search => {
            let typed = state.search.results.as_ref().map_or("", |results| results.typed.trim()).to_owned();
            (typed, results(state))
        }
        Focus::Tree | Focus::Reader => match keeping::selection(state, true) {
            Some(passage) => {
                let mut written = Vec::new();
                let outcome = style.write_all(std::slice::from_ref(&passage), &mut written);
                (passage.locator().to_string(), outcome.ok().map(|()| written))
            }
            None => (String::new(), None),
        },
    };
    let Some(written) = written.filter(|written| !written.is_empty()) else {
        keeping::trouble(state, "没有可导出的内容", "there is nothing to export");
        return Vec::new();
    };
    state.kept.anchor = None;
    let text = String::from_utf8_lossy(&written).into_owned();
    let lacks = if is_list || state.focus != Focus::Search { None } else { unlisted(state) };
    vec![Effect::Keep(Keeping::Export { name: file_name(&about, style.extension()), text, lacks })]
}

/// That only a part of the results has been listed, and so exported; none where all were.
fn unlisted(state: &State) -> Option<Bilingual> {
    let results = state.search.results.as_ref().filter(|results| results.is_partial || results.is_cut)?;
    let listed = results.items.iter().filter(|item| matches!(item, Item::Unit(_))).count();
    let all = results.units;
    Some(Bilingual::new(
        format!("（只有已列出的 {listed} 个单元，共 {all} 个；全部请用 celan search --limit 0）"),
        format!(" (the {listed} units listed, of {all}; celan search --limit 0 gives all)"),
    ))
}

fn results(state: &State) -> Option<Vec<u8>> {
    let results = state.search.results.as_ref()?;
    let passages: Vec<Passage<'_>> = results
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Unit(entry) => {
                Some(Passage { document: &entry.document, node: Some(entry.node), through: None, sentence: None, quoted: true })
            }
            Item::Suggestion(_) => None,
        })
        .collect();
    let mut written = Vec::new();
    state.habits.style.write_all(&passages, &mut written).ok()?;
    (!passages.is_empty()).then_some(written)
}

/// Every note under the citation of its unit; one whose unit is not at hand under its locator.
fn notes(state: &State) -> Option<Vec<u8>> {
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
    Some(written)
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
