//! Reductions, products and indexing against plain loops.

use super::*;
use gradloom_engine::planner::{self, Combine, Put};

/// Numbers between -1 and 1, the same every time.
fn noise(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761).wrapping_add(1);
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        f64::from(state) / f64::from(u32::MAX) * 2.0 - 1.0
    };
    (0..count).map(|_| next() as f32).collect()
}

async fn run(gpu: &Gpu, plan: &GpuPlan, args: &[&[u32]], dtype: DType, count: usize) -> Vec<u32> {
    let buffers: Vec<GpuBuffer> = args.iter().map(|words| gpu.upload(words).unwrap()).collect();
    let held: Vec<Option<&GpuBuffer>> = buffers.iter().map(Some).collect();
    let out = gpu.allocate(count).unwrap();
    let meta = Meta { shape: vec![count], dtype };
    gpu.execute(plan, &held, &vec![DType::F32; held.len()], &meta, &out).unwrap();
    fetch(gpu, &out).await
}

/// The elements of each row of the reduction, in row-major order.
fn rows(layout: &Layout, dims: &[usize]) -> Vec<Vec<usize>> {
    let pick = |reduced: bool| {
        let chosen: Vec<usize> = (0..layout.rank()).filter(|d| dims.contains(d) == reduced).collect();
        Layout {
            shape: chosen.iter().map(|&d| layout.shape[d]).collect(),
            strides: chosen.iter().map(|&d| layout.strides[d]).collect(),
            offset: 0,
        }
    };
    let (kept, reduced) = (pick(false), pick(true));
    kept.positions().map(|base| reduced.positions().map(|p| layout.offset + base + p).collect()).collect()
}

fn layouts() -> Vec<(Layout, Vec<usize>)> {
    let l = |shape: &[usize]| Layout::contiguous(shape);
    let s = |shape: &[usize], strides: &[usize], offset| Layout {
        shape: shape.to_vec(),
        strides: strides.to_vec(),
        offset,
    };
    vec![
        (l(&[]), vec![]),
        (l(&[7]), vec![0]),
        (l(&[129]), vec![0]),
        (l(&[64, 1000]), vec![0, 1]),
        (l(&[64, 1000]), vec![1]),
        (l(&[64, 1000]), vec![0]),
        (l(&[3, 300, 5]), vec![1]),
        (l(&[4, 5, 6]), vec![0, 2]),
        (l(&[4, 5, 6]), vec![]),
        (s(&[300, 20], &[1, 300], 0), vec![0]),
        (s(&[300, 20], &[1, 300], 0), vec![1]),
        (s(&[20, 300], &[3, 71], 13), vec![0, 1]),
        (s(&[50, 200], &[0, 2], 1), vec![0]),
        (s(&[2, 3, 2, 2, 2, 2, 2, 2], &[300, 100, 1, 50, 2, 20, 10, 5], 0), vec![1, 3, 6]),
        (l(&[20_000, 3]), vec![1]),
        (l(&[100_003]), vec![0]),
    ]
}

pub async fn sums_and_extremes_match_loops(gpu: &Gpu) {
    let values = noise(120_000, 1);
    let words = bits(&values);
    for (layout, dims) in layouts() {
        let arg = GpuArg::Tensor(DType::F32, layout.clone());
        let rows = rows(&layout, &dims);
        let reduce = async |combine, dtype| {
            let plan = planner::reduce(combine, &arg, &dims).unwrap();
            run(gpu, &plan, &[&words], dtype, rows.len()).await
        };
        let elements: Vec<Vec<f64>> =
            rows.iter().map(|row| row.iter().map(|&p| f64::from(values[p])).collect()).collect();
        let near = |got: Vec<u32>, want: &dyn Fn(&[f64]) -> f64| {
            for (got, row) in floats(&got).into_iter().zip(&elements) {
                let size: f64 = row.iter().map(|x| x.abs()).sum::<f64>() + 1.0;
                assert!(
                    (f64::from(got) - want(row)).abs() <= 1e-6 * size,
                    "{layout:?} {dims:?}: {got}, not {}",
                    want(row)
                );
            }
        };
        near(reduce(Combine::Sum, DType::F32).await, &|row| row.iter().sum());
        near(reduce(Combine::SumSquares, DType::F32).await, &|row| row.iter().map(|x| x * x).sum());
        near(reduce(Combine::Max, DType::F32).await, &|row| {
            row.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        });
        near(reduce(Combine::Min, DType::F32).await, &|row| {
            row.iter().copied().fold(f64::INFINITY, f64::min)
        });
        let best = |row: &[f64], sign: f64| {
            (0..row.len()).fold(0, |best, i| if sign * row[i] > sign * row[best] { i } else { best }) as u32
        };
        let at: Vec<u32> = elements.iter().map(|row| best(row, 1.0)).collect();
        assert_eq!(reduce(Combine::ArgMax, DType::I64).await, at, "{layout:?} {dims:?}");
        let at: Vec<u32> = elements.iter().map(|row| best(row, -1.0)).collect();
        assert_eq!(reduce(Combine::ArgMin, DType::I64).await, at, "{layout:?} {dims:?}");
    }
}

