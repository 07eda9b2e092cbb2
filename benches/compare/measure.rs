//! Time: of whole commands by the clock, of builds also by processor seconds and memory.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;

/// A command that can be run again and again.
pub(crate) type Runner<'run> = Box<dyn FnMut() -> Outcome<Duration> + 'run>;

/// What several runs of one command took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Runs {
    /// The median, which ratios are made of.
    pub(crate) median: Duration,
    /// The shortest: what it takes where nothing else is going on.
    pub(crate) fastest: Duration,
}

/// Runs every command once a round; the first round warms up and does not count. Each round has an order of its own, the same in every
/// run of the benchmark: what the one before has left in the caches of the processor favours nobody.
pub(crate) fn alternate(rounds: usize, commands: &mut [Runner<'_>]) -> Outcome<Vec<Runs>> {
    let mut times = vec![Vec::new(); commands.len()];
    let mut order: Vec<usize> = (0..commands.len()).collect();
    let mut state: u64 = 2021;
    for round in 0..=rounds {
        shuffle(&mut order, &mut state);
        for &at in &order {
            let Some((command, times)) = commands.get_mut(at).zip(times.get_mut(at)) else { continue };
            let time = command()?;
            if round > 0 {
                times.push(time);
            }
        }
    }
    Ok(times.iter_mut().map(|times| Runs { median: percentile(times, 50), fastest: percentile(times, 0) }).collect())
}

/// Puts places into another order (Fisher and Yates), by the numbers of a linear congruential generator (Knuth's MMIX).
fn shuffle(order: &mut [usize], state: &mut u64) {
    for last in (1..order.len()).rev() {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(*state >> 33).unwrap_or_default() % (last + 1);
        order.swap(last, other);
    }
}

/// The time of a whole command by the clock, from its start to its end, its output thrown away. That it finds nothing is no failure.
pub(crate) fn clock(command: &mut Command) -> Outcome<Duration> {
    let started = Instant::now();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    Ok(started.elapsed())
}

/// What a build cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Seconds by the clock.
    pub(crate) seconds: f64,
    /// Processor seconds, in the program and in the system, children included.
    pub(crate) processor: f64,
    /// The most memory that the process or one of its children held, in bytes.
    pub(crate) memory: f64,
}

/// Runs a command under `time`, its standard input from `input` where there is one, and gives what it cost.
pub(crate) fn cost(command: &[&std::ffi::OsStr], input: Option<&Path>, scratch: &Path) -> Outcome<Cost> {
    let figures = scratch.join("cost.txt");
    let input = input.map_or_else(|| Ok(Stdio::null()), |path| std::fs::File::open(path).map(Stdio::from))?;
    let mut timed = Command::new("time");
    timed.args(["-f", "%e %U %S %M", "-o"]).arg(&figures).args(command);
    timed.stdin(input).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    let text = std::fs::read_to_string(&figures)?;
    let last = text.lines().last().unwrap_or_default();
    let numbers = last.split(' ').map(str::parse).collect::<Result<Vec<f64>, _>>()?;
    match numbers.as_slice() {
        [seconds, user, system, kibibytes] => Ok(Cost { seconds: *seconds, processor: user + system, memory: kibibytes * 1024.0 }),
        _ => Err(format!("time said: {last}").into()),
    }
}

/// The median of each part over several builds.
pub(crate) fn median_cost(costs: &[Cost]) -> Cost {
    let median = |part: fn(&Cost) -> f64| {
        let mut values: Vec<_> = costs.iter().map(part).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    Cost { seconds: median(|cost| cost.seconds), processor: median(|cost| cost.processor), memory: median(|cost| cost.memory) }
}

/// A percentile (nearest rank); 0 is the shortest, 50 the median, 100 the longest.
pub(crate) fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    times.get((times.len().saturating_sub(1) * percent).div_ceil(100)).copied().unwrap_or_default()
}

/// How many times longer than `base`.
pub(crate) fn ratio(time: Duration, base: Duration) -> f64 {
    time.as_secs_f64() / base.as_secs_f64().max(f64::MIN_POSITIVE)
}
