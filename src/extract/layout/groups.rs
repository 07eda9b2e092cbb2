//! Things that belong together, told pair by pair.

/// Numbered things in groups; the first of a group stands for it.
pub(super) struct Groups {
    /// For each thing one of its group that comes before it, or itself.
    before: Vec<usize>,
}

impl Groups {
    /// So many things, each for itself.
    pub(super) fn new(count: usize) -> Self {
        Self { before: (0..count).collect() }
    }

    /// The first of the group that a thing is in.
    pub(super) fn first(&mut self, thing: usize) -> usize {
        let mut first = thing;
        while let Some(before) = self.before.get(first).copied().filter(|before| *before != first) {
            first = before;
        }
        // The way is short the next time.
        let mut passed = thing;
        while let Some(before) = self.before.get_mut(passed).filter(|before| **before != first) {
            passed = std::mem::replace(before, first);
        }
        first
    }

    /// Makes one group of those that two things are in.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(before) = self.before.get_mut(one.max(other)) {
            *before = one.min(other);
        }
    }

    /// The groups, in the order of their first things.
    pub(super) fn members(mut self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.before.len()];
        for thing in 0..members.len() {
            let first = self.first(thing);
            if let Some(members) = members.get_mut(first) {
                members.push(thing);
            }
        }
        members.retain(|group: &Vec<usize>| !group.is_empty());
        members
    }
}
