// A convolution: output[n, o, p] = sum over i and k of image[n, i, stride p + dilation k - padding] * weight[o, i, k],
// within each group of channels. One invocation an element of the result.
//
// params: count, splits (1), batch, groups, channels of the image and of the output in a group; then down and across:
// image, weight, output, stride, padding, dilation. So for all three kernels of convolutions.

@group(0) @binding(0) var<storage, read> image: array<ELEMENT>;
@group(0) @binding(1) var<storage, read> weight: array<ELEMENT>;
@group(0) @binding(2) var<storage, read_write> output: array<ELEMENT>;
@group(0) @binding(3) var<uniform> params: array<vec4<u32>, 16>;

fn element(i: u32) {
    if i >= params[0].x {
        return;
    }
    let inputs = params[1].x;
    let outputs = params[1].y;
    let size = params[1].zw;
    let kernel = params[2].xy;
    let column = i % params[2].w;
    let row = (i / params[2].w) % params[2].z;
    let channels = params[0].w * outputs;
    let channel = (i / (params[2].w * params[2].z)) % channels;
    let n = i / (params[2].w * params[2].z * channels);

    // Left of the edge the difference wraps around and is larger than any size.
    let corner = vec2<u32>(row, column) * params[3].xy - params[3].zw;
    var plane = (n * params[0].w + channel / outputs) * inputs * size.x * size.y;
    var k = channel * inputs * kernel.x * kernel.y;
    var sum = ELEMENT();
    for (var c = 0u; c < inputs; c++) {
        for (var down = 0u; down < kernel.x; down++) {
            let y = corner.x + down * params[4].x;
            if y >= size.x {
                k += kernel.y;
                continue;
            }
            for (var across = 0u; across < kernel.y; across++) {
                let x = corner.y + across * params[4].y;
                if x < size.y {
                    sum += image[plane + y * size.y + x] * weight[k];
                }
                k++;
            }
        }
        plane += size.x * size.y;
    }
    output[i] = sum;
}
