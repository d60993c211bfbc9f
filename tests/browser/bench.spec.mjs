// The bench: breakpoints and steps, tensors looked at closely, curves compared, boxes around nodes, large graphs, and the
// graph in words.

import { assert, expect, test, until as poll } from './harness.mjs';

const until = (condition, what) => poll(condition, Boolean, what);
const id = (page, name) => page.locator(`[data-testid=${name}]`);
const press = (page, name) => id(page, name).click();
const node = (page, name) => page.locator(`[data-testid=node][data-name="${name}"]`);
const where = (page, text) => expect.text(id(page, 'where'), text);

async function write(page, ...lines) {
  await page.locator('[data-testid=step-text]').first().waitFor();
  await id(page, 'editor').fill(`${lines.join('\n')}\n`);
}

async function run(page) {
  await press(page, 'run');
  await where(page, / · end$/);
}

const CALLS = ['def double(x):', '    y = x + x', '    return y', 'a = double(3)', 'b = a * 7', 'print(a, b)'];

test('breakpoints pause, a line is run to, and steps go over and out', async ({ page, open }) => {
  await open();
  await write(page, ...CALLS);
  await page.locator('.row[data-line="5"] .no').click();
  await expect.count(page.locator('.row[data-stop]'), 1);
  await press(page, 'run');
  // Before line 5 everything up to the end of the call is done.
  await until(async () => (await page.locator('[data-testid=variable][data-name=a]').getAttribute('data-value')) === '6', 'a = 6');
  assert.equal(await page.locator('[data-testid=variable][data-name=b]').count(), 0);
  await press(page, 'run');
  await where(page, 'line 6 · end');
  await expect.text(id(page, 'output'), '6 42');
  await page.locator('.row[data-line="5"] .no').click();
  // Again, with the keyboard: to the line of the cursor, over a call, into it and out.
  await id(page, 'editor').focus();
  await page.keyboard.press('Control+Home');
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Control+F9');
  await where(page, 'line 1');
  await page.keyboard.press('Control+F10');
  // All of the call is done; its last line was the last one.
  await where(page, 'line 3');
  assert.equal(await page.locator('[data-testid=variable][data-name=a]').getAttribute('data-value'), '6');
  await page.keyboard.press('F9');
  await expect.count(page.locator('.row[data-line="4"][data-stop]'), 1);
});

test('Tab and Shift+Tab indent the lines of a selection; undo takes it back', async ({ page, open }) => {
  await open();
  await write(page, 'a = 1', 'b = 2');
  await id(page, 'editor').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Tab');
  assert.match(await id(page, 'editor').inputValue(), /^ {4}a = 1\n {4}b = 2\n/);
  await page.keyboard.press('Shift+Tab');
  assert.match(await id(page, 'editor').inputValue(), /^a = 1\nb = 2\n/);
  await page.keyboard.press('Control+Z');
  assert.match(await id(page, 'editor').inputValue(), /^ {4}a = 1\n/);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  assert.notEqual(await page.evaluate(() => document.activeElement.id), 'cell', 'Escape, then Tab leaves');
});

test('a tensor is looked at closely: facts, cells, numbers', async ({ page, open }) => {
  await open();
  await write(page, 'import torch', 'x = torch.arange(64000.).reshape(64, 1000)', 'y = x.t()', 'z = y * 1');
  await run(page);
  await press(page, 'fit');
  await node(page, 'x').click();
  const fact = (name) => page.locator(`[data-testid=facts] dd[data-fact="${name}"]`).innerText();
  await id(page, 'inspector').waitFor();
  assert.deepEqual([await fact('shape'), await fact('strides'), await fact('dtype')], ['64 × 1000', '(1000, 1)', 'float32']);
  const values = page.locator('[data-testid=tensor][data-title=values]');
  await expect.text(values, /0 to 63999 · mean 31999\.5 · 1 zero .*mean of a block/);
  await press(page, 'all-cells');
  await expect.text(values, /Each cell is a number/);
  await page.locator('.heat-field').focus();
  await page.keyboard.press('End');
  await expect.text(id(page, 'cell-reading'), '[63, 999] = 63999');
  await page.keyboard.press('ArrowUp');
  await expect.text(id(page, 'cell-reading'), '[62, 999] = 62999');
  await node(page, 'y').click();
  await until(async () => (await fact('strides')) === '(1, 1000)', 'a transpose has other strides');
});

const DESCENT = (rate) => [
  'import torch',
  'w = torch.tensor([1., -2.], requires_grad=True)',
  'for i in range(6):',
  '    loss = (w * w).sum()',
  '    loss.backward()',
  '    with torch.no_grad():',
  `        w -= ${rate} * w.grad`,
  '    w.grad.zero_()',
];

