//! Dates and times of workbooks: serial numbers → years, months, days, hours.
//!
//! A spreadsheet counts days; the fraction is the time of the day. Takes the number, gives the parts that formats write.

/// What day 0 is (ISO/IEC 29500-1 §18.17.4.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum DateSystem {
    /// 1 is 1 January 1900, and 60 is the 29 February that this year did not have.
    #[default]
    Since1900,
    /// 0 is 1 January 1904.
    Since1904,
}

/// A moment, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) year: i64,
    /// From 1.
    pub(super) month: usize,
    /// From 1.
    pub(super) day: i64,
    /// From 0, which is Sunday.
    pub(super) weekday: usize,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    /// Whole seconds since day 0, for durations.
    pub(super) elapsed: i64,
}

const SECONDS_A_DAY: i32 = 86_400;
/// 31 December 9999, the last day that spreadsheets know.
const LAST_DAY: f64 = 2_958_466.0;

/// The moment of a serial number; none for what is no date.
pub(super) fn moment(serial: f64, system: DateSystem) -> Option<Moment> {
    if !(0.0..LAST_DAY).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "there are fewer than 10^12 seconds in ten thousand years")]
    let elapsed = (serial * f64::from(SECONDS_A_DAY)).round() as i64;
    let day = elapsed.div_euclid(i64::from(SECONDS_A_DAY));
    let second = elapsed.rem_euclid(i64::from(SECONDS_A_DAY));
    // Days since 1 January 1970; before the day that never was, days since 1900 are one less.
    let since_1970 = match system {
        DateSystem::Since1900 if day < 60 => day - 25_568,
        DateSystem::Since1900 => day - 25_569,
        DateSystem::Since1904 => day - 24_107,
    };
    let (year, month, day_of_month) = civil(since_1970);
    let weekday = usize::try_from((since_1970 + 4).rem_euclid(7)).unwrap_or(0);
    Some(Moment {
        year,
        month,
        day: day_of_month,
        weekday,
        hour: second / 3600,
        minute: second / 60 % 60,
        second: second % 60,
        elapsed,
    })
}

/// Year, month and day of the Gregorian calendar, by eras of 400 years that begin in March.
fn civil(days: i64) -> (i64, usize, i64) {
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), usize::try_from(month).unwrap_or(1), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_days() {
        let day = |serial: f64, system: DateSystem| moment(serial, system).map(|at| (at.year, at.month, at.day, at.weekday));
        assert_eq!(day(1.0, DateSystem::Since1900), Some((1900, 1, 1, 1)));
        assert_eq!(day(61.0, DateSystem::Since1900), Some((1900, 3, 1, 4)));
        assert_eq!(day(45_658.0, DateSystem::Since1900), Some((2025, 1, 1, 3)));
        assert_eq!(day(44_196.0, DateSystem::Since1904), Some((2025, 1, 1, 3)));
        assert_eq!(day(-1.0, DateSystem::Since1900), None);
        assert_eq!(day(3e6, DateSystem::Since1900), None);
        let noon = moment(45_658.522_928_24, DateSystem::Since1900).unwrap();
        assert_eq!((noon.hour, noon.minute, noon.second), (12, 33, 1));
    }
}
