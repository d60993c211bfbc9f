// The gradient of a convolution's image, which is the transposed convolution:
// image[n, i, q] = sum over o and k of output[n, o, p] * weight[o, i, k] where stride p = q + padding - dilation k.
// Parameters as in convolve.wgsl.

@group(0) @binding(0) var<storage, read> grad: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> weight: array<ELEMENT>;
@group(0) @binding(2) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    let inputs = params[1].x;
    let outputs = params[1].y;
    let kernel = params[2].xy;
    let size = params[2].zw;
    let stride = params[3].xy;
    let column = i % params[1].w;
    let row = (i / params[1].w) % params[1].z;
    let channels = params[0].w * inputs;
    let channel = (i / (params[1].w * params[1].z)) % channels;
    let n = i / (params[1].w * params[1].z * channels);
    let first = channel / inputs * outputs;

    let start = vec2<u32>(row, column) + params[3].zw;
    var sum = ELEMENT();
    for (var o = first; o < first + outputs; o++) {
        let plane = (n * params[0].w * outputs + o) * size.x * size.y;
        let k = (o * inputs + channel % inputs) * kernel.x * kernel.y;
        for (var down = 0u; down < kernel.x; down++) {
            let y = start.x - down * params[4].x;
            if down * params[4].x > start.x || y % stride.x != 0u || y / stride.x >= size.x {
                continue;
            }
            for (var across = 0u; across < kernel.y; across++) {
                let x = start.y - across * params[4].y;
                if across * params[4].y <= start.y && x % stride.y == 0u && x / stride.y < size.y {
                    sum += grad[plane + y / stride.x * size.y + x / stride.y] * weight[k + down * kernel.y + across];
                }
            }
        }
    }
    output[i] = sum;
}
