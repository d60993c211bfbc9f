//! Sums of products over named dimensions, on top of the matrix product.

use crate::{Error, Result, Tensor, layout, ops};

/// A dimension's name: a letter, or a number above all letters for one that an ellipsis stands for.
type Label = u32;

const ELLIPSIS: Label = 1 << 24;

/// A tensor whose dimensions have names.
struct Named {
    tensor: Tensor,
    labels: Vec<Label>,
}

impl Named {
    fn size(&self, label: Label) -> Option<usize> {
        let dim = self.labels.iter().position(|&l| l == label)?;
        self.tensor.shape().get(dim).copied()
    }

    fn has(&self, label: Label) -> bool {
        self.labels.contains(&label)
    }

    /// Summed over the dimensions that nobody keeps.
    fn summed(self, keep: impl Fn(Label) -> bool) -> Result<Named> {
        let gone: Vec<i64> =
            (0i64..).zip(&self.labels).filter(|(_, l)| !keep(**l)).map(|(dim, _)| dim).collect();
        if gone.is_empty() {
            return Ok(self);
        }
        let tensor = ops::sum(&self.tensor, &gone, false)?;
        Ok(Named { tensor, labels: self.labels.into_iter().filter(|l| keep(*l)).collect() })
    }

    /// With the dimensions in another order, each group of them joined into one of these sizes.
    fn arranged(&self, order: &[Label], shape: &[usize]) -> Result<Tensor> {
        let dims: Vec<i64> = order
            .iter()
            .filter_map(|l| self.labels.iter().position(|held| held == l))
            .map(|d| d as i64)
            .collect();
        let straight = dims.iter().enumerate().all(|(place, &d)| place as i64 == d);
        let turned = if straight { self.tensor.clone() } else { ops::permute(&self.tensor, &dims)? };
        if turned.shape() == shape { Ok(turned) } else { ops::reshape(&turned, shape) }
    }
}

/// The product of two tensors, summed over the names that nobody keeps.
fn contract(left: Named, right: Named, keep: &dyn Fn(Label) -> bool) -> Result<Named> {
    let left = left.summed(|l| keep(l) || right.has(l))?;
    let right = right.summed(|l| keep(l) || left.has(l))?;
    let pick = |of: &Named, rule: &dyn Fn(Label) -> bool| -> Vec<Label> {
        of.labels.iter().copied().filter(|&l| rule(l)).collect()
    };
    let batch = pick(&left, &|l| right.has(l) && keep(l));
    let inner = pick(&left, &|l| right.has(l) && !keep(l));
    let rows = pick(&left, &|l| !right.has(l));
    let columns = pick(&right, &|l| !left.has(l));
    // A size of 1 gives way to the other's.
    let size = |l: Label| match (left.size(l), right.size(l)) {
        (Some(1), Some(n)) | (Some(n), _) | (None, Some(n)) => n,
        (None, None) => 1,
    };
    let sizes = |labels: &[Label]| -> Vec<usize> { labels.iter().map(|&l| size(l)).collect() };
    let product = |labels: &[Label]| -> usize { labels.iter().map(|&l| size(l)).product() };
    let spread = |of: &Named| {
        let shape = sizes(&of.labels);
        let tensor =
            if of.tensor.shape() == shape { of.tensor.clone() } else { ops::expand(&of.tensor, &shape)? };
        Ok::<_, Error>(Named { tensor, labels: of.labels.clone() })
    };
    let labels = [&batch[..], &rows, &columns].concat();
    let tensor = if inner.is_empty() {
        let own = |of: &Named| labels.iter().map(|&l| of.size(l).unwrap_or(1)).collect::<Vec<_>>();
        ops::mul(left.arranged(&labels, &own(&left))?, right.arranged(&labels, &own(&right))?)?
    } else {
        let (left, right) = (spread(&left)?, spread(&right)?);
        let lead: Vec<usize> = (!batch.is_empty()).then(|| product(&batch)).into_iter().collect();
        let (m, k, n) = (product(&rows), product(&inner), product(&columns));
        let matrix = |rows, columns| [&lead[..], &[rows, columns]].concat();
        let left = left.arranged(&[&batch[..], &rows, &inner].concat(), &matrix(m, k))?;
        let right = right.arranged(&[&batch[..], &inner, &columns].concat(), &matrix(k, n))?;
        let out = ops::mm(&left, &right)?;
        let shape = sizes(&labels);
        if out.shape() == shape { out } else { ops::reshape(&out, &shape)? }
    };
    Ok(Named { tensor, labels })
}

