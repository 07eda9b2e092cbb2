//! Tables in the tree: a node for caption and head row, a node for each further row, an indicator for each row that is one.

use crate::document::kind::Kind;
use crate::document::locator::StepKind;
use crate::document::node::NodeIndex;

use super::super::caption::Caption;
use super::super::indicator::{self, HeadRows};
use super::super::line::Line;
use super::super::nodes::Draft;
use super::super::table;
use super::Builder;

impl<'raw> Builder<'_, 'raw> {
    /// The caption that begins at this line.
    pub(super) fn caption(&self, at: usize) -> Option<&Caption> {
        let place = self.plan.captions.binary_search_by_key(&at, |caption| caption.at).ok()?;
        self.plan.captions.get(place)
    }

    /// A table with the lines above it that name it; gives the line after it.
    pub(super) fn captioned(&mut self, at: usize, line: &Line<'raw>) -> usize {
        let named = self.caption(at).and_then(|caption| Some((caption.clone(), self.plan.lines.get(caption.table)?)));
        let Some((caption, table)) = named else { return at + 1 };
        self.table(table, Some((line, &caption)));
        caption.table + 1
    }

    /// A table node with its caption and head row, and a node for each further row.
    pub(super) fn table(&mut self, line: &Line<'raw>, caption: Option<(&Line<'raw>, &Caption)>) {
        let Some(raw) = line.table else { return };
        let read = table::read(self.plan.text, raw);
        let parent = self.stack.last().map(|open| open.node);
        let address = self.addresses.counted(&self.nodes, parent, StepKind::Table);
        let below = raw.rows.get(1..).unwrap_or_default();
        let start = caption.map_or(line.span.start, |(line, _)| line.span.start);
        let own = start..below.first().map_or(line.span.end, |row| row.span.start);
        let heads = indicator::heads(&read.head, read.rows.first().map(Vec::as_slice));
        let draft = Draft::new(Kind::Table, parent, address);
        let draft = match caption {
            Some((line, caption)) => draft.labelled(caption.label, line).titled(Some(caption.name.clone())),
            None => draft.titled(raw.caption.clone()),
        };
        let table = self.nodes.push(draft.spanning(own).with_cells(read.head));
        for (at, (row, cells)) in below.iter().zip(read.rows).enumerate() {
            let address = self.addresses.counted(&self.nodes, Some(table), StepKind::Row);
            let own = heads.as_ref().filter(|(_, rows)| at > 0 || *rows == HeadRows::One);
            let indicator = own.and_then(|(heads, _)| heads.read(NodeIndex(self.nodes.len()), &cells));
            let unit = caption.map(|(_, caption)| caption.unit.as_str()).unwrap_or_default();
            self.indicators.extend(indicator.map(|mut indicator| {
                // 占比（%） has a unit of its own.
                if indicator.unit.is_empty() {
                    unit.clone_into(&mut indicator.unit);
                }
                indicator
            }));
            let draft = Draft::new(Kind::Row, Some(table), address).on(line).spanning(row.span.clone());
            self.nodes.push(draft.with_cells(cells));
        }
    }
}
