//! The strokes that the interface draws itself: rules, frames, marks.
//!
//! The characters for them are ambiguous (UAX #11): where the terminal shows them two columns wide, a frame of them would burst, so
//! that ASCII stands in for them there.

use crate::text::width::Ambiguous;

/// The characters of rules, frames and marks, each one column wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strokes {
    /// A rule from left to right.
    pub level: &'static str,
    /// A rule from top to bottom.
    pub upright: &'static str,
    /// Where rules meet, by the arms that they have: see [`Strokes::joint`].
    joints: [&'static str; 16],
    /// Beside what one reads.
    pub here: &'static str,
    /// Beside what is selected.
    pub selected: &'static str,
}

const LIGHT: Strokes = Strokes {
    level: "─",
    upright: "│",
    joints: [" ", "─", "─", "─", "│", "┌", "┐", "┬", "│", "└", "┘", "┴", "│", "├", "┤", "┼"],
    here: "▎",
    selected: "▌",
};

const ASCII: Strokes = Strokes {
    level: "-",
    upright: "|",
    joints: [" ", "-", "-", "-", "|", "+", "+", "+", "|", "+", "+", "+", "|", "+", "+", "+"],
    here: "|",
    selected: "|",
};

impl Strokes {
    /// The strokes for a terminal that shows ambiguous characters this wide.
    #[must_use]
    pub const fn of(ambiguous: Ambiguous) -> Self {
        match ambiguous {
            Ambiguous::Narrow => LIGHT,
            Ambiguous::Wide => ASCII,
        }
    }

    /// The character with arms to the right, to the left, down and up.
    #[must_use]
    pub fn joint(&self, arms: [bool; 4]) -> &'static str {
        let at = arms.into_iter().rev().fold(0, |at, arm| 2 * at + usize::from(arm));
        self.joints.get(at).copied().unwrap_or(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::columns;

    #[test]
    fn every_stroke_is_one_column_wide_where_it_is_used() {
        for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
            let strokes = Strokes::of(ambiguous);
            let marks = [strokes.level, strokes.upright, strokes.here, strokes.selected];
            for stroke in strokes.joints.into_iter().chain(marks) {
                assert_eq!(columns(stroke, ambiguous), 1, "{stroke}");
            }
        }
    }

    #[test]
    fn a_joint_has_the_arms_that_are_asked_for() {
        let strokes = Strokes::of(Ambiguous::Narrow);
        assert_eq!(strokes.joint([true, false, true, false]), "┌");
        assert_eq!(strokes.joint([false, true, false, true]), "┘");
        assert_eq!(strokes.joint([true; 4]), "┼");
        assert_eq!(strokes.joint([true, false, true, true]), "├");
    }
}
