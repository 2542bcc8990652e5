//! A figure: the ratio of two measurements that took turns, with its spread, and what is wanted of it.
//!
//! Benchmarks print figures, a line each, and the page of figures is made from such lines. The file is part of each
//! of them, and needs nothing but the standard library.

use std::fmt;
use std::str::FromStr;

/// The limit of a ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wanted {
    AtMost(f64),
    AtLeast(f64),
    /// It is there to be known.
    Nothing,
}

impl Wanted {
    pub(crate) fn is_met(self, ratio: f64) -> bool {
        match self {
            Self::AtMost(limit) => ratio <= limit,
            Self::AtLeast(limit) => ratio >= limit,
            Self::Nothing => true,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(limit) => write!(f, "at most {limit}"),
            Self::AtLeast(limit) => write!(f, "at least {limit}"),
            Self::Nothing => f.write_str("nothing"),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) name: String,
    pub(crate) median: f64,
    /// Half of the ratios lie between these.
    pub(crate) half: (f64, f64),
    /// All of them lie between these.
    pub(crate) range: (f64, f64),
    pub(crate) pairs: usize,
    pub(crate) wanted: Wanted,
}

impl Figure {
    /// The figure of these ratios, or `None` of none.
    pub(crate) fn of(name: &str, mut ratios: Vec<f64>, wanted: Wanted) -> Option<Self> {
        ratios.sort_by(f64::total_cmp);
        let pairs = ratios.len();
        let at = |quarter: usize| {
            let place = pairs.saturating_sub(1) * quarter;
            let [below, above] = [place / 4, place.div_ceil(4)].map(|place| ratios.get(place));
            let share = [0.0, 0.25, 0.5, 0.75].get(place % 4)?;
            Some(below? + (above? - below?) * share)
        };
        Some(Self {
            name: name.to_owned(),
            median: at(2)?,
            half: (at(1)?, at(3)?),
            range: (at(0)?, at(4)?),
            pairs,
            wanted,
        })
    }
}

/// One line, as [`Figure::from_str`] reads it.
impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} = {:.3}, half of {} pairs {:.3} to {:.3}, all {:.3} to {:.3}; wanted: {}",
            self.name,
            self.median,
            self.pairs,
            self.half.0,
            self.half.1,
            self.range.0,
            self.range.1,
            self.wanted
        )
    }
}

/// A line that is no figure.
#[derive(Debug, PartialEq)]
pub(crate) struct NoFigure;

impl FromStr for Figure {
    type Err = NoFigure;

    fn from_str(line: &str) -> Result<Self, NoFigure> {
        read(line).ok_or(NoFigure)
    }
}

fn read(line: &str) -> Option<Figure> {
    let (name, rest) = line.trim().rsplit_once(" = ")?;
    let (median, rest) = rest.split_once(", half of ")?;
    let (pairs, rest) = rest.split_once(" pairs ")?;
    let (half, rest) = rest.split_once(", all ")?;
    let (range, wanted) = rest.split_once("; wanted: ")?;
    let both = |text: &str| {
        let (low, high) = text.split_once(" to ")?;
        Some((low.parse().ok()?, high.parse().ok()?))
    };
    let wanted = match wanted.split_once("at most ") {
        Some(("", limit)) => Wanted::AtMost(limit.parse().ok()?),
        _ => match wanted.strip_prefix("at least ") {
            Some(limit) => Wanted::AtLeast(limit.parse().ok()?),
            None => Wanted::Nothing,
        },
    };
    Some(Figure {
        name: name.to_owned(),
        median: median.parse().ok()?,
        half: both(half)?,
        range: both(range)?,
        pairs: pairs.parse().ok()?,
        wanted,
    })
}

/// The ratios of so many pairs of measurements. Who comes first alternates, so that whatever the machine does
/// meanwhile meets both; one pair before them is not counted.
pub(crate) fn ratios(
    pairs: usize,
    mut ours: impl FnMut() -> f64,
    mut theirs: impl FnMut() -> f64,
) -> Vec<f64> {
    let ratios = (0..=pairs).map(|pair| {
        if pair % 2 == 0 {
            let ours = ours();
            ours / theirs()
        } else {
            let theirs = theirs();
            ours() / theirs
        }
    });
    ratios.skip(1).collect()
}
