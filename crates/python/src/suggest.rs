//! "Did you mean": the nearest known name, by CPython's distance.
//!
//! Source: `Python/suggestions.c` of CPython 3.12.

const MOVE: usize = 2;
const CASE: usize = 1;

fn cost(a: u8, b: u8) -> usize {
    match (a == b, a.eq_ignore_ascii_case(&b)) {
        (true, _) => 0,
        (_, true) => CASE,
        _ => MOVE,
    }
}

fn distance(a: &[u8], b: &[u8], most: usize) -> usize {
    let mut row: Vec<usize> = (1..=a.len()).map(|i| i * MOVE).collect();
    let mut result = usize::MAX;
    for (i, &cb) in b.iter().enumerate() {
        let mut diagonal = i * MOVE;
        result = diagonal;
        let mut least = usize::MAX;
        for (&ca, cell) in a.iter().zip(&mut row) {
            let substitute = diagonal + cost(cb, ca);
            diagonal = *cell;
            let insert_delete = result.min(diagonal) + MOVE;
            result = insert_delete.min(substitute);
            *cell = result;
            least = least.min(result);
        }
        if least > most {
            return usize::MAX;
        }
    }
    result
}

/// The known name nearest to a wrong one, if one is near.
pub fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.is_empty() || wrong.len() > 40 {
        return None;
    }
    let mut best = None;
    let mut best_distance = usize::MAX;
    for name in known.take(750) {
        if name == wrong || name.len() > 40 || name.is_empty() {
            continue;
        }
        let most = ((name.len() + wrong.len() + 3) * MOVE / 6).min(best_distance.saturating_sub(1));
        let d = distance(wrong.as_bytes(), name.as_bytes(), most);
        if d <= most && d < best_distance {
            best = Some(name);
            best_distance = d;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_found() {
        // CPython 3.12: `pritn` suggests print, `xyz` among them suggests nothing.
        assert_eq!(nearest("pritn", ["print", "range"].into_iter()), Some("print"));
        assert_eq!(nearest("ranges", ["print", "range"].into_iter()), Some("range"));
        assert_eq!(nearest("xyzzy", ["print", "range"].into_iter()), None);
        assert_eq!(nearest("Tensor", ["tensor", "randn"].into_iter()), Some("tensor"));
    }
}