test('the history of a value, and a gradient checked by nudging', async ({ page, open }) => {
  await open();
  await write(page, ...DESCENT(0.25));
  await run(page);
  await node(page, 'w').click();
  const past = page.locator('[data-testid=history][data-name=values]');
  await expect.text(past, /first -0\.5/);
  assert.ok(Number(await past.getAttribute('data-count')) >= 6);
  await press(page, 'measure');
  const rows = page.locator('[data-testid=gradient-check] tbody tr');
  await expect.count(rows, 2);
  // ∂/∂w of w² at 1 and at -2.
  await expect.text(rows.nth(0), /^\[0\] 2 (2|1\.99\d+|2\.00\d+) agree/);
  await expect.text(rows.nth(1), /^\[1\] -4 -(4|3\.99\d+|4\.00\d+) agree/);
});

test('a gradient that was not emptied says so, and what to do', async ({ page, open }) => {
  await open();
  const backward = ['loss = w * w', 'loss.backward()'];
  await write(page, 'import torch', 'w = torch.tensor(2., requires_grad=True)', ...backward, 'w.grad = None', ...backward);
  await run(page);
  await node(page, 'w').click();
  await expect.text(id(page, 'card'), /∂ w its gradient = 2 \+ 2 what arrived = 4 in all/);
  await expect.count(id(page, 'accumulated'), 0);
  await write(page, 'import torch', 'w = torch.tensor(2., requires_grad=True)', ...backward, ...backward);
  await run(page);
  await node(page, 'w').click();
  // d(w²)/dw = 2 + 2 at 2, twice.
  await expect.text(id(page, 'card'), /∂ w its gradient = 4 \+ 2 \+ 2 what was there \+ what arrived = 8 in all/);
  await expect.text(id(page, 'accumulated'), /w\.grad was not empty.*optimizer\.zero_grad\(\) or w\.grad = None/);
});

test('the curves of two runs are compared, with exact values', async ({ page, open }) => {
  await open();
  await write(page, ...DESCENT(0.25));
  await run(page);
  await press(page, 'tab-loss');
  const reading = id(page, 'loss-reading');
  await page.locator('.plot-area').focus();
  await page.keyboard.press('Home');
  await expect.text(reading, 'step 0: 5');
  await page.keyboard.press('ArrowRight');
  await expect.text(reading, 'step 1: 1.25');
  await write(page, ...DESCENT(0.1));
  await run(page);
  await expect.text(id(page, 'curves'), 'run 2 run 1');
  await expect.count(page.locator('.plot-area .curve'), 2);
  await page.locator('.plot-area').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  // 5 · 0.8²
  await expect.text(reading, 'step 1: 3.2');
});

const BOXES = [
  'import torch',
  'def layer(x, w):',
  '    h = x * w',
  '    return h.relu()',
  'x = torch.tensor(2., requires_grad=True)',
  'w = torch.tensor(3.)',
  'a = layer(x, w)',
  'b = a + 1',
  'for i in range(3):',
  '    b = b * 2',
  '    b = b - 1',
  'c = b + a',
  'c.backward()',
];

test('a box around a call and one around a loop open and close, and nothing else moves', async ({ page, open }) => {
  await open();
  await write(page, ...BOXES);
  await run(page);
  await press(page, 'fit');
  const picture = () => page.locator('[data-testid=node]').evaluateAll((all) =>
    Object.fromEntries(all.map((g) => [g.id, g.getAttribute('transform')])),
  );
  const before = await picture();
  const titles = () => page.locator('[data-testid=module-title]').evaluateAll((all) => all.map((g) => g.dataset.title));
  assert.deepEqual(await titles(), ['layer()', 'loop of 3 turns']);
  const count = Object.keys(before).length;
  await page.locator('[data-testid=module-title][data-title="layer()"]').click();
  await expect.count(page.locator('[data-testid=module]'), 1);
  await expect.count(page.locator('[data-testid=node]'), count - 2);
  for (const [key, at] of Object.entries(await picture())) assert.equal(at, before[key], `${key} stands still`);
  await page.locator('[data-testid=module-title][data-title="loop of 3 turns"]').focus();
  await page.keyboard.press('Enter');
  await expect.count(page.locator('[data-testid=node]'), count - 8);
  for (const [key, at] of Object.entries(await picture())) assert.equal(at, before[key], `${key} stands still`);
  await press(page, 'graph-menu');
  await press(page, 'open-all');
  await expect.count(page.locator('[data-testid=node]'), count);
  assert.deepEqual(await picture(), before);
});