pub async fn a_reduction_gives_the_same_bits_every_time(gpu: &Gpu) {
    let words = bits(&noise(64_000, 2));
    let arg = GpuArg::Tensor(DType::F32, Layout::contiguous(&[64_000]));
    let plan = planner::reduce(Combine::Sum, &arg, &[0]).unwrap();
    let first = run(gpu, &plan, &[&words], DType::F32, 1).await;
    for _ in 0..5 {
        assert_eq!(run(gpu, &plan, &[&words], DType::F32, 1).await, first);
    }
}

pub async fn integers_and_booleans_reduce(gpu: &Gpu) {
    let n: Vec<i32> = (0..1000).map(|i| (i * 37) % 101 - 50).collect();
    let words = words_of(&n);
    let arg = GpuArg::Tensor(DType::I64, Layout::contiguous(&[1000]));
    let reduce = async |combine, arg: &GpuArg, words: &[u32]| {
        run(gpu, &planner::reduce(combine, arg, &[0]).unwrap(), &[words], DType::I64, 1).await[0]
            .cast_signed()
    };
    assert_eq!(reduce(Combine::Sum, &arg, &words).await, n.iter().sum::<i32>());
    assert_eq!(reduce(Combine::Max, &arg, &words).await, 50);
    assert_eq!(reduce(Combine::Min, &arg, &words).await, -50);
    assert_eq!(reduce(Combine::ArgMax, &arg, &words).await, n.iter().position(|&x| x == 50).unwrap() as i32);
    assert_eq!(reduce(Combine::All, &arg, &words).await, 0);
    assert_eq!(reduce(Combine::Any, &arg, &words).await, 1);
    let few = GpuArg::Tensor(DType::I64, Layout::contiguous(&[5]));
    assert_eq!(reduce(Combine::Prod, &few, &words_of(&[2, -3, 4, 1, 5])).await, -120);
    let flags = GpuArg::Tensor(DType::Bool, Layout::contiguous(&[300]));
    let mut truth = vec![1; 300];
    assert_eq!(reduce(Combine::Sum, &flags, &truth).await, 300);
    assert_eq!(reduce(Combine::Prod, &flags, &truth).await, 1);
    assert_eq!(reduce(Combine::All, &flags, &truth).await, 1);
    truth[77] = 0;
    assert_eq!(reduce(Combine::Sum, &flags, &truth).await, 299);
    assert_eq!(reduce(Combine::All, &flags, &truth).await, 0);
    assert_eq!(reduce(Combine::Min, &flags, &truth).await, 0);
    assert_eq!(reduce(Combine::Max, &flags, &truth).await, 1);
    assert_eq!(reduce(Combine::ArgMin, &flags, &truth).await, 77);
    assert_eq!(reduce(Combine::Any, &flags, &[0; 300]).await, 0);
}

/// PyTorch: NaN is the largest and the smallest, the first one wins; NaN is true.
pub async fn nan_travels_through_reductions(gpu: &Gpu) {
    for length in [4, 1000] {
        let mut x = vec![1.0; length];
        x[length - 2] = 3.0;
        let arg = GpuArg::Tensor(DType::F32, Layout::contiguous(&[length]));
        let reduce = async |combine, x: &[f32]| {
            run(gpu, &planner::reduce(combine, &arg, &[0]).unwrap(), &[&bits(x)], DType::F32, 1).await[0]
        };
        assert_eq!(reduce(Combine::ArgMax, &x).await, length as u32 - 2);
        x[1] = f32::NAN;
        x[length - 1] = f32::NAN;
        assert_eq!(reduce(Combine::ArgMax, &x).await, 1);
        assert_eq!(reduce(Combine::ArgMin, &x).await, 1);
        for combine in [Combine::Max, Combine::Min, Combine::Sum, Combine::Prod] {
            assert!(f32::from_bits(reduce(combine, &x).await).is_nan(), "{combine:?}");
        }
        assert_eq!(reduce(Combine::All, &x).await, 1);
        assert_eq!(
            f32::from_bits(reduce(Combine::Max, &vec![f32::NEG_INFINITY; length]).await),
            f32::NEG_INFINITY
        );
    }
}

