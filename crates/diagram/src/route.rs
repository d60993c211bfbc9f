//! Lanes through the layers between two nodes, and the points where edges leave and enter boxes.

use crate::column::{Column, Spacing};

/// What a change of lane costs, in pixels of detour: straight edges read best.
const BEND: f32 = 30.0;
/// A slight pull towards the row where the edge starts, so that it turns late and rows of leaves stay rows.
const STAY: f32 = 0.02;
/// How many lanes are weighed against each other.
const LANES: usize = 14;
/// Distance of ports from a box's corners.
const CORNER: f32 = 8.0;
/// Wanted distances between the points where edges leave a box, from good to barely distinct.
const STEPS: [f32; 3] = [8.0, 4.0, 2.0];
/// An edge that goes this far across the flow leaves half-way between the center and the end of the side.
const HALF_WAY: f32 = 60.0;
/// Beyond this many edges a box's side is full, and points may coincide.
const LEAVES: usize = 32;

/// The cheapest lanes, one for each of `columns`, for an edge that comes from `from` and goes to `to` (across the flow).
///
/// Among the free lanes nearest to both ends, and the two outside of everything, which are always free, a shortest path is found
/// by dynamic programming: the cost is the way across the flow plus [`BEND`] for each change of lane.
pub(crate) fn lanes(columns: &[Column], from: f32, to: f32, spacing: Spacing) -> Vec<f32> {
    if let Some(v) = straight(columns, from, to, spacing) {
        return vec![v; columns.len()];
    }
    let choices = choices(columns, from, to, spacing);
    // (cost up to here, which choice before), per column and choice.
    let mut steps: Vec<Vec<(f32, usize)>> = Vec::with_capacity(columns.len());
    for column in columns {
        let step = choices
            .iter()
            .map(|&v| {
                if !column.lane_fits(v, spacing) {
                    return (f32::INFINITY, 0);
                }
                let stay = STAY * (v - from).abs();
                match steps.last() {
                    None => (stay + (v - from).abs(), 0),
                    Some(previous) => cheapest(
                        previous.iter().zip(&choices).map(|(&(cost, _), &w)| stay + cost + bend(v, w)),
                    ),
                }
            })
            .collect();
        steps.push(step);
    }
    let Some(last) = steps.last() else {
        return Vec::new();
    };
    let ends = last.iter().zip(&choices);
    let (_, mut choice) = cheapest(ends.map(|(&(cost, _), &v)| cost + (to - v).abs()));
    let mut lanes = Vec::with_capacity(columns.len());
    for step in steps.iter().rev() {
        lanes.push(choices.get(choice).copied().unwrap_or(from));
        choice = step.get(choice).map_or(0, |&(_, before)| before);
    }
    lanes.reverse();
    lanes
}

/// One lane for the whole way that costs no more than any path with a bend in it, so that most edges need no search.
///
/// A path with a bend costs at least the distance from `from` to `to` plus [`BEND`]; a straight one beats it if it lies between the
/// two or at most half of that beyond.
fn straight(columns: &[Column], from: f32, to: f32, spacing: Spacing) -> Option<f32> {
    let (low, high) = (from.min(to) - BEND / 2.0, from.max(to) + BEND / 2.0);
    let first_fit = |down: bool| {
        let mut v = from;
        // Each round moves the lane past what is in its way; a way that needs many has no straight lane worth having.
        for _ in 0..8 {
            let before = v;
            for column in columns {
                v = column.lane_beyond(v, down, spacing);
                if v < low || high < v {
                    return None;
                }
            }
            if v == before {
                return Some(v);
            }
        }
        None
    };
    let detour = |v: f32| (v - from).abs() + (v - to).abs();
    let ahead = first_fit(to > from);
    if ahead.is_some_and(|v| detour(v) <= (to - from).abs()) {
        return ahead;
    }
    let away = first_fit(to <= from);
    ahead.into_iter().chain(away).min_by(|&a, &b| detour(a).total_cmp(&detour(b)))
}

