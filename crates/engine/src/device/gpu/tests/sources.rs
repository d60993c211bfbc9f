//! Every shader that the planners and the template make, validated without a GPU.

use super::*;
use crate::device::gpu::pointwise::Kernel;
use crate::op::Promotion;
use crate::plan::{Dispatch, GpuKernel};
use crate::planner::{self, Combine};
use crate::registry::cases;
use crate::{Arg, Device, Scalar};

fn validate(name: &str, source: &str) {
    let module = naga::front::wgsl::parse_str(source)
        .unwrap_or_else(|error| panic!("{name}: {}\n{source}", error.emit_to_string(source)));
    naga::valid::Validator::new(naga::valid::ValidationFlags::all(), naga::valid::Capabilities::empty())
        .validate(&module)
        .unwrap_or_else(|error| panic!("{name}: {error:?}\n{source}"));
}

fn validate_plan(plan: &GpuPlan) {
    assert!(!plan.dispatches.is_empty());
    plan.dispatches.iter().for_each(validate_dispatch);
}

fn validate_dispatch(dispatch: &Dispatch) {
    assert!(dispatch.params.len() <= 64, "{}", dispatch.shader);
    let text = gradloom_shaders::source(dispatch.shader).unwrap();
    validate(dispatch.shader, &gradloom_shaders::assemble(text, &dispatch.defines));
}

#[test]
fn the_check_of_indices_is_valid() {
    let text = gradloom_shaders::source("check").unwrap();
    for layout in [Layout::contiguous(&[]), Layout { shape: vec![2; 8], strides: vec![1; 8], offset: 0 }] {
        let walk = planner::Walk::plain(&[&layout], 4);
        let defines = [("WALK", walk.coordinates("i")), ("PLACE", walk.place(0))];
        validate("check", &gradloom_shaders::assemble(text, &defines));
    }
}

#[test]
fn every_plan_is_valid() {
    let combines = [
        Combine::Sum,
        Combine::SumSquares,
        Combine::Prod,
        Combine::Max,
        Combine::Min,
        Combine::ArgMax,
        Combine::ArgMin,
        Combine::All,
        Combine::Any,
    ];
    let long = Layout::contiguous(&[700, 3, 900]);
    let many = Layout { shape: vec![2; 8], strides: vec![1, 8, 2, 64, 4, 256, 1024, 16], offset: 1 };
    for dtype in [DType::F32, DType::I64, DType::Bool] {
        for combine in combines {
            for (layout, dims) in
                [(&long, &[0, 2][..]), (&long, &[0]), (&long, &[0, 1, 2]), (&many, &[1, 3, 5, 6])]
            {
                validate_plan(
                    &planner::reduce(combine, &GpuArg::Tensor(dtype, layout.clone()), dims).unwrap(),
                );
            }
        }
        let index = GpuArg::Tensor(DType::I64, many.clone());
        let input = GpuArg::Tensor(dtype, many.clone());
        validate_plan(&planner::gather(&input, &index, 3).unwrap());
        for way in [false, true] {
            validate_plan(&planner::argsort(&input, 3, way).unwrap());
            validate_plan(&planner::extreme_so_far(&input, 3, way).unwrap());
        }
        if dtype != DType::Bool {
            validate_plan(&planner::scatter(planner::Put::Add, &input, &index, &input, 3).unwrap());
            let small = GpuArg::Tensor(DType::I64, Layout::contiguous(&[1; 8]));
            validate_plan(&planner::scatter(planner::Put::Add, &input, &small, &small, 0).unwrap());
            for (m, k, n) in [(300, 300, 300), (64, 1000, 100), (1, 500, 1), (2, 3, 1)] {
                let arg = |rows: usize, columns: usize| {
                    GpuArg::Tensor(dtype, Layout::contiguous(&[2, 3, rows, columns]))
                };
                validate_plan(&planner::matmul(&arg(m, k), &arg(k, n)).unwrap());
            }
            validate_plan(&planner::matmul(&input, &input).unwrap());
        }
    }
}

#[test]
fn every_kind_of_argument_is_valid() {
    let out = Layout { shape: vec![2; 8], strides: vec![1, 8, 2, 64, 4, 256, 1024, 16], offset: 1 };
    let dense = Layout::contiguous(&[2; 8]);
    let one = Layout::contiguous(&[]);
    for dtype in [DType::F32, DType::I64, DType::Bool] {
        for layout in [&out, &dense, &one] {
            let tensor = GpuArg::Tensor(dtype, layout.clone());
            let number = GpuArg::Scalar(Scalar::Float(1.0));
            let args = [(&tensor, Some(1)), (&number, None), (&GpuArg::Tensor(dtype, out.clone()), Some(9))];
            for result in [DType::F32, DType::I64, DType::Bool] {
                // What lies in the result has its dtype.
                let beside = if result == dtype { 9 } else { 8 };
                let kernel = Kernel::new(&args, result, beside, &out).unwrap();
                validate("pointwise", &kernel.source("f32(x0) + x1 + f32(x2) + f32(i)").unwrap());
            }
        }
    }
}

/// The kernels of all operators, in the dtypes that they take.
#[test]
fn every_operator_has_valid_kernels() {
    let engine = crate::Engine::new(None, 0);
    let mut validated = 0;
    for case in cases() {
        for dtype in [DType::F32, DType::I64, DType::Bool] {
            // What computes in floats is given floats.
            if dtype != DType::F32 && case.op.promotion() == Promotion::Float {
                continue;
            }
            // Booleans are compared and chosen; most arithmetic refuses them.
            let takes_booleans = matches!(case.op.promotion(), Promotion::Compare | Promotion::Select);
            if dtype == DType::Bool && !takes_booleans {
                continue;
            }
            let convert = |arg: Arg| match (arg, dtype) {
                (Arg::Scalar(x), DType::I64) => Arg::Scalar(Scalar::Int(x.to_f64() as i64)),
                (Arg::Scalar(x), DType::Bool) => Arg::Scalar(Scalar::Bool(x.to_f64() != 0.0)),
                (other, _) => other,
            };
            let made = case.args.iter().map(|arg| arg.make(&engine, dtype, Device::Cpu).unwrap());
            let args: Vec<Arg> = made.map(convert).collect();
            let Ok(meta) = case.op.infer(&args) else {
                assert!(dtype != DType::F32, "{:?}", case.op);
                continue;
            };
            let viewed =
                args.first().and_then(Arg::tensor).is_some_and(|t| case.op.view(t.layout()).is_some());
            if viewed
                || case.op.compose(&args).is_some()
                || case.op.places().is_some()
                || meta.dtype == DType::F64
            {
                continue;
            }
            let given: Vec<GpuArg> = args.iter().map(GpuArg::from).collect();
            let kernel = match case.op.gpu(&given, &meta) {
                Ok(kernel) => kernel,
                Err(error) => {
                    assert!(dtype != DType::F32, "{:?}: {error}", case.op);
                    continue;
                }
            };
            match kernel {
                GpuKernel::Plan(plan) => plan.dispatches.iter().for_each(validate_dispatch),
                GpuKernel::Pointwise(expr) => {
                    let bound: Vec<(&GpuArg, Option<u64>)> = given.iter().map(|arg| (arg, Some(1))).collect();
                    let kernel =
                        Kernel::new(&bound, meta.dtype, 9, &Layout::contiguous(&meta.shape)).unwrap();
                    validate(&format!("{:?} of {dtype}", case.op), &kernel.source(&expr).unwrap());
                }
            }
            validated += 1;
        }
    }
    assert!(validated > 50, "{validated}");
}
