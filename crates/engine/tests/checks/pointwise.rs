//! The template of elementwise kernels: layouts, dtypes, numbers, writing through views.

use super::*;
use gradloom_engine::{Array, Scalar};

fn strided(shape: &[usize], strides: &[usize], offset: usize) -> Layout {
    Layout { shape: shape.to_vec(), strides: strides.to_vec(), offset }
}

/// `100 a + b` for every combination of layouts, against the positions that the layouts name.
pub async fn arguments_have_any_layout(gpu: &Gpu) {
    let values: Vec<f32> = (0..240).map(|i| i as f32).collect();
    let words = bits(&values);
    let shape = [2, 3, 4];
    let layouts = [
        Layout::contiguous(&shape),
        strided(&shape, &[12, 4, 1], 5),
        strided(&shape, &[1, 8, 2], 3),
        strided(&[4, 3, 2], &[1, 4, 12], 0),
        strided(&[3, 1], &[7, 1], 2),
        strided(&[4], &[3], 1),
        strided(&[1, 1, 1], &[9, 9, 9], 17),
        strided(&[], &[], 239),
        strided(&shape, &[0, 20, 0], 11),
        strided(&[2, 1, 4], &[100, 0, 30], 0),
    ];
    for a in &layouts {
        for b in &layouts {
            let transposed =
                |l: &Layout| if l.shape == [4, 3, 2] { strided(&shape, &[12, 4, 1], 0) } else { l.clone() };
            let (a, b) = (transposed(a), transposed(b));
            let given =
                [Given::Words(DType::F32, a.clone(), &words), Given::Words(DType::F32, b.clone(), &words)];
            let got = floats(&eval(gpu, "100.0 * x0 + x1", &given, DType::F32, &shape).await);
            let (a, b) = (a.broadcast(&shape).unwrap(), b.broadcast(&shape).unwrap());
            let want: Vec<f32> =
                a.positions().zip(b.positions()).map(|(a, b)| 100.0 * a as f32 + b as f32).collect();
            assert_eq!(got, want, "{a:?} {b:?}");
        }
    }
}

pub async fn eight_dimensions_work(gpu: &Gpu) {
    let shape = [2, 3, 2, 1, 2, 3, 2, 2];
    let words: Vec<u32> = (0..288u32).map(|i| (i as f32).to_bits()).collect();
    let plain = Layout::contiguous(&shape);
    let order = [7, 2, 5, 3, 1, 0, 6, 4];
    let permuted = |layout: &Layout| {
        strided(&order.map(|d| layout.shape[d]), &order.map(|d| layout.strides[d]), layout.offset)
    };
    let a = permuted(&plain);
    let got =
        floats(&eval(gpu, "x0", &[Given::Words(DType::F32, a.clone(), &words)], DType::F32, &a.shape).await);
    assert_eq!(got, a.positions().map(|p| p as f32).collect::<Vec<_>>());
}

pub async fn dtypes_convert(gpu: &Gpu) {
    let layout = Layout::contiguous(&[4]);
    let f = bits(&[0.0, -1.5, 2.7, f32::NAN]);
    let n = words_of(&[0, -3, 16_777_217, i32::MAX]);
    let b = [0, 1, 1, 0];
    let cast = async |dtype, words: &[u32], to| {
        eval(gpu, "x0", &[Given::Words(dtype, layout.clone(), words)], to, &[4]).await
    };
    assert_eq!(cast(DType::F32, &f[..3], DType::I64).await[..3], words_of(&[0, -1, 2]));
    assert_eq!(cast(DType::F32, &f[..3], DType::Bool).await[..3], [0, 1, 1]);
    assert_eq!(floats(&cast(DType::I64, &n, DType::F32).await), [0.0, -3.0, 16_777_216.0, 2_147_483_648.0]);
    assert_eq!(cast(DType::I64, &n, DType::Bool).await, [0, 1, 1, 1]);
    assert_eq!(floats(&cast(DType::Bool, &b, DType::F32).await), [0.0, 1.0, 1.0, 0.0]);
    assert_eq!(cast(DType::Bool, &b, DType::I64).await, b);
    assert_eq!(cast(DType::Bool, &b, DType::Bool).await, b);
    let given = [
        Given::Words(DType::Bool, layout.clone(), &b),
        Given::Words(DType::I64, layout.clone(), &n),
        Given::Number(Scalar::Int(-1)),
    ];
    assert_eq!(
        eval(gpu, "select(x2, x1, x0)", &given, DType::I64, &[4]).await,
        words_of(&[-1, -3, 16_777_217, -1])
    );
}

pub async fn numbers_are_parameters(gpu: &Gpu) {
    let before = gpu.counters();
    let x = bits(&[1.0, 2.0]);
    let layout = Layout::contiguous(&[2]);
    for (number, want) in
        [(0.5, [1.5, 2.5]), (f64::INFINITY, [f32::INFINITY; 2]), (1e300, [f32::INFINITY; 2])]
    {
        let given = [Given::Words(DType::F32, layout.clone(), &x), Given::Number(Scalar::Float(number))];
        assert_eq!(floats(&eval(gpu, "(x0 + x1)", &given, DType::F32, &[2]).await), want);
    }
    assert_eq!(gpu.counters().pipelines_created - before.pipelines_created, 1);
    let given = [Given::Number(Scalar::Float(2.0)), Given::Number(Scalar::Float(0.25))];
    assert_eq!(
        floats(&eval(gpu, "x0 + x1 * f32(i)", &given, DType::F32, &[4]).await),
        [2.0, 2.25, 2.5, 2.75]
    );
    assert_eq!(eval(gpu, "x0", &[Given::Number(Scalar::Bool(true))], DType::Bool, &[2]).await, [1, 1]);
    let huge = GpuArg::Scalar(Scalar::Int(3_000_000_000));
    let meta = Meta { shape: vec![1], dtype: DType::I64 };
    let out = gpu.allocate(1).unwrap();
    let error = gpu.pointwise("x0", &[(huge, None)], &meta, &out, &Layout::contiguous(&[1])).unwrap_err();
    assert_eq!(error.message, "int64 values are held in 32 bits on the GPU, and 3000000000 does not fit");
}