fn bend(v: f32, w: f32) -> f32 {
    if v == w { 0.0 } else { BEND + (v - w).abs() }
}

/// The smallest cost and its index; the first of equal ones.
fn cheapest(costs: impl Iterator<Item = f32>) -> (f32, usize) {
    costs
        .enumerate()
        .fold((f32::INFINITY, 0), |(best, at), (i, cost)| if cost < best { (cost, i) } else { (best, at) })
}

/// Lanes worth weighing, nearest to both ends first.
fn choices(columns: &[Column], from: f32, to: f32, spacing: Spacing) -> Vec<f32> {
    let mut choices = Vec::new();
    let (mut top, mut bottom) = (from.min(to), from.max(to));
    for column in columns {
        choices.extend(column.free_near(from, 0.0, true, spacing, 1));
        choices.extend(column.free_near(to, 0.0, true, spacing, 1));
        if let Some((low, high)) = column.span() {
            top = top.min(low - spacing.lane);
            bottom = bottom.max(high + spacing.lane);
        }
    }
    // Of equal detours the upper one: leaves are stacked downwards, so most edges that could be crossed come from below.
    let detour = |v: f32| (v - from).abs() + (v - to).abs();
    let order = |a: &f32, b: &f32| detour(*a).total_cmp(&detour(*b)).then(a.total_cmp(b));
    let mut nearest = Vec::with_capacity(LANES + 2);
    while nearest.len() < LANES
        && let Some(best) = choices.iter().copied().min_by(order)
    {
        choices.retain(|choice| *choice != best);
        nearest.push(best);
    }
    nearest.extend([top, bottom]);
    nearest
}

/// Half the length of a box's side on which ports may lie.
fn reach(extent: f32) -> f32 {
    extent / 2.0 - CORNER.min(extent / 4.0)
}

/// The offset from the box's center of the `i`-th of `n` points where edges enter, counted across the flow.
pub(crate) fn entry(extent: f32, i: usize, n: usize) -> f32 {
    let spaces = n.saturating_sub(1).max(1) as f32;
    let pitch = (0.5 * extent).min(2.0 * reach(extent) / spaces);
    (i as f32 - (n.max(1) - 1) as f32 / 2.0) * pitch
}

/// The offset from the box's center at which an edge leaves that goes to `aim` (also relative to the center).
///
/// Straight ahead where the side allows it, else the further from the center the further it goes; apart from the edges that have
/// left before, `used` as (offset, aim), and in the order of their aims while there is room.
pub(crate) fn exit(extent: f32, aim: f32, used: &[(f32, f32)]) -> f32 {
    let reach = reach(extent);
    let wanted = if aim.abs() <= reach { aim } else { reach * aim / (aim.abs() + HALF_WAY) };
    if used.len() >= LEAVES {
        return wanted;
    }
    let swaps = |offset: f32| {
        let swapped = |&&(u, a): &&(f32, f32)| (u - offset) * (a - aim) < 0.0;
        used.iter().filter(swapped).count()
    };
    let apart = |offset: f32, step: f32| used.iter().all(|(u, _)| (u - offset).abs() >= step);
    let nearest = |ordered: bool, step: f32| {
        let beside = used.iter().flat_map(|(u, _)| [u - step, u + step]);
        [wanted, -reach, reach]
            .into_iter()
            .chain(beside)
            .filter(|&offset| offset.abs() <= reach && apart(offset, step))
            .filter(|&offset| !ordered || swaps(offset) == 0)
            .min_by(|a, b| (a - wanted).abs().total_cmp(&(b - wanted).abs()))
    };
    STEPS
        .iter()
        .find_map(|&step| nearest(true, step))
        .or_else(|| STEPS.iter().find_map(|&step| nearest(false, step)))
        .unwrap_or(wanted)
}
