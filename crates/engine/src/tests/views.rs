//! Changes through views, on the tape. The numbers are PyTorch's.

use super::*;
use crate::autograd::{self, Options};
use crate::{Layout, Result, ViewOrigin, ops};

fn total(x: &Tensor) -> Tensor {
    ops::sum(x, &[], false).unwrap()
}

#[test]
fn a_change_through_a_view_is_part_of_the_tape() {
    let engine = engine();
    let (x, z) = (leaf(&engine, &[4], &[1.0, 2.0, 3.0, 4.0]), leaf(&engine, &[], &[5.0]));
    let y = ops::mul(&x, 2.0).unwrap();
    ops::select(&y, 0, 0).unwrap().copy_(&z).unwrap();
    ops::select(&ops::view(&y, &[2, 2]).unwrap(), 0, 1).unwrap().mul_(&z).unwrap();
    assert_eq!(values(&y), [5.0, 4.0, 30.0, 40.0]);
    assert_eq!(y.node().unwrap().name(), "copy_slices");
    let cubed = ops::pow(&y, 3.0).unwrap();
    autograd::backward(&total(&cubed)).unwrap();
    assert_eq!(grad(&x), [0.0, 96.0, 27_000.0, 48_000.0]);
    assert_eq!(grad(&z), [75.0 + 2700.0 * 6.0 + 4800.0 * 8.0]);
}

#[test]
fn views_made_before_see_what_came_later() {
    let engine = engine();
    let x = leaf(&engine, &[3], &[1.0, 2.0, 3.0]);
    let y = ops::clone(&x).unwrap();
    let (first, rest) = (ops::select(&y, 0, 0).unwrap(), ops::slice(&y, 0, 1, 1, 2).unwrap());
    y.mul_(3.0).unwrap();
    rest.mul_(x.engine().no_grad(|| ops::slice(&x, 0, 0, 1, 2)).unwrap()).unwrap();
    assert_eq!(first.node().unwrap().name(), "as_strided");
    autograd::backward(&ops::add(&first, total(&rest)).unwrap()).unwrap();
    assert_eq!(grad(&x), [3.0, 3.0, 6.0]);
}

#[test]
fn a_tensor_without_gradients_takes_them_on() {
    let engine = engine();
    let w = leaf(&engine, &[2], &[3.0, 4.0]);
    let x = engine.tensor(Array::F32(vec![1.0; 4]), &[2, 2], Device::Cpu).unwrap();
    let column = ops::select(&x, 1, 1).unwrap();
    column.mul_(&w).unwrap();
    assert!(x.requires_grad() && !x.is_leaf());
    autograd::backward(&total(&ops::mul(&x, &x).unwrap())).unwrap();
    assert_eq!(grad(&w), [6.0, 8.0]);
}

#[test]
fn a_change_through_a_view_differentiates_twice() {
    let engine = engine();
    let x = leaf(&engine, &[2], &[2.0, 3.0]);
    let y = ops::mul(&x, &x).unwrap();
    let last = ops::select(&y, 0, 1).unwrap();
    last.mul_(last.engine().no_grad(|| ops::clone(&last)).unwrap()).unwrap();
    let last = ops::select(&y, 0, 0).unwrap();
    last.mul_(ops::select(&x, 0, 1).unwrap()).unwrap();
    let all = Options { retain_graph: true, create_graph: true };
    let first = autograd::grad(&total(&y), std::slice::from_ref(&x), all).unwrap().remove(0).unwrap();
    // y = (x0² x1, 9 x1²)
    assert_eq!(values(&first), [12.0, 4.0 + 54.0]);
    let second = autograd::grad(&total(&first), &[x], Options::default()).unwrap().remove(0).unwrap();
    assert_eq!(values(&second), [6.0 + 4.0, 4.0 + 18.0]);
}