/// `Σ x · y` over pairs of dimensions: `left[i]` of `x` with `right[i]` of `y`. Those of `x` come first in the result.
pub fn tensordot(x: &Tensor, y: &Tensor, left: &[i64], right: &[i64]) -> Result<Tensor> {
    let refuse = |message: String| Err(Error::runtime(message).in_op("tensordot"));
    if left.len() != right.len() {
        return refuse("both dimension lists should have same length".to_owned());
    }
    let mut labels = [(0..x.rank() as Label).collect::<Vec<_>>(), (ELLIPSIS..).take(y.rank()).collect()];
    for (&l, &r) in left.iter().zip(right) {
        let (l, r) = (layout::resolve_dim(l, x.rank())?, layout::resolve_dim(r, y.rank())?);
        match (x.shape().get(l), y.shape().get(r)) {
            (Some(a), Some(b)) if a == b || *a == 1 || *b == 1 => labels[1][r] = l as Label,
            (Some(a), Some(b)) => {
                return refuse(format!(
                    "contracted dimensions need to match, but first has size {a} in dim {l} and second has size {b} in dim {r}"
                ));
            }
            _ => return refuse("a number has no dimension to contract".to_owned()),
        }
    }
    let [of_x, of_y] = labels;
    let inner: Vec<Label> = of_x.iter().copied().filter(|l| of_y.contains(l)).collect();
    if inner.len() != left.len() {
        return refuse("a dimension appears multiple times in the list of dims".to_owned());
    }
    let left = Named { tensor: x.clone(), labels: of_x };
    let right = Named { tensor: y.clone(), labels: of_y };
    Ok(contract(left, right, &|l| !inner.contains(&l))?.tensor)
}

/// `einsum("ij,jk->ik", x, y)`: products of elements, summed over every letter that the result does not have.
pub fn einsum(equation: &str, operands: &[Tensor]) -> Result<Tensor> {
    sum_of_products(equation, operands).map_err(|e| e.in_op("einsum"))
}

/// The names of one operand's dimensions in an equation: letters, and where an ellipsis stands.
fn subscripts(text: &str) -> Result<(Vec<Label>, Option<usize>)> {
    let mut labels = Vec::new();
    let mut ellipsis = None;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("...") {
            if ellipsis.replace(labels.len()).is_some() {
                return Err(Error::runtime(
                    "einsum(): found '.' for an operand for which an ellipsis was already found",
                ));
            }
            rest = after;
            continue;
        }
        if !c.is_ascii_alphabetic() {
            return Err(Error::runtime(format!(
                "einsum(): invalid subscript given at index {} in the equation string, subscripts must be in [a-zA-Z]",
                text.len() - rest.len()
            )));
        }
        labels.push(c as Label);
        rest = &rest[c.len_utf8()..];
    }
    Ok((labels, ellipsis))
}