pub async fn empty_reductions_have_their_values(gpu: &Gpu) {
    let arg = GpuArg::Tensor(DType::F32, Layout::contiguous(&[2, 0]));
    let reduce = async |combine, dims: &[usize], count| {
        run(gpu, &planner::reduce(combine, &arg, dims).unwrap(), &[&[]], DType::F32, count).await
    };
    assert_eq!(floats(&reduce(Combine::Sum, &[1], 2).await), [0.0, 0.0]);
    assert_eq!(floats(&reduce(Combine::Prod, &[0, 1], 1).await), [1.0]);
    assert_eq!(reduce(Combine::All, &[1], 2).await, [1, 1]);
    assert_eq!(reduce(Combine::Any, &[1], 2).await, [0, 0]);
    assert!(reduce(Combine::Sum, &[0], 0).await.is_empty());
    assert!(planner::reduce(Combine::ArgMax, &arg, &[1]).is_err());
}

async fn product(gpu: &Gpu, a: &Layout, b: &Layout) {
    let span = |l: &Layout| {
        l.offset + 1 + l.shape.iter().zip(&l.strides).map(|(n, s)| n.saturating_sub(1) * s).sum::<usize>()
    };
    let (x, y) = (noise(span(a), 3), noise(span(b), 4));
    let plan =
        planner::matmul(&GpuArg::Tensor(DType::F32, a.clone()), &GpuArg::Tensor(DType::F32, b.clone()))
            .unwrap();
    let rank = a.rank();
    let (m, k, n) = (a.shape[rank - 2], a.shape[rank - 1], b.shape[rank - 1]);
    let batch = |l: &Layout| {
        Layout {
            shape: l.shape[..rank - 2].to_vec(),
            strides: l.strides[..rank - 2].to_vec(),
            offset: l.offset,
        }
        .positions()
        .collect::<Vec<_>>()
    };
    let (bases_a, bases_b) = (batch(a), batch(b));
    let got = floats(&run(gpu, &plan, &[&bits(&x), &bits(&y)], DType::F32, bases_a.len() * m * n).await);
    let mut at = got.iter();
    for (base_a, base_b) in bases_a.iter().zip(&bases_b) {
        for i in 0..m {
            for j in 0..n {
                let mut want = 0.0;
                for p in 0..k {
                    want += f64::from(x[base_a + i * a.strides[rank - 2] + p * a.strides[rank - 1]])
                        * f64::from(y[base_b + p * b.strides[rank - 2] + j * b.strides[rank - 1]]);
                }
                let got = f64::from(*at.next().unwrap());
                assert!(
                    (got - want).abs() <= 1e-6 * (k as f64 + 1.0),
                    "{a:?} {b:?} at {i}, {j}: {got}, not {want}"
                );
            }
        }
    }
    assert!(at.next().is_none());
}

pub async fn products_match_loops(gpu: &Gpu) {
    let sizes = [0, 1, 3, 17, 65, 129];
    for m in sizes {
        for n in sizes {
            for k in [0, 1, 17, 130] {
                product(gpu, &Layout::contiguous(&[m, k]), &Layout::contiguous(&[k, n])).await;
            }
        }
    }
    // Large enough for tiles, and long enough to be split.
    product(gpu, &Layout::contiguous(&[257, 65]), &Layout::contiguous(&[65, 260])).await;
    product(gpu, &Layout::contiguous(&[5, 3000]), &Layout::contiguous(&[3000, 7])).await;
    product(gpu, &Layout::contiguous(&[1, 3000]), &Layout::contiguous(&[3000, 1])).await;
}

pub async fn products_take_any_strides(gpu: &Gpu) {
    let l = |shape: &[usize], strides: &[usize], offset| Layout {
        shape: shape.to_vec(),
        strides: strides.to_vec(),
        offset,
    };
    product(gpu, &l(&[100, 64], &[1, 100], 0), &Layout::contiguous(&[64, 10])).await;
    product(gpu, &Layout::contiguous(&[64, 100]), &l(&[100, 10], &[1, 100], 7)).await;
    product(gpu, &l(&[300, 64], &[1, 300], 0), &l(&[64, 270], &[1, 64], 3)).await;
    product(gpu, &l(&[300, 64], &[0, 1], 0), &l(&[64, 270], &[1, 0], 3)).await;
    product(gpu, &l(&[9, 64], &[3, 30], 2), &l(&[64, 11], &[0, 5], 1)).await;
    product(gpu, &Layout::contiguous(&[3, 5, 6]), &Layout::contiguous(&[3, 6, 7])).await;
    product(gpu, &l(&[3, 5, 6], &[0, 6, 1], 0), &Layout::contiguous(&[3, 6, 7])).await;
    product(gpu, &l(&[2, 3, 5, 6], &[1, 90, 12, 2], 0), &l(&[2, 3, 6, 1], &[18, 6, 1, 1], 0)).await;
    product(gpu, &l(&[5, 70, 66], &[70 * 66, 1, 70], 0), &l(&[5, 66, 129], &[0, 129, 1], 0)).await;
    product(
        gpu,
        &Layout::contiguous(&[2, 1, 1, 2, 1, 2, 3, 4]),
        &Layout::contiguous(&[2, 1, 1, 2, 1, 2, 4, 2]),
    )
    .await;
}

