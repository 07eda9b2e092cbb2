//! Terms that must stand close to one another: a clause of terms and alternatives → alternatives of rows of terms.

use super::clause::{Clause, Reach, Term};

/// The most rows that alternatives are multiplied out to.
const MOST_ROWS: usize = 16;

/// `农村 电商|电子商务` as (农村 电商) or (农村 电子商务), and how many terms that takes; none where the clause holds anything but terms
/// and alternatives of terms, fewer than two, or too many.
pub(super) fn multiplied(clause: Clause, reach: Reach) -> Option<(Clause, usize)> {
    let Clause::All(clauses) = clause else { return None };
    let places: Vec<Vec<Term>> = clauses.into_iter().map(alternatives).collect::<Option<_>>()?;
    let mut rows: Vec<Vec<Term>> = vec![Vec::new()];
    for terms in &places {
        if rows.len() * terms.len() > MOST_ROWS {
            return None;
        }
        rows = rows
            .iter()
            .flat_map(|row| terms.iter().map(|term| row.iter().chain(std::iter::once(term)).cloned().collect()))
            .collect();
    }
    let count = rows.iter().map(Vec::len).sum();
    let mut rows: Vec<Clause> = rows.into_iter().map(|row| Clause::Near(row, reach)).collect();
    let clause = if rows.len() > 1 { Clause::Any(rows) } else { rows.pop()? };
    Some((clause, count))
}

fn alternatives(clause: Clause) -> Option<Vec<Term>> {
    match clause {
        Clause::Term(term) => Some(vec![term]),
        Clause::Any(clauses) => clauses
            .into_iter()
            .map(|clause| match clause {
                Clause::Term(term) => Some(term),
                Clause::All(_) | Clause::Any(_) | Clause::Not(_) | Clause::Near(..) | Clause::In(..) | Clause::Only(_) => None,
            })
            .collect(),
        Clause::All(_) | Clause::Not(_) | Clause::Near(..) | Clause::In(..) | Clause::Only(_) => None,
    }
}