fn sum_of_products(equation: &str, operands: &[Tensor]) -> Result<Tensor> {
    let equation: String = equation.chars().filter(|c| *c != ' ').collect();
    let (inputs, output) = match equation.split_once("->") {
        Some((inputs, output)) => (inputs, Some(output)),
        None => (equation.as_str(), None),
    };
    let parts: Vec<&str> = inputs.split(',').collect();
    if operands.is_empty() {
        return Err(Error::runtime("einsum(): must provide at least one operand"));
    }
    if parts.len() != operands.len() {
        return Err(Error::runtime(format!(
            "einsum(): {} operands were provided than specified in the equation",
            if operands.len() > parts.len() { "more" } else { "fewer" }
        )));
    }
    let mut named = Vec::new();
    let mut dots = 0;
    for (i, (part, operand)) in parts.iter().zip(operands).enumerate() {
        let (mut labels, ellipsis) = subscripts(part)?;
        let hidden = operand.rank().checked_sub(labels.len()).filter(|n| *n == 0 || ellipsis.is_some());
        let hidden = hidden.ok_or_else(|| {
            Error::runtime(format!(
                "einsum(): the number of subscripts in the equation ({}) does not match the number of dimensions ({}) for \
                 operand {i}{}",
                labels.len(),
                operand.rank(),
                if ellipsis.is_none() { " and no ellipsis was given" } else { "" }
            ))
        })?;
        dots = dots.max(hidden);
        if let Some(at) = ellipsis {
            labels.splice(at..at, (0..hidden as Label).rev().map(|n| ELLIPSIS + n));
        }
        named.push(without_repeats(operand, labels)?);
    }
    check_sizes(&named)?;
    let order = match output {
        Some(text) => {
            let (mut labels, ellipsis) = subscripts(text)?;
            if let Some(at) = ellipsis {
                labels.splice(at..at, (0..dots as Label).rev().map(|n| ELLIPSIS + n));
            }
            labels
        }
        None => {
            let letters = parts.concat();
            let once = ('A'..='Z').chain('a'..='z').filter(|l| letters.matches(*l).count() == 1);
            let once = once.map(|letter| letter as Label);
            (0..dots as Label).rev().map(|n| ELLIPSIS + n).chain(once).collect()
        }
    };
    for (i, &label) in order.iter().enumerate() {
        let name = char::from_u32(label).unwrap_or('.');
        if order[..i].contains(&label) {
            return Err(Error::runtime(format!(
                "einsum(): output subscript {name} appears more than once in the output"
            )));
        }
        if !named.iter().any(|n| n.has(label)) {
            return Err(Error::runtime(format!(
                "einsum(): output subscript {name} does not appear in the equation for any input operand"
            )));
        }
    }
    let mut rest = named.into_iter();
    let mut held =
        rest.next().ok_or_else(|| Error::runtime("einsum(): must provide at least one operand"))?;
    while let Some(next) = rest.next() {
        let later: Vec<Label> = rest.as_slice().iter().flat_map(|n| n.labels.iter().copied()).collect();
        held = contract(held, next, &|l| order.contains(&l) || later.contains(&l))?;
    }
    let held = held.summed(|l| order.contains(&l))?;
    let shape: Vec<usize> = order.iter().filter_map(|&l| held.size(l)).collect();
    held.arranged(&order, &shape)
}

/// A name that comes twice stands for the diagonal.
fn without_repeats(x: &Tensor, mut labels: Vec<Label>) -> Result<Named> {
    let mut tensor = x.clone();
    while let Some((second, label)) =
        labels.iter().copied().enumerate().find(|(i, l)| labels[..*i].contains(l))
    {
        let first = labels.iter().position(|&l| l == label).unwrap_or(second);
        let (a, b) = (tensor.shape()[first], tensor.shape()[second]);
        if a != b {
            return Err(Error::runtime(format!(
                "einsum(): subscript {} is repeated for operand, but the sizes don't match, {b} != {a}",
                char::from_u32(label).unwrap_or('.')
            )));
        }
        tensor = ops::diagonal(&tensor, 0, first as i64, second as i64)?;
        labels.retain(|&l| l != label);
        labels.push(label);
    }
    Ok(Named { tensor, labels })
}

/// Sizes of one name are equal, or 1.
fn check_sizes(operands: &[Named]) -> Result<()> {
    let mut seen: Vec<(Label, usize)> = Vec::new();
    for (i, operand) in operands.iter().enumerate() {
        for (&label, &size) in operand.labels.iter().zip(operand.tensor.shape()) {
            match seen.iter_mut().find(|(l, _)| *l == label) {
                None => seen.push((label, size)),
                Some((_, held)) if *held == 1 => *held = size,
                Some((_, held)) if size != 1 && size != *held => {
                    return Err(Error::runtime(format!(
                        "einsum(): subscript {} has size {size} for operand {i} which does not broadcast with previously seen \
                         size {held}",
                        char::from_u32(label).unwrap_or('.')
                    )));
                }
                Some(_) => {}
            }
        }
    }
    Ok(())
}
