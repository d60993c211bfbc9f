// The page arrives, from any folder, with a worker that no cache can make stale, in a browser that has WebGPU.

import { assert, test } from './harness.mjs';

test('the page loads and its worker has a version in its name', async ({ page, open, url, requests }) => {
  const response = await open();
  assert.equal(response.status(), 200);
  assert.match(await page.title(), /Gradloom/);
  const worker = await page.locator('meta[name=gradloom-worker]').getAttribute('content');
  assert.match(worker, /worker-[0-9a-f]{16}_loader\.js$/);
  const loader = await page.evaluate(async (name) => (await fetch(name)).text(), worker);
  const named = [...loader.matchAll(/worker-[0-9a-f]{16}[_a-z]*\.(?:js|wasm)/g)].map((match) => match[0]);
  assert.equal(named.length, 2, loader);
  for (const name of named) {
    assert.equal(await page.evaluate(async (name) => (await fetch(name)).status, name), 200, name);
  }
  assert.ok(requests.some((request) => request.endsWith('.wasm')));
  assert.ok(requests.every((request) => request.startsWith(url)), requests.join('\n'));
});

test('WebGPU adds on the page and in a worker', async ({ page, open }) => {
  await open();
  const source = `async () => {
    const device = await (await navigator.gpu.requestAdapter()).requestDevice();
    const usage = GPUBufferUsage;
    const buffer = device.createBuffer({ size: 4, usage: usage.STORAGE | usage.COPY_SRC | usage.COPY_DST });
    const result = device.createBuffer({ size: 4, usage: usage.MAP_READ | usage.COPY_DST });
    device.queue.writeBuffer(buffer, 0, new Float32Array([2]));
    const code = '@group(0) @binding(0) var<storage, read_write> x: f32; @compute @workgroup_size(1) fn main() { x = x + 3; }';
    const module = device.createShaderModule({ code });
    const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
    const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries: [{ binding: 0, resource: { buffer } }] });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(1);
    pass.end();
    encoder.copyBufferToBuffer(buffer, 0, result, 0, 4);
    device.queue.submit([encoder.finish()]);
    await result.mapAsync(GPUMapMode.READ);
    return new Float32Array(result.getMappedRange())[0];
  }`;
  assert.equal(await page.evaluate(`(${source})()`), 5);
  const inWorker = await page.evaluate(async (source) => {
    const code = `(${source})().then(postMessage, (error) => postMessage(String(error)))`;
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
    return new Promise((resolve) => (worker.onmessage = (event) => resolve(event.data)));
  }, source);
  assert.equal(inWorker, 5);
});

test('without WebGPU there is none on the page nor in its worker', { webgpu: false }, async ({ page, open }) => {
  await open();
  assert.equal(await page.evaluate(() => navigator.gpu === undefined), true);
  const name = await page.locator('meta[name=gradloom-worker]').getAttribute('content');
  const started = page.waitForEvent('worker');
  await page.evaluate((name) => void (window.second = new Worker(name)), name);
  const worker = await started;
  assert.equal(await worker.evaluate(() => navigator.gpu === undefined), true);
});
