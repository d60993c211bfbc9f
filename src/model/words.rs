//! Formulas and sentences about nodes.

use gradloom_protocol::{Input, NodeId, Saved};

use super::node::NodeView;
use super::number;
use super::view::View;

/// Longest text that an unnamed input may bring into a formula.
const NESTED: usize = 28;

/// `formula` with its inputs `x`, `y`, `z`, `w`, `u`, `v` replaced: `x + y` with `a`, `b` is `a + b`.
pub fn instantiate(formula: &str, inputs: &[String]) -> String {
    let mut text = String::with_capacity(formula.len() + 8);
    let mut word = String::new();
    // A superscript T belongs to what stands before it, and is not part of the word.
    let mut rest = formula.chars().chain(['\0']);
    while let Some(character) = rest.next() {
        if character == '_' || character.is_ascii_alphanumeric() {
            word.push(character);
            continue;
        }
        let index = match word.as_str() {
            "x" => Some(0),
            "y" => Some(1),
            "z" => Some(2),
            "w" => Some(3),
            "u" => Some(4),
            "v" => Some(5),
            _ => None,
        };
        match index.and_then(|i: usize| inputs.get(i)) {
            Some(input) => {
                // Between commas and parentheses an argument needs none of its own, and a product none in a sum.
                let before = text.trim_end().chars().next_back().unwrap_or('(');
                let after = if character == ' ' { rest.clone().next().unwrap_or('\0') } else { character };
                let alone = matches!(before, '(' | ',') && matches!(after, ')' | ',');
                let summed =
                    matches!(before, '(' | ',' | '+' | '-') && matches!(after, ')' | ',' | '+' | '-' | '\0');
                let inner = input.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
                let bare = |inner: &&str| is_group(inner) && (alone || summed && is_product(inner));
                text.push_str(inner.filter(bare).unwrap_or(input));
            }
            None => text.push_str(&word),
        }
        word.clear();
        if character != '\0' {
            text.push(character);
        }
    }
    text
}

/// Whether parentheses around this text belong to each other: `a + b`, but not `a) * (b`; and not the shape `4,`.
fn is_group(inner: &str) -> bool {
    let mut depth = 0i32;
    !inner.ends_with(',')
        && inner.chars().all(|character| {
            depth += i32::from(character == '(') - i32::from(character == ')');
            depth >= 0
        })
}

/// Whether outside of parentheses there are only products, quotients and powers.
fn is_product(text: &str) -> bool {
    let mut depth = 0i32;
    text.split(' ').all(|word| {
        let outside = depth == 0;
        depth += word.matches('(').count() as i32 - word.matches(')').count() as i32;
        let operator = !word.contains(|c: char| c.is_alphanumeric() || matches!(c, '(' | ')' | '_'));
        !(outside && operator) || matches!(word, "·" | "*" | "/" | "@" | "**")
    })
}

impl View {
    /// What a node is called in a formula: its name, else what it was made from, else its operator.
    pub fn expression(&self, id: NodeId) -> String {
        self.nested(id, 0)
    }

    fn nested(&self, id: NodeId, depth: u8) -> String {
        let Some(node) = self.node(id) else { return "?".into() };
        if let Some(name) = node.name() {
            return name.into();
        }
        if depth < 3 && !node.formula.is_empty() {
            let text = self.formula(node, depth + 1);
            if text.chars().count() <= NESTED {
                return if text.contains(' ') && !wrapped(&text) { format!("({text})") } else { text };
            }
        }
        node.op.clone()
    }

    fn formula(&self, node: &NodeView, depth: u8) -> String {
        let inputs: Vec<String> = node
            .inputs
            .iter()
            .map(|input| match input {
                Input::Node(id) => self.nested(*id, depth),
                Input::Constant(x) => number::in_formula(x.0),
            })
            .collect();
        instantiate(&node.formula, &inputs)
    }

    /// How a node was made, in the names of its inputs: `a + b`. Empty for leaves and data.
    pub fn made_from(&self, node: &NodeView) -> String {
        if node.inputs.is_empty() {
            return String::new();
        }
        if node.formula.is_empty() {
            let inputs: Vec<_> = node
                .inputs
                .iter()
                .map(|input| match input {
                    Input::Node(id) => self.expression(*id),
                    Input::Constant(x) => number::short(x.0),
                })
                .collect();
            return format!("{}({})", node.op, inputs.join(", "));
        }
        self.formula(node, 0)
    }

