//! Terms that must stand close to one another.

use super::Place;
use crate::query::Reach;

/// Keeps the places that stand close enough to places of all `terms` terms; false where there are none.
///
/// A unit is one paragraph, so that every unit that holds all of them holds them in one paragraph.
pub(super) fn keep(places: &mut Vec<Place>, folded: &[u8], terms: usize, reach: Reach) -> bool {
    places.sort_unstable();
    let text = String::from_utf8_lossy(folded);
    let groups = match reach {
        Reach::Paragraph => vec![std::mem::take(places)],
        Reach::Sentence => in_sentences(places, &text),
        Reach::Characters(most) => in_chains(places, &text, most as usize),
    };
    places.clear();
    for group in groups {
        let mut numbers: Vec<usize> = group.iter().map(|place| place.term).collect();
        numbers.sort_unstable();
        numbers.dedup();
        if numbers.len() == terms {
            places.extend(group);
        }
    }
    !places.is_empty()
}

fn in_sentences(places: &[Place], text: &str) -> Vec<Vec<Place>> {
    // In folded text an opening quotation mark cannot be told from a closing one: a sentence ends right after its full stop.
    let ends = text.match_indices(['。', '!', '?']).map(|(at, stop)| at + stop.len()).chain(std::iter::once(text.len()));
    let mut rest = places.iter().copied().peekable();
    ends.map(|end| std::iter::from_fn(|| rest.next_if(|place| place.start < end)).collect()).collect()
}

/// Runs of places of which each has at most so many characters between it and the one before.
fn in_chains(places: &[Place], text: &str, most: usize) -> Vec<Vec<Place>> {
    let mut chains: Vec<Vec<Place>> = Vec::new();
    let mut reached = 0;
    for place in places {
        let gap = text.get(reached..place.start).map_or(0, |between| between.chars().take(most + 1).count());
        match chains.last_mut() {
            Some(chain) if gap <= most => chain.push(*place),
            _ => chains.push(vec![*place]),
        }
        reached = reached.max(place.end);
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "外贸甲乙丙企业。企业丁戊己庚辛壬癸外贸";

    fn kept(reach: Reach) -> Vec<(usize, usize)> {
        let find = |word: &'static str, term| TEXT.match_indices(word).map(move |(start, _)| (start, start + word.len(), term));
        let mut places: Vec<Place> =
            find("外贸", 0).chain(find("企业", 1)).map(|(start, end, term)| Place { start, end, term, synonym: 0 }).collect();
        if keep(&mut places, TEXT.as_bytes(), 2, reach) {
            places.iter().map(|place| (TEXT.get(..place.start).unwrap().chars().count(), place.term)).collect()
        } else {
            Vec::new()
        }
    }

    #[test]
    fn terms_are_close_in_a_sentence_or_within_so_many_characters() {
        assert_eq!(kept(Reach::Paragraph), [(0, 0), (5, 1), (8, 1), (17, 0)]);
        assert_eq!(kept(Reach::Sentence), [(0, 0), (5, 1), (8, 1), (17, 0)]);
        assert_eq!(kept(Reach::Characters(2)), []);
        assert_eq!(kept(Reach::Characters(3)), [(0, 0), (5, 1), (8, 1)]);
        assert_eq!(kept(Reach::Characters(7)), [(0, 0), (5, 1), (8, 1), (17, 0)]);
    }
}
