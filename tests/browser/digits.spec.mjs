// Files and drawings: brought along, written by programs, kept by the browser, and read again; the classifier of lesson 20.

import { readFile } from 'node:fs/promises';
import { assert, expect, test, until } from './harness.mjs';

const id = (page, name) => page.locator(`[data-testid=${name}]`);

async function run(page, text) {
  if (text !== undefined) await id(page, 'editor').fill(text);
  await id(page, 'run').click();
  // A short run is replayed; its end can be had at once.
  const over = async () => / · end$|^failed/.test(await id(page, 'where').innerText());
  await until(async () => {
    if (!(await over())) await id(page, 'end').click({ timeout: 50 }).catch(() => {});
    return over();
  }, Boolean, 'the end of the run', 180_000);
  return (await id(page, 'output').innerText()).trim();
}

const openProgram = (page, file) => page.locator(`.program[data-file="${file}"] button`).click();
const file = (page, path) => page.locator(`[data-testid=file][data-path="${path}"]`);

for (const webgpu of [true, false]) {
  test(`a classifier reads what is drawn, on ${webgpu ? 'WebGPU' : 'the CPU'}`, { webgpu }, async ({ page, open }) => {
    await open('#/digits');
    await id(page, 'step-text').first().waitFor();
    await openProgram(page, 'classify.py');
    // Nothing was trained yet: the message says which files there are.
    await run(page);
    await expect.text(id(page, 'error'), /FileNotFoundError: .*weights\.pt/);
    await expect.text(id(page, 'lines'), /here are digits\/, drawing\.npy|here are drawing\.npy/);
    await openProgram(page, 'train.py');
    const small = (await id(page, 'editor').inputValue()).replace('4000', '600').replace('range(2)', 'range(1)');
    const [, accuracy] = (await run(page, small)).match(/^epoch 1: train (\d+)%, test \d+%$/);
    // Guessing gets 10 %.
    assert.ok(Number(accuracy) > 40, accuracy);
    await id(page, 'tab-files').click();
    await expect.text(file(page, 'weights.pt').locator('.size'), /^2 54\d \d{3}$/);
    await expect.accessible(page);

    await openProgram(page, 'classify.py');
    const output = id(page, 'output');
    assert.match(await run(page), /^This is a \d: \d+%$/);
    await expect.count(id(page, 'figure'), 1);
    // A one, drawn with the mouse.
    await id(page, 'clear-pad').click();
    const box = await id(page, 'pad').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 7);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + (box.height * 6) / 7, { steps: 8 });
    await page.mouse.up();
    await expect.text(output, /^This is a \d: \d+%$/);
    await expect.text(id(page, 'pad-says'), /^This is a \d: \d+%$/);
    await expect.accessible(page);
    const cells = "import numpy as np\nd = np.load('drawing.npy')\nprint(d.shape, d[14, 13], d[14, 3], d[0, 13])\n";
    assert.equal(await run(page, cells), '(28, 28) 255 0 0');

    // Three cells to the right with the keyboard, from row 6, column 14.
    await id(page, 'clear-pad').click();
    await id(page, 'pad').focus();
    await page.keyboard.down('Shift');
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await page.keyboard.up('Shift');
    const row = "import numpy as np\nprint(np.load('drawing.npy')[5, 11:20])\n";
    assert.equal(await run(page, row), '[  0 255 255 255 255 255 255   0   0]');

    // All of it is kept.
    await page.reload();
    await id(page, 'step-text').first().waitFor();
    const restored = page.locator('[data-testid=restore]');
    await restored.click();
    assert.match(await run(page), /^This is a \d: \d+%$/);
    await id(page, 'tab-files').click();
    await file(page, 'weights.pt').getByText('Remove').click();
    await expect.count(file(page, 'weights.pt'), 0);
    await run(page);
    await expect.text(id(page, 'error'), /FileNotFoundError/);
  });
}

test('files are brought along, read, written and saved', async ({ page, open }) => {
  await open('#/playground');
  await id(page, 'step-text').first().waitFor();
  const read = [
    'import numpy as np',
    "data = open('mine-images-idx3-ubyte', 'rb').read()",
    "print(np.frombuffer(data, '>i4', count=4))",
    'images = np.frombuffer(data, np.uint8, offset=16).reshape(2, 2, 3)',
    'print(images.sum(), images[1])',
    "table = np.loadtxt('table.csv', delimiter=',')",
    'print(table.sum(0))',
    "with open('out.txt', 'w') as f:",
    "    print('sum', int(images.sum()), file=f)",
    '',
  ].join('\n');
  await id(page, 'editor').fill(read);
  await id(page, 'tab-files').click();
  const head = [2051, 2, 2, 3].flatMap((n) => [0, 0, n >> 8, n & 255]);
  const pixels = [1, 2, 3, 4, 5, 6, 250, 251, 252, 253, 254, 255];
  await id(page, 'bring').setInputFiles({
    name: 'mine-images-idx3-ubyte',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from([...head, ...pixels]),
  });
  await expect.text(file(page, 'mine-images-idx3-ubyte').locator('.size'), '28');
  // The other one is dropped.
  const data = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['1,2\n3,4.5\n'], 'table.csv'));
    return data;
  });
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await file(page, 'table.csv').waitFor();
  const lines = (await run(page)).split('\n').map((line) => line.trim());
  assert.deepEqual(lines, ['[2051    2    2    3]', '1536 [[250 251 252]', '[253 254 255]]', '[4.  6.5]']);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    file(page, 'out.txt').getByText('Save').click(),
  ]);
  assert.equal(download.suggestedFilename(), 'out.txt');
  assert.equal(await readFile(await download.path(), 'utf8'), 'sum 1536\n');
});
