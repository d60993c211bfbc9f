// The gradient of a convolution's weight:
// weight[o, i, k] = sum over n and p of image[n, i, stride p + dilation k - padding] * output[n, o, p].
// The lines of all outputs are dealt out to `splits` invocations for each element; another kernel adds up what they
// find. Parameters as in convolve.wgsl. The result is [splits, weight].

@group(0) @binding(0) var<storage, read> image: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> grad: array<ELEMENT>;
@group(0) @binding(2) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    let splits = params[0].y;
    if i >= params[0].x * splits {
        return;
    }
    let inputs = params[1].x;
    let outputs = params[1].y;
    let size = params[1].zw;
    let kernel = params[2].xy;
    let lines = params[2].z;
    let length = params[2].w;
    let element = i % params[0].x;
    let cell = vec2<u32>(element / kernel.y % kernel.x, element % kernel.y);
    let channel = element / (kernel.x * kernel.y) % inputs;
    let o = element / (kernel.x * kernel.y * inputs);

    // Left of the edge the difference wraps around and is larger than any size.
    let corner = cell * params[4].xy - params[3].zw;
    var sum = ELEMENT();
    for (var line = i / params[0].x; line < params[0].z * lines; line += splits) {
        let n = line / lines;
        let y = line % lines * params[3].x + corner.x;
        if y >= size.x {
            continue;
        }
        let start = (((n * params[0].w + o / outputs) * inputs + channel) * size.x + y) * size.y;
        let to = ((n * params[0].w * outputs + o) * lines + line % lines) * length;
        var part = ELEMENT();
        for (var p = 0u; p < length; p++) {
            let x = p * params[3].y + corner.y;
            if x < size.y {
                part += image[start + x] * grad[to + p];
            }
        }
        sum += part;
    }
    output[i] = sum;
}