pub async fn integers_multiply(gpu: &Gpu) {
    let arg = |shape: &[usize]| GpuArg::Tensor(DType::I64, Layout::contiguous(shape));
    let plan = planner::matmul(&arg(&[2, 3]), &arg(&[3, 2])).unwrap();
    let got =
        run(gpu, &plan, &[&words_of(&[1, 2, 3, -4, 5, -6]), &words_of(&[1, 0, -1, 2, 3, 1])], DType::I64, 4)
            .await;
    assert_eq!(got, words_of(&[8, 7, -27, 4]));
    assert!(planner::matmul(&arg(&[2, 3]), &arg(&[2, 3])).is_err());
}

pub async fn gathering_follows_the_index(gpu: &Gpu) {
    // torch.gather(torch.arange(12).view(3, 4), dim, index)
    let input = GpuArg::Tensor(DType::I64, Layout::contiguous(&[3, 4]));
    let words: Vec<u32> = (0..12).collect();
    let index = GpuArg::Tensor(DType::I64, Layout::contiguous(&[2, 3]));
    let chosen = [2, 0, 1, 1, 1, 0];
    let gather = async |dim| {
        run(gpu, &planner::gather(&input, &index, dim).unwrap(), &[&words, &chosen], DType::I64, 6).await
    };
    assert_eq!(gather(0).await, [8, 1, 6, 4, 5, 2]);
    assert_eq!(gather(1).await, [2, 0, 1, 5, 5, 4]);
    // Transposed input, one index for every row: torch.index_select(x.T, 0, [3, 3, 0])
    let turned = GpuArg::Tensor(DType::I64, Layout { shape: vec![4, 3], strides: vec![1, 4], offset: 0 });
    let list = GpuArg::Tensor(DType::I64, Layout::contiguous(&[3]));
    let plan = planner::index_select(&turned, &list, 0).unwrap();
    assert_eq!(run(gpu, &plan, &[&words, &[3, 3, 0]], DType::I64, 9).await, [3, 7, 11, 3, 7, 11, 0, 4, 8]);
    let plan = planner::index_select(&turned, &list, 1).unwrap();
    assert_eq!(
        run(gpu, &plan, &[&words, &[1, 9, u32::MAX]], DType::I64, 12).await,
        [4, 0, 0, 5, 0, 0, 6, 0, 0, 7, 0, 0]
    );
}

pub async fn scattering_adds_up(gpu: &Gpu) {
    // torch.zeros(3, 5).scatter_add(0, [[0, 1, 2, 0, 0], [0, 1, 2, 2, 2]], ones(2, 5)), from PyTorch's documentation.
    let tensor = |shape: &[usize]| GpuArg::Tensor(DType::F32, Layout::contiguous(shape));
    let index = |shape: &[usize]| GpuArg::Tensor(DType::I64, Layout::contiguous(shape));
    let chosen = [0, 1, 2, 0, 0, 0, 1, 2, 2, 2];
    let plan = planner::scatter(Put::Add, &tensor(&[3, 5]), &index(&[2, 5]), &tensor(&[2, 5]), 0).unwrap();
    let got = run(gpu, &plan, &[&[0; 15], &chosen, &bits(&[1.0; 10])], DType::F32, 15).await;
    assert_eq!(floats(&got), [2.0, 0.0, 0.0, 1.0, 1.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 1.0, 1.0]);
    // Along the other dimension with an index that covers the first row only.
    let plan = planner::scatter(Put::Add, &tensor(&[2, 3]), &index(&[1, 4]), &tensor(&[1, 4]), 1).unwrap();
    let got =
        run(gpu, &plan, &[&bits(&[10.0; 6]), &[2, 2, 0, 2], &bits(&[1.0, 2.0, 4.0, 8.0])], DType::F32, 6)
            .await;
    assert_eq!(floats(&got), [14.0, 10.0, 21.0, 10.0, 10.0, 10.0]);
    // torch.zeros(3, 2).index_add(0, [2, 0, 2], [[1, 2], [3, 4], [5, 6]])
    let plan = planner::index_add(&tensor(&[3, 2]), &index(&[3]), &tensor(&[3, 2]), 0).unwrap();
    let got =
        run(gpu, &plan, &[&[0; 6], &[2, 0, 2], &bits(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])], DType::F32, 6).await;
    assert_eq!(floats(&got), [3.0, 4.0, 0.0, 0.0, 6.0, 8.0]);
}