    /// The same in numbers, `2 + 1`, where all inputs are scalars; in shapes, `(64 × 10) @ (10 × 5)`, where not.
    /// The numbers are those of now: after a change in place, the new ones.
    pub fn made_from_values(&self, node: &NodeView) -> String {
        let inputs: Vec<String> = node
            .inputs
            .iter()
            .map(|input| match input {
                Input::Constant(x) => number::in_formula(x.0),
                Input::Node(id) => match self.node(*id) {
                    Some(input) => match input.value.as_deref().and_then(number::scalar) {
                        Some(x) => number::in_formula(x),
                        None if input.shape.len() == 1 => number::shape(&input.shape),
                        None => format!("({})", number::shape(&input.shape)),
                    },
                    None => "?".into(),
                },
            })
            .collect();
        if node.formula.is_empty() { String::new() } else { instantiate(&node.formula, &inputs) }
    }

    /// What a node keeps for its backward rule, in names: `c, d`. Empty where it keeps nothing.
    pub fn kept(&self, node: &NodeView) -> String {
        let name = |saved: &Saved| match self.node(saved.tensor) {
            Some(kept) => kept.label().to_string(),
            None => "a copy".into(),
        };
        node.saved.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// A local derivative's rule in names: `g · y` of `e = c * d` is `g · d`.
    pub fn rule(&self, node: &NodeView, rule: &str) -> String {
        let inputs: Vec<String> = node
            .inputs
            .iter()
            .map(|input| match input {
                Input::Node(id) => self.expression(*id),
                Input::Constant(x) => number::in_formula(x.0),
            })
            .collect();
        instantiate(rule, &inputs)
    }
}

/// Whether the text is one call or one pair of parentheses and needs no more of them.
fn wrapped(text: &str) -> bool {
    let mut depth = 0usize;
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => return false,
            _ => {}
        }
    }
    true
}

/// What one edge says, in plain words: what the root does when `to` grows by a little.
pub fn edge_sentence(root: &str, node: &str, to: &str, local: f64, value: f64) -> String {
    let near = match local {
        0.0 => format!("{node} does not change"),
        1.0 => format!("{node} grows by just as much"),
        -1.0 => format!("{node} shrinks by just as much"),
        l if l < 0.0 => format!("{node} shrinks {} times as much", number::short(-l)),
        l => format!("{node} grows {} times as much", number::short(l)),
    };
    if node == root {
        return format!("If {to} grows by a little, {near}.");
    }
    let far = match value {
        0.0 => format!("so {root} does not change either"),
        1.0 => format!("and {root} grows by just as much as {to}"),
        -1.0 => format!("and {root} shrinks by just as much as {to}"),
        v if v < 0.0 => format!("and {root} shrinks {} times as much as {to}", number::short(-v)),
        v => format!("and {root} grows {} times as much as {to}", number::short(v)),
    };
    format!("If {to} grows by a little, {near}, {far}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    #[test]
    fn inputs_stand_where_the_formula_has_letters() {
        assert_eq!(instantiate("x + y", &names(&["a", "b"])), "a + b");
        assert_eq!(instantiate("exp(x)", &names(&["y"])), "exp(y)");
        assert_eq!(instantiate("x.mm(y)", &names(&["w1", "x"])), "w1.mm(x)");
        assert_eq!(instantiate("g @ yᵀ", &names(&["h", "w2"])), "g @ w2ᵀ");
        assert_eq!(instantiate("max(x, 0)", &[]), "max(x, 0)");
        assert_eq!(instantiate("max(x, 0) * y", &names(&["(a @ b)", "(c + d)"])), "max(a @ b, 0) * (c + d)");
        assert_eq!(instantiate("sin(x)", &names(&["(a) * (b)"])), "sin((a) * (b))");
        assert_eq!(instantiate("sum(x + y)", &names(&["(4,)", "(3 × 4)"])), "sum((4,) + (3 × 4))");
        assert_eq!(instantiate("x + y", &names(&["x3", "(a / x3)"])), "x3 + a / x3");
        assert_eq!(instantiate("x - y", &names(&["(a · b)", "(c - d)"])), "a · b - (c - d)");
        assert_eq!(instantiate("x / y", &names(&["(a + b)", "(c · d)"])), "(a + b) / (c · d)");
        assert_eq!(
            instantiate("x + y", &names(&["(sin(a - b) · c)", "(a < b)"])),
            "sin(a - b) · c + (a < b)"
        );
    }

    #[test]
    fn calls_need_no_further_parentheses() {
        assert!(wrapped("sin(a * b)"));
        assert!(!wrapped("a * b"));
        assert!(!wrapped("(a) * (b)"));
    }

    #[test]
    fn an_edge_is_told_in_one_sentence() {
        assert_eq!(
            edge_sentence("e", "d", "b", 1.0, 3.0),
            "If b grows by a little, d grows by just as much, and e grows 3 times as much as b."
        );
        assert_eq!(
            edge_sentence("e", "e", "c", 2.0, 2.0),
            "If c grows by a little, e grows 2 times as much."
        );
        assert_eq!(
            edge_sentence("L", "h", "x", 0.0, 0.0),
            "If x grows by a little, h does not change, so L does not change either."
        );
    }
}
