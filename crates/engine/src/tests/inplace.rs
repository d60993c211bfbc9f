//! Changes in place, views, versions.

use super::*;
use crate::{Scalar, autograd, ops};

#[test]
fn views_share_their_storage() {
    let engine = engine();
    let x = doubles(&engine, &[2, 3], &[0.0; 6]);
    ops::select(&x, 0, 1).unwrap().fill_(Scalar::Float(7.0)).unwrap();
    ops::select(&ops::t(&x).unwrap(), 0, 2).unwrap().add_(1.0).unwrap();
    ops::view(&x, &[6]).unwrap().mul_(2.0).unwrap();
    assert_eq!(values(&x), [0.0, 0.0, 2.0, 14.0, 14.0, 16.0]);
}

#[test]
fn leaves_are_changed_under_no_grad_only() {
    let engine = engine();
    let w = leaf(&engine, &[2], &[1.0, 2.0]);
    let error = w.sub_(1.0).unwrap_err();
    assert_eq!(error.message, "a leaf Variable that requires grad is being used in an in-place operation.");
    engine.no_grad(|| w.sub_(1.0)).unwrap();
    assert_eq!(values(&w), [0.0, 1.0]);
    assert!(w.is_leaf() && w.requires_grad());
}

#[test]
fn a_kept_tensor_must_not_change() {
    let engine = engine();
    let x = leaf(&engine, &[2], &[1.0, 2.0]);
    let y = ops::mul(&x, 2.0).unwrap();
    let z = ops::sum(&ops::mul(&y, &y).unwrap(), &[], false).unwrap();
    y.add_(1.0).unwrap();
    let error = autograd::backward(&z).unwrap_err();
    assert!(
        error.message.contains("modified by an inplace operation")
            && error.message.contains("is at version 1; expected version 0")
    );
}

#[test]
fn a_recorded_change_is_part_of_the_tape() {
    let engine = engine();
    let x = leaf(&engine, &[2], &[1.0, 2.0]);
    let y = ops::mul(&x, 3.0).unwrap();
    y.mul_(&x).unwrap();
    autograd::backward(&ops::sum(&y, &[], false).unwrap()).unwrap();
    assert_eq!(grad(&x), [6.0, 12.0]);
    assert_eq!(y.node().unwrap().name(), "mul_");
}

#[test]
fn results_must_fit_the_place() {
    let engine = engine();
    let x = doubles(&engine, &[2], &[1.0, 2.0]);
    let wide = doubles(&engine, &[3, 2], &[0.0; 6]);
    assert_eq!(
        x.add_(&wide).unwrap_err().message,
        "output with shape [2] doesn't match the broadcast shape [3, 2]"
    );
    let ints = engine.tensor(Array::I64(vec![1, 2]), &[2], Device::Cpu).unwrap();
    assert_eq!(
        ints.add_(0.5).unwrap_err().message,
        "result type Float can't be cast to the desired output type Long"
    );
}

#[test]
fn what_no_gradient_needs_may_change() {
    let engine = engine();
    let x = leaf(&engine, &[2], &[1.0, 2.0]);
    let run = |f: &dyn Fn(&Tensor) -> Tensor| {
        let y = ops::mul(&x, 1.0).unwrap();
        let z = f(&y);
        y.add_(1.0).unwrap();
        x.set_grad(None).unwrap();
        autograd::backward(&ops::sum(&z, &[], false).unwrap())?;
        Ok::<_, crate::Error>(grad(&x))
    };
    let c = engine.tensor(Array::F32(vec![2.0, 4.0]), &[2], Device::Cpu).unwrap();
    assert_eq!(run(&|y| ops::mul(y, 0.5).unwrap()).unwrap(), [0.5, 0.5]);
    assert_eq!(run(&|y| ops::mul(y, &c).unwrap()).unwrap(), [2.0, 4.0]);
    assert_eq!(run(&|y| ops::div(y, &c).unwrap()).unwrap(), [0.5, 0.25]);
    assert!(run(&|y| ops::pow(y, 2.0).unwrap()).is_err());
    assert!(run(&|y| ops::mul(y, y).unwrap()).is_err());
    let y = ops::pow(&x, 2.0).unwrap();
    let z = ops::sum(&y, &[], false).unwrap();
    y.add_(1.0).unwrap();
    autograd::backward(&z).unwrap();
}
