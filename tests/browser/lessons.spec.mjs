// The two programs of the first issue, from the first press of a button to the numbers on the page, on WebGPU; bad
// input; the keyboard; and the CPU where there is no WebGPU.

import { assert, expect, test, until as poll } from './harness.mjs';

const node = (page, name) => page.locator(`[data-testid=node][data-name="${name}"]`);
/** Waits until a condition holds. */
const until = (condition, what) => poll(condition, Boolean, what);
const press = (page, id) => page.locator(`[data-testid=${id}]`).click();

/** Waits until a node shows this value, and this gradient where one is given. */
async function shows(page, name, value, grad) {
  await until(async () => (await node(page, name).getAttribute('data-value')) === value, `${name} = ${value}`);
  if (grad !== undefined) {
    await until(async () => (await node(page, name).getAttribute('data-grad')) === grad, `∂ ${name} = ${grad}`);
  }
}

/** Pages whose lesson has come: its program arrives after the page. */
const ready = new WeakSet();

async function come(page) {
  if (!ready.has(page)) {
    await until(async () => (await page.locator('[data-testid=editor]').inputValue()) !== '', 'the lesson');
    ready.add(page);
  }
}

/** Puts a program into the cell, once the lesson's own was there. */
async function write(page, text) {
  await come(page);
  await page.locator('[data-testid=editor]').fill(text);
}

/** Runs the program to its end, without the replay. */
async function run(page) {
  await come(page);
  await press(page, 'run');
  const end = page.locator('[data-testid=end]');
  await end.click({ timeout: 2000 }).catch(() => {}); // a short program may be over already
}

/** What flows over the edges: `from→to: value`, sorted. */
async function contributions(page) {
  return page.locator('[data-testid=contribution]').evaluateAll((all) =>
    all.map((g) => `${g.dataset.from}→${g.dataset.to}: ${g.dataset.value}`).sort(),
  );
}

async function firstLesson(page) {
  await run(page);
  for (const [name, value, grad] of [['a', '2', '2'], ['b', '1', '5'], ['c', '3', '2'], ['d', '2', '3'], ['e', '6', '1']]) {
    await shows(page, name, value, grad);
  }
  assert.deepEqual(await contributions(page), ['c→a: 2', 'c→b: 2', 'd→b: 3', 'e→c: 2', 'e→d: 3']);
}

test('lesson 1 on WebGPU: every value and every gradient of e = (a + b) * (b + 1)', async ({ page, open }) => {
  await open();
  await expect.text(page.locator('h1'), 'A graph of one expression');
  await until(async () => (await page.locator('[data-testid=device]').getAttribute('data-device')) === 'cuda', 'WebGPU');
  await firstLesson(page);
  await expect.text(page.locator('[data-testid=output]'), /tensor\(2\., device='cuda:0'\) tensor\(5\., device='cuda:0'\)/);
});

test('lesson 1 on the CPU, where there is no WebGPU, says so and shows the same numbers', { webgpu: false }, async ({ page, open }) => {
  await open();
  await firstLesson(page);
  assert.equal(await page.locator('[data-testid=device]').getAttribute('data-device'), 'cpu');
  await expect.text(page.locator('[data-testid=output]'), /tensor\(2\.\) tensor\(5\.\)/);
});

test('steps go forward node by node, and back exactly', async ({ page, open }) => {
  await open();
  const where = page.locator('[data-testid=where]');
  const seen = [await where.textContent()];
  for (let i = 0; i < 20 && !seen.at(-1).includes('3 of 3'); i++) {
    const before = seen.at(-1);
    await press(page, 'step');
    seen.push(await poll(() => where.textContent(), (text) => text !== before && text !== 'running', `a step from ${before}`));
  }
  assert.ok(seen.at(-1).includes('backward · 3 of 3'), seen.join(', '));
  const picture = () => page.locator('[data-testid=node]').evaluateAll((all) =>
    all.map((g) => ({ ...g.dataset, at: g.getAttribute('transform') })),
  );
  await until(async () => (await contributions(page)).length === 5, 'all contributions');
  assert.match(await node(page, 'b').getAttribute('data-grad'), /^(2 \+ 3|3 \+ 2|5)$/);
  const full = await picture();
  for (let i = 0; i < 4; i++) await press(page, 'back');
  await until(async () => (await contributions(page)).length < 5, 'fewer contributions');
  const earlier = await picture();
  for (const past of earlier) {
    const now = full.find((g) => g.name === past.name);
    assert.equal(now?.at, past.at, `${past.name} stands still`);
  }
  for (let i = 0; i < 4; i++) await press(page, 'step');
  await until(async () => JSON.stringify(await picture()) === JSON.stringify(full), 'the same picture again');
});

