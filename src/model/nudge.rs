//! Programs that measure a derivative: the learner's own, with one number of one tensor nudged, run up to the loss.

use super::highlight::is_of_name;

/// What a measurement needs to know of the program.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    before: String,
    between: String,
    name: String,
    indent: String,
    loss: String,
    loss_indent: String,
}

impl Plan {
    /// A measurement of the gradient of `name`, a variable or a parameter of a module such as `model.0.weight`, which is
    /// made by the statement around the line `made` and differentiated by the line `backward`,
    /// `loss.backward()`; both from 1. `None` where the program is not of that form.
    pub fn new(program: &str, name: &str, made: u32, backward: u32) -> Option<Plan> {
        let lines: Vec<&str> = program.lines().collect();
        let name = expression(name)?;
        let (first, last) = statement(&lines, (made as usize).checked_sub(1)?);
        let (made, backward) = (last + 1, backward as usize);
        if made >= backward {
            return None;
        }
        let indent_of = |line: &str| line.chars().take_while(|c| *c == ' ').collect::<String>();
        let call = lines.get(backward - 1)?;
        let loss = call.trim().split_once(".backward(")?.0;
        // Behind a colon or an equals sign stands another statement, not the loss alone.
        if loss.is_empty() || loss.contains([':', '=', '#']) {
            return None;
        }
        Some(Plan {
            before: lines.get(..made)?.join("\n"),
            between: lines.get(made..backward - 1)?.join("\n"),
            name,
            indent: indent_of(lines.get(first)?),
            loss: loss.into(),
            loss_indent: indent_of(call),
        })
    }

    /// Prints the gradients at some places of the flattened tensor, then how many elements it has.
    pub fn gradients(&self, places: &[usize]) -> String {
        let Plan { before, between, name, loss, loss_indent, .. } = self;
        let prints: Vec<String> = places
            .iter()
            .map(|place| {
                format!("{loss_indent}print({name}.grad.reshape(-1)[{place} % {name}.numel()].item())")
            })
            .collect();
        format!(
            "{before}\n{between}\n{loss_indent}{loss}.backward()\n{}\n{loss_indent}raise SystemExit\n",
            prints.join("\n")
        )
    }

    /// Prints the loss with one number nudged.
    pub fn loss(&self, place: usize, nudge: &str) -> String {
        let Plan { before, between, name, indent, loss, loss_indent } = self;
        format!(
            "{before}\n{indent}with torch.no_grad():\n{indent}    {name}.view(-1)[{place} % {name}.numel()] += {nudge}\n\
             {between}\n{loss_indent}print({loss}.item())\n{loss_indent}raise SystemExit\n"
        )
    }
}

/// `model.0.weight` as Python writes it: `getattr(model, '0').weight`.
fn expression(name: &str) -> Option<String> {
    let mut parts = name.split('.');
    let is_word = |part: &str| part.chars().all(is_of_name) && !part.is_empty();
    let is_name = |part: &str| is_word(part) && !part.starts_with(|c: char| c.is_ascii_digit());
    let mut text = parts.next().filter(|first| is_name(first))?.to_string();
    for part in parts {
        text = match part {
            part if is_name(part) => format!("{text}.{part}"),
            part if is_word(part) => format!("getattr({text}, '{part}')"),
            _ => return None,
        };
    }
    Some(text)
}

/// The first and the last line, as indices, of the statement around a line: where its brackets are closed.
fn statement(lines: &[&str], line: usize) -> (usize, usize) {
    let (mut start, mut depth) = (0, 0i32);
    // The sign that ends the text that is open; that of a long one may stand some lines below.
    let mut quote: Option<&str> = None;
    for (i, text) in lines.iter().enumerate() {
        if depth <= 0 && quote.is_none() {
            (start, depth) = (i, 0);
        }
        let mut rest = *text;
        while let Some(c) = rest.chars().next() {
            let sign = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|sign| rest.starts_with(sign));
            match (quote, sign) {
                (Some(open), _) if rest.starts_with(open) => quote = None,
                (Some(_), _) => {}
                (None, Some(_)) => quote = sign,
                (None, None) => match c {
                    '#' => break,
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' => depth -= 1,
                    _ => {}
                },
            }
            let length = if quote == sign { sign.map_or(1, str::len) } else { c.len_utf8() };
            rest = rest.get(length.max(c.len_utf8())..).unwrap_or_default();
        }
        quote = quote.filter(|sign| sign.len() == 3);
        if i >= line && depth <= 0 && quote.is_none() {
            return (start, i);
        }
    }
    (line, line)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROGRAM: &str = "import torch\nw = torch.ones(3, requires_grad=True)\nfor i in range(2):\n    l = (w * w).sum()\n    l.backward()\n";

    #[test]
    fn the_nudge_stands_behind_the_line_that_makes_the_tensor() {
        let plan = Plan::new(PROGRAM, "w", 2, 5).expect("a plan");
        let expected = "import torch\nw = torch.ones(3, requires_grad=True)\nwith torch.no_grad():\n    \
                        w.view(-1)[1 % w.numel()] += -0.01\nfor i in range(2):\n    l = (w * w).sum()\n    \
                        print(l.item())\n    raise SystemExit\n";
        assert_eq!(plan.loss(1, "-0.01"), expected);
        let told = plan.gradients(&[0, 7]);
        assert!(told.ends_with(
            "    l.backward()\n    print(w.grad.reshape(-1)[0 % w.numel()].item())\n    \
             print(w.grad.reshape(-1)[7 % w.numel()].item())\n    raise SystemExit\n"
        ));
    }

    #[test]
    fn a_parameter_of_a_module_is_reached_through_it() {
        let program =
            "model = nn.Sequential(\n    nn.Linear(2, 1),  # (\n)\nloss = model(x).sum()\nloss.backward()\n";
        let plan = Plan::new(program, "model.0.weight", 1, 5).expect("a plan");
        assert_eq!(
            Plan::new(program, "model.0.weight", 3, 5).as_ref(),
            Some(&plan),
            "bound on its last line"
        );
        let told = plan.loss(0, "0.01");
        let nudged = ")\nwith torch.no_grad():\n    getattr(model, '0').weight.view(-1)[0 % \
                      getattr(model, '0').weight.numel()] += 0.01\nloss = model";
        assert!(told.contains(nudged), "{told}");
        assert_eq!(expression("net.fc1.bias").as_deref(), Some("net.fc1.bias"));
        assert_eq!(expression("net.a b"), None);
    }

    #[test]
    fn brackets_in_texts_and_comments_are_none() {
        let lines = ["'''(", "it's ('''", "x = f('(', \"it's\",  # (", "      1)", "y = 2"];
        assert_eq!(
            [0, 1, 2, 3, 4].map(|line| statement(&lines, line)),
            [(0, 1), (0, 1), (2, 3), (2, 3), (4, 4)]
        );
    }

    #[test]
    fn other_programs_have_no_plan() {
        for (name, made, backward) in [("w.", 2, 5), ("w", 5, 5), ("w", 0, 5), ("w", 2, 4), ("w", 2, 99)] {
            assert_eq!(Plan::new(PROGRAM, name, made, backward), None, "{name} {made} {backward}");
        }
    }
}
