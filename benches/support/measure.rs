//! Times as medians and percentiles, printed beside their floor and their limit.

use std::time::{Duration, Instant};

/// How long something takes.
pub(crate) fn time<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let began = Instant::now();
    let done = work();
    (began.elapsed(), done)
}

/// The value that a share of the samples lies below; 0.5 is the median.
pub(crate) fn percentile(samples: &mut [Duration], share: f64) -> Duration {
    samples.sort_unstable();
    samples[((samples.len() - 1) as f64 * share).round() as usize]
}

/// Runs two things in turns, so that both meet the same machine; their medians.
pub(crate) fn in_turns(
    rounds: usize,
    mut floor: impl FnMut() -> Duration,
    mut ours: impl FnMut() -> Duration,
) -> (Duration, Duration) {
    let (mut floors, mut times) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        if round % 2 == 0 {
            floors.push(floor());
            times.push(ours());
        } else {
            times.push(ours());
            floors.push(floor());
        }
    }
    (percentile(&mut floors, 0.5), percentile(&mut times, 0.5))
}

/// Runs two things, the second upon each first; their medians.
pub(crate) fn one_after_another(rounds: usize, mut run: impl FnMut(usize) -> Duration) -> (Duration, Duration) {
    let (mut firsts, mut seconds): (Vec<_>, Vec<_>) = (0..rounds).map(|_| (run(0), run(1))).unzip();
    (percentile(&mut firsts, 0.5), percentile(&mut seconds, 0.5))
}

/// A line of the report: a time, its floor, their ratio, and the limit of the ratio.
pub(crate) fn ratio(name: &str, floor: Duration, ours: Duration, limit: f64) {
    let ratio = ours.as_secs_f64() / floor.as_secs_f64();
    verdict(
        name,
        &format!("{} over {}: {ratio:.2}x", micros(ours), micros(floor)),
        &format!("{limit:.2}x"),
        ratio <= limit,
    );
}

/// A line of the report: a figure and its limit.
pub(crate) fn limit(name: &str, figure: f64, unit: &str, limit: f64) {
    verdict(name, &format!("{figure:.1} {unit}"), &format!("{limit} {unit}"), figure <= limit);
}

fn verdict(name: &str, figure: &str, limit: &str, reached: bool) {
    println!("{name:<34} {figure:<44} limit {limit:<12} {}", if reached { "reached" } else { "MISSED" });
}

fn micros(time: Duration) -> String {
    match time.as_micros() {
        micros @ 0..100_000 => format!("{micros} us"),
        micros => format!("{} ms", micros / 1000),
    }
}