test('any other expression draws its own graph', async ({ page, open }) => {
  await open();
  await write(page, [
    'import torch',
    'a = torch.tensor(2., requires_grad=True)',
    'b = torch.tensor(1., requires_grad=True)',
    'e = (a * b).sin() + a ** 2',
    'e.backward()',
    'print(e.item(), a.grad.item(), b.grad.item())',
  ].join('\n'));
  await run(page);
  // By hand: sin 2 + 4 = 4.9092974, cos 2 + 4 = 3.5838532, 2 cos 2 = -0.8322937.
  await expect.text(page.locator('[data-testid=output]'), /4\.909297\d+ 3\.583853\d+ -0\.832293\d+/);
  await until(async () => (await page.locator('[data-testid=node]').count()) === 6, 'six nodes');
  const ops = await page.locator('[data-testid=node]').evaluateAll((all) => all.map((g) => g.dataset.op).sort());
  assert.deepEqual(ops, ['add', 'mul', 'pow', 'sin', 'tensor', 'tensor']);
  await write(page, 'import torch\na = torch.tensor(2., requires_grad=True)\nb = torch.tensor(1., requires_grad=True)\ne = (a + b) * (b + 1)\ne.backward()\n');
  await run(page);
  await shows(page, 'e', '6', '1');
  await shows(page, 'b', '1', '5');
});

test('a slider rewrites the program and runs it again', async ({ page, open }) => {
  await open();
  await page.locator('[data-testid=number-b]').fill('4');
  await page.locator('[data-testid=number-b]').press('Enter');
  await shows(page, 'e', '30', '1');
  await shows(page, 'a', '2', '5');
  assert.match(await page.locator('[data-testid=editor]').inputValue(), /b = torch\.tensor\(4\.?0?, requires_grad=True\)/);
});

test('lesson 11 trains the network on WebGPU; pause and stop answer', async ({ page, open }) => {
  await open('#autograd-network');
  await expect.text(page.locator('h1'), /Autograd/);
  await press(page, 'run');
  const progress = page.locator('[data-testid=progress]');
  const done = async () => Number(((await progress.textContent()) ?? '').match(/(\d+)\s*\/\s*500/)?.[1] ?? 0);
  await until(async () => (await done()) >= 5, 'five passes');
  const before = Date.now();
  await press(page, 'pause');
  await page.locator('[data-testid=run]').waitFor();
  const answered = Date.now() - before;
  const at = await done();
  assert.ok(at < 500, `paused at ${at} after ${answered} ms`);
  await until(async () => (await node(page, 'w1').count()) === 1, 'the graph shows the weights');
  assert.equal(await node(page, 'w1').getAttribute('data-shape'), '1000 × 100');
  await press(page, 'run');
  await until(async () => (await done()) > at, 'it goes on');
  await press(page, 'stop');
  await page.locator('[data-testid=run]').waitFor();
  // The whole of it, on fewer passes: the loss falls from the reference range at the start.
  const text = await page.locator('[data-testid=editor]').inputValue();
  await write(page, text.replace('range(500)', 'range(100)'));
  await press(page, 'run');
  const plot = page.locator('[data-testid=plot]');
  await until(async () => (await plot.getAttribute('data-count')) === '100', 'a hundred losses');
  const last = Number(await plot.getAttribute('data-last'));
  assert.ok(last > 10 && last < 5000, `the loss after 100 passes is ${last}`);
  await expect.text(page.locator('[data-testid=output]'), /99 \d/);
});

test('bad input gives one message at its place; the text stays and the next run works', async ({ page, open }) => {
  await open();
  const editor = page.locator('[data-testid=editor]');
  // The lesson arrives after the page.
  await until(async () => (await editor.inputValue()) !== '', 'the lesson in the cell');
  const good = await editor.inputValue();
  const cases = [
    ['x = (1,\ny = 2', /SyntaxError/],
    ['a = 1\nprint(alpha)', /NameError: name 'alpha' is not defined/],
    ['import torch\na = torch.ones(2, 3)\nb = a @ torch.ones(4, 5)', /shapes cannot be multiplied \(2x3 and 4x5\)/],
  ];
  for (const [text, message] of cases) {
    await write(page, text);
    await run(page);
    await expect.text(page.locator('[data-testid=error-at]'), message);
    await expect.count(page.locator('[data-testid=error-at]'), 1);
    assert.equal(await page.locator('[data-testid=editor]').inputValue(), text);
  }
  await write(page, '');
  await press(page, 'run');
  await expect.count(page.locator('[data-testid=error-at]'), 0);
  await write(page, 'while True: pass');
  await press(page, 'run');
  await press(page, 'stop');
  await page.locator('[data-testid=run]').waitFor();
  assert.equal(await page.locator('[data-testid=editor]').inputValue(), 'while True: pass');
  await write(page, good);
  await run(page);
  await shows(page, 'e', '6', '1');
});

test('lesson 1 with the keyboard alone', async ({ page, open }) => {
  await open();
  await page.locator('[data-testid=editor]').focus();
  await page.keyboard.press('Control+Enter');
  await shows(page, 'b', '1', '5');
  const track = page.locator('[data-testid=track]');
  await track.focus();
  await page.keyboard.press('Home');
  await until(async () => (await page.locator('[data-testid=node]').count()) === 0, 'the start');
  await page.keyboard.press('End');
  await shows(page, 'e', '6', '1');
});

for (const [width, height] of [[1440, 900], [820, 1180], [390, 844]]) {
  for (const theme of ['light', 'dark']) {
    test(`no accessibility violation at ${width}×${height}, ${theme}`, { viewport: { width, height } }, async ({ page, open }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await open();
      await run(page);
      await shows(page, 'b', '1', '5');
      await expect.accessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, 'nothing sticks out sideways');
    });
  }
}