test('two thousand nodes: what is out of sight is not in the document', async ({ page, open }) => {
  await open();
  const lines = Array.from({ length: 400 }, () => 'x = x * 0.5 + x.sin() - x.cos()');
  await write(page, 'import torch', 'x = torch.tensor(1., requires_grad=True)', ...lines, 'x.backward()');
  await press(page, 'run');
  await where(page, / · end$/);
  const label = id(page, 'tree');
  const nodes = Number((await label.getAttribute('aria-label')).match(/(\d+) nodes/)[1]);
  assert.ok(nodes > 2000, `${nodes} nodes`);
  await press(page, 'fit');
  await until(() => page.locator('.sheet .overview').count(), 'the overview');
  for (let i = 0; i < 30 && (await page.locator('[data-testid=node]').count()) === 0; i++) await press(page, 'zoom-in');
  const drawn = await page.locator('[data-testid=node]').count();
  assert.ok(drawn > 0 && drawn < 300, `${drawn} boxes are in the document`);
  await id(page, 'minimap').waitFor();
  // Stepping back is exact there, too.
  await page.keyboard.press('Shift+F10');
  await where(page, /backward/);
});

test('the graph as a tree of words, and steps announced', async ({ page, open }) => {
  await open();
  await write(page, ...BOXES);
  await page.keyboard.press('Escape');
  for (let i = 0; i < 3; i++) {
    await press(page, 'step');
    await where(page, ['line 1', 'line 2', 'line 5'][i]);
  }
  await expect.text(id(page, 'announced'), /line 5: x = torch\.tensor.*value 2.*leaf/);
  await run(page);
  await id(page, 'tree').focus();
  const rows = page.locator('[data-testid=tree] [role=treeitem]');
  await until(async () => (await rows.count()) > 5, 'the rows');
  const texts = await rows.allInnerTexts();
  const at = texts.findIndex((text) => text.includes('layer()'));
  assert.ok(at >= 0, texts.join(' | '));
  for (let i = 0; i < at; i++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await until(async () => (await rows.count()) === texts.length - 2, 'the box is closed');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await until(() => page.locator('[data-testid=node][aria-pressed=true]').count(), 'a node is chosen');
});

test('the passes of a loop stand side by side', async ({ page, open }) => {
  await open();
  await write(page, ...DESCENT(0.25));
  await run(page);
  await press(page, 'tab-passes');
  const pass = id(page, 'pass');
  await expect.count(pass, 6);
  await pass.nth(1).click();
  await where(page, /^pass 2/);
  await until(async () => (await pass.nth(1).getAttribute('aria-current')) === 'true', 'the second pass');
});

const WINDOWS = [
  'import torch',
  'import torch.nn.functional as F',
  'x = torch.tensor([[[0., 1., 3., 1., 0., 2.]]])',
  'w = torch.tensor([[[1., 2., -1.]]], requires_grad=True)',
  'y = F.conv1d(x, w, padding=1, stride=2)',
  'z = F.max_pool1d(torch.tensor([[[1., 3., 4., 4.]]]), 2)',
];

test('a window slides over the cells of a convolution and of a pool', async ({ page, open }) => {
  await open();
  await write(page, ...WINDOWS);
  await run(page);
  await press(page, 'fit');
  await node(page, 'y').click();
  const sum = id(page, 'slide-sum');
  // PyTorch: y is (-1, 6, -1).
  await expect.text(sum, 'y[0, 0, 0] = 0 · 2 + 1 · (-1) = -1');
  await expect.text(id(page, 'slide-says'), /1 of the 3 cells under it is padding/);
  // Six cells and one of padding at each end; the last is never covered, since the stride is 2.
  await expect.count(page.locator('.layer figure:first-child .cell'), 8);
  await expect.count(page.locator('.layer figure:first-child .pad'), 2);
  const slide = id(page, 'slide');
  await slide.focus();
  await page.keyboard.press('ArrowRight');
  await expect.text(sum, 'y[0, 0, 1] = 1 · 1 + 3 · 2 + 1 · (-1) = 6');
  assert.match(await slide.getAttribute('aria-valuetext'), /= 6$/);
  // The pointer on the last cell of the result.
  const box = await id(page, 'slide-result').boundingBox();
  await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
  await expect.text(sum, 'y[0, 0, 2] = 1 · 1 + 0 · 2 + 2 · (-1) = -1');
  await node(page, 'z').click();
  await slide.focus();
  await page.keyboard.press('End');
  await expect.text(sum, 'z[0, 0, 1] = max(4, 4) = 4');
  await expect.text(id(page, 'slide-says'), /2 are equally large: the first of them wins/);
  // The winner has a ring, once: not only a color.
  await expect.count(page.locator('.sliding ellipse'), 1);
  await expect.accessible(page);
});