#[test]
fn what_an_operation_keeps_of_a_view_is_guarded() {
    let engine = engine();
    let x = leaf(&engine, &[3], &[1.0, 2.0, 3.0]);
    let y = ops::mul(&x, 1.0).unwrap();
    let part = ops::slice(&y, 0, 0, 1, 2).unwrap();
    part.in_place("exp_", std::rc::Rc::new(ops::exp::Exp), &[]).unwrap();
    let loss = total(&ops::mul(&part, &part).unwrap());
    ops::select(&y, 0, 2).unwrap().add_(1.0).unwrap();
    let error = autograd::backward(&loss).unwrap_err();
    assert!(
        error.message.contains("which is output 0 of AsStrided, is at version 2; expected version 1"),
        "{error}"
    );
}

#[test]
fn refusals_are_pytorchs() {
    let engine = engine();
    let x = leaf(&engine, &[3], &[1.0, 2.0, 3.0]);
    let message = |result: Result<()>| result.unwrap_err().message.clone();
    assert_eq!(
        message(ops::select(&x, 0, 0).unwrap().mul_(2.0)),
        "a view of a leaf Variable that requires grad is being used in an in-place operation."
    );
    let y = ops::mul(&x, 2.0).unwrap();
    let off = engine.no_grad(|| ops::select(&y, 0, 0)).unwrap();
    assert!(message(off.mul_(2.0)).starts_with(
        "A view was created in no_grad mode and is being modified inplace with grad mode enabled."
    ));
    y.mul_(2.0).unwrap();
    assert!(
        ops::mul(&off, 2.0).unwrap_err().message.contains("its base or another view of its base has been")
    );
    let one = ops::select(&y, 0, 0).unwrap();
    one.set_view_origin(ViewOrigin::Several);
    assert!(
        message(one.mul_(2.0)).starts_with("Output 0 of Select is a view and is being modified inplace.")
    );
    assert!(
        message(ops::expand(&x, &[2, 3]).unwrap().add_(1.0)).starts_with("unsupported operation: more than")
    );
}

#[test]
fn results_that_were_kept_are_where_they_were_written() {
    let engine = engine();
    let x = leaf(&engine, &[2], &[0.0, 1.0]);
    let y = ops::mul(&x, 1.0).unwrap();
    y.in_place("exp_", std::rc::Rc::new(ops::exp::Exp), &[]).unwrap();
    y.add_(1.0).unwrap();
    let error = autograd::backward(&total(&y)).unwrap_err();
    assert!(
        error.message.contains("which is output 0 of Exp, is at version 2; expected version 1"),
        "{error}"
    );
}

#[test]
fn strided_places_scatter_and_add_up() {
    let engine = engine();
    let x = leaf(&engine, &[4], &[1.0, 2.0, 3.0, 4.0]);
    let windows = Layout { shape: vec![3, 2], strides: vec![1, 1], offset: 0 };
    let y = ops::as_strided(&x, &windows).unwrap();
    assert_eq!(values(&y), [1.0, 2.0, 2.0, 3.0, 3.0, 4.0]);
    autograd::backward(&total(&y)).unwrap();
    assert_eq!(grad(&x), [1.0, 2.0, 2.0, 1.0]);
    let wide = Layout { shape: vec![5], strides: vec![1], offset: 0 };
    assert!(ops::as_strided(&x, &wide).unwrap_err().message.contains("out of bounds"));
}

#[test]
fn a_tensor_may_depend_on_what_was_computed_from_it() {
    let engine = engine();
    let x = leaf(&engine, &[1000], &[0.5; 1000]);
    let before = engine.cpu_bytes();
    for _ in 0..3 {
        let y = ops::mul(&x, 2.0).unwrap();
        let z = ops::mul(&y, &y).unwrap();
        y.add_(&z).unwrap();
        ops::slice(&y, 0, 0, 1, 500).unwrap().mul_(total(&ops::mul(&z, &z).unwrap())).unwrap();
    }
    // No circle of handles keeps them.
    assert_eq!(engine.cpu_bytes(), before);
}