pub async fn results_go_through_views(gpu: &Gpu) {
    let out = gpu.upload(&[9; 12]).unwrap();
    let column = strided(&[3], &[4], 2);
    let meta = Meta { shape: vec![3], dtype: DType::I64 };
    let x = gpu.upload(&[1, 2, 3]).unwrap();
    let arg = (GpuArg::Tensor(DType::I64, Layout::contiguous(&[3])), Some(&x));
    gpu.pointwise("x0 * 10", &[arg], &meta, &out, &column).unwrap();
    assert_eq!(fetch(gpu, &out).await, [9, 9, 10, 9, 9, 9, 20, 9, 9, 9, 30, 9]);
}

/// A result may lie over its arguments: read first, then written.
pub async fn arguments_may_lie_in_the_result(gpu: &Gpu) {
    let before = gpu.counters();
    let whole = Layout::contiguous(&[6]);
    let meta = Meta { shape: vec![6], dtype: DType::I64 };
    let x = gpu.upload(&[1, 2, 3, 4, 5, 6]).unwrap();
    let same = || (GpuArg::Tensor(DType::I64, whole.clone()), Some(&x));
    gpu.pointwise("x0 + x1", &[same(), same()], &meta, &x, &whole).unwrap();
    assert_eq!(fetch(gpu, &x).await, [2, 4, 6, 8, 10, 12]);
    assert_eq!(gpu.counters().dispatches - before.dispatches, 1);
    // x[1:] = x[:-1] + x[0]
    let (later, earlier) = (strided(&[5], &[1], 1), strided(&[5], &[1], 0));
    let meta = Meta { shape: vec![5], dtype: DType::I64 };
    let args = [
        (GpuArg::Tensor(DType::I64, earlier), Some(&x)),
        (GpuArg::Tensor(DType::I64, strided(&[], &[], 0)), Some(&x)),
    ];
    gpu.pointwise("x0 + x1", &args, &meta, &x, &later).unwrap();
    assert_eq!(fetch(gpu, &x).await, [2, 4, 6, 8, 10, 12]);
    gpu.pointwise("x0 + x1", &args, &meta, &x, &strided(&[5], &[1], 1)).unwrap();
    // x[::2] = x[:3] in a buffer of six
    let meta = Meta { shape: vec![3], dtype: DType::I64 };
    let args = [(GpuArg::Tensor(DType::I64, strided(&[3], &[1], 0)), Some(&x))];
    gpu.pointwise("x0", &args, &meta, &x, &strided(&[3], &[2], 0)).unwrap();
    assert_eq!(fetch(gpu, &x).await, [2, 4, 4, 8, 6, 12]);
}

pub async fn empty_results_are_no_work(gpu: &Gpu) {
    let before = gpu.counters();
    let empty = Layout::contiguous(&[0, 3]);
    assert!(eval(gpu, "x0", &[Given::Words(DType::F32, empty, &[])], DType::F32, &[0, 3]).await.is_empty());
    assert_eq!(gpu.counters().dispatches, before.dispatches);
}

/// More than 65,535 groups of 64.
pub async fn groups_fold_into_two_dimensions(gpu: &Gpu) {
    let count = 65_535 * 64 + 6401;
    let meta = Meta { shape: vec![count], dtype: DType::I64 };
    let out = gpu.allocate(count).unwrap();
    let one = (GpuArg::Scalar(Scalar::Int(7)), None);
    gpu.pointwise("x0 + i32(i)", &[one], &meta, &out, &Layout::contiguous(&[count])).unwrap();
    let got = fetch(gpu, &out).await;
    assert!(got.iter().zip(7..).all(|(&a, b)| a == b));
    assert_eq!(got.len(), count);
}

pub async fn doubles_stay_on_the_cpu(gpu: &Gpu) {
    let error = pack(&Array::F64(vec![1.0])).unwrap_err();
    assert_eq!(error.message, "float64 tensors live on the CPU only: WebGPU has no 64-bit floats");
    let out = gpu.allocate(1).unwrap();
    let meta = Meta { shape: vec![1], dtype: DType::F64 };
    let number = (GpuArg::Scalar(Scalar::Float(1.0)), None);
    assert_eq!(gpu.pointwise("x0", &[number], &meta, &out, &Layout::contiguous(&[1])).unwrap_err(), error);
    assert_eq!(pack(&Array::I64(vec![-1, 7])).unwrap(), [u32::MAX, 7]);
    assert!(pack(&Array::I64(vec![1 << 31])).is_err());
    for array in [
        Array::F32(vec![1.5, -0.0]),
        Array::I64(vec![-5, i64::from(i32::MAX)]),
        Array::Bool(vec![true, false]),
    ] {
        assert_eq!(unpack(&pack(&array).unwrap(), array.dtype()), array);
    }
}
