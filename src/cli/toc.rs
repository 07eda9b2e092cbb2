//! `celan toc`: the outline of the library, of a document or of a part of one.

use clap::{Arg, ArgMatches};
use serde::Serialize;

use super::output::FAINT;
use super::session::Session;
use super::{Command, Outcome, choose, json, parser, unit};
use crate::diagnostic::Language;
use crate::document::Document;
use crate::document::kind::Kind;
use crate::document::locator::{DocumentId, Locator};
use crate::document::metadata::Metadata;
use crate::document::node::NodeIndex;
use crate::library::{Library, Target};

pub(super) const COMMAND: Command = Command { name: "toc", describe, run };

fn describe(command: clap::Command, language: Language) -> clap::Command {
    command
        .about(
            language.pick(
                "列出目录：全库、一个文件或其中一部分",
                "Print the outline of the library, of a document or of a part of one",
            ),
        )
        .override_usage(language.pick("celan toc [选项] [文件|位置]", "celan toc [OPTIONS] [DOC|LOCATOR]"))
        .arg(
            Arg::new("place").value_name(language.pick("文件|位置", "DOC|LOCATOR")).help(
                language.pick("如 57号、4.3、第四章三；缺省为全库", "Such as 57号, 4.3, 第四章三; the whole library by default"),
            ),
        )
        .arg(parser::number("depth", language.pick("只列前 N 层；0 为全部", "Only the first N levels; 0 for all")))
        .arg(parser::json(language))
}

/// An outline to print: a document, where in it to begin, and how deep to go.
struct Outline<'d> {
    document: &'d Document,
    root: Option<NodeIndex>,
    depth: usize,
}

fn run(session: &mut Session<'_>, matches: &ArgMatches) -> anyhow::Result<Outcome> {
    let library = session.library()?;
    let depth = matches.get_one::<usize>("depth").copied().filter(|depth| *depth > 0).unwrap_or(usize::MAX);
    let is_json = matches.get_flag("json");
    let Some(typed) = matches.get_one::<String>("place") else {
        return if is_json { print_library_as_json(session, &library, depth) } else { print_library(session, &library, depth) };
    };
    let Some(Target { document, node, .. }) = choose::target(session, &library, typed)? else { return Ok(Outcome::Nothing) };
    let outline = Outline { document: &document, root: node, depth };
    if is_json {
        json::print(&mut session.output, &[outline.entry()])?;
    } else {
        outline.print(session)?;
    }
    Ok(Outcome::Found)
}

/// The outline of everything there is, for people. The documents are read one after the other: all at once they may not find room.
pub(super) fn print_library(session: &mut Session<'_>, library: &Library, depth: usize) -> anyhow::Result<Outcome> {
    library.check().map_err(|error| session.failed(&error))?;
    for (position, listing) in library.listings().iter().enumerate() {
        if position > 0 {
            session.output.line("")?;
        }
        let document = library.glance(&listing.id).map_err(|error| session.failed(&error))?;
        Outline { document: &document, root: None, depth }.print(session)?;
    }
    if library.listings().is_empty() {
        session.say(
            session
                .language
                .pick("文库是空的；celan add 文件 可加入文件", "the library is empty; `celan add FILE` adds a document"),
        );
    }
    Ok(found(library))
}

/// The same as a list in JSON.
fn print_library_as_json(session: &mut Session<'_>, library: &Library, depth: usize) -> anyhow::Result<Outcome> {
    library.check().map_err(|error| session.failed(&error))?;
    let mut list = json::List::default();
    for listing in library.listings() {
        let document = library.glance(&listing.id).map_err(|error| session.failed(&error))?;
        list.push(&mut session.output, &Outline { document: &document, root: None, depth }.entry())?;
    }
    list.end(&mut session.output)?;
    Ok(found(library))
}

fn found(library: &Library) -> Outcome {
    if library.listings().is_empty() { Outcome::Nothing } else { Outcome::Found }
}

/// A document in JSON.
#[derive(Serialize)]
struct DocumentEntry<'d> {
    id: &'d DocumentId,
    #[serde(flatten)]
    metadata: &'d Metadata,
    source: &'d str,
    nodes: Vec<NodeEntry<'d>>,
}

/// A node in JSON, with all that stands below it.
#[derive(Serialize)]
struct NodeEntry<'d> {
    locator: Locator,
    kind: Kind,
    label: &'d str,
    title: &'d str,
    line: u32,
    children: Vec<NodeEntry<'d>>,
}

impl<'d> Outline<'d> {
    fn entry(&self) -> DocumentEntry<'d> {
        let document = self.document;
        let metadata = &document.metadata;
        let nodes = match self.root {
            Some(root) => self.node_entry(root, 1).into_iter().collect(),
            None => self.entries(None, 1),
        };
        DocumentEntry { id: &document.id, metadata, source: &document.source.file, nodes }
    }

    fn entries(&self, parent: Option<NodeIndex>, level: usize) -> Vec<NodeEntry<'d>> {
        if level > self.depth {
            return Vec::new();
        }
        self.document.children(parent).filter_map(|(index, _)| self.node_entry(index, level)).collect()
    }

    fn node_entry(&self, index: NodeIndex, level: usize) -> Option<NodeEntry<'d>> {
        let node = self.document.node(index)?;
        Some(NodeEntry {
            locator: self.document.locator(node),
            kind: node.kind,
            label: &node.label,
            title: &node.title,
            line: node.line_start,
            children: self.entries(Some(index), level + 1),
        })
    }

    /// The head of the document, then one line a node: its address, then its name, indented by level.
    fn print(&self, session: &mut Session<'_>) -> anyhow::Result<()> {
        let document = self.document;
        unit::print_head(&mut session.output, document)?;
        session.output.line("")?;
        let range = match self.root.and_then(|root| Some((root.0, document.node(root)?.subtree_end.0))) {
            Some((root, end)) => root..end,
            None => 0..document.nodes.len(),
        };
        let top = self.root.map_or(1, |root| document.path(root).len());
        let shown: Vec<_> = range
            .map(NodeIndex)
            .filter_map(|index| Some((index, document.node(index)?, document.path(index).len().saturating_sub(top))))
            .filter(|(_, node, level)| node.kind.is_outline() && *level < self.depth)
            .collect();
        let width = shown.iter().map(|(_, node, _)| node.address.to_string().len()).max().unwrap_or(0);
        for (index, node, level) in shown {
            let address = node.address.to_string();
            session.output.marked(&address, FAINT)?;
            let gap = width - address.len() + 2 + 2 * level;
            session.output.line(format_args!("{:gap$}{}", "", unit::name(document, index)))?;
        }
        Ok(())
    }
}
