// What is drawn beside values and gradients: what nodes keep, how views lie in memory, points set by hand, weights that
// are shared, what is off the tape; and a whole lesson with the keyboard, from its first Tab on.

import { assert, expect, test, until as poll } from './harness.mjs';

const until = (condition, what) => poll(condition, Boolean, what);
const id = (page, name) => page.locator(`[data-testid=${name}]`);
const node = (page, name) => page.locator(`[data-testid=node][data-name="${name}"]`);
const program = (page) => id(page, 'editor').inputValue();

async function ready(page) {
  await id(page, 'step-text').first().waitFor();
  await until(async () => (await program(page)).length > 0, 'the program');
}

/** Runs a program to its end. */
async function run(page, text) {
  await ready(page);
  if (text) await id(page, 'editor').fill(text);
  await id(page, 'run').click();
  await until(async () => / end$/.test(await id(page, 'where').innerText()), 'the end');
}

/** Chooses a node, wherever it is on the sheet. */
async function choose(page, name) {
  await node(page, name).first().waitFor({ state: 'attached' });
  await node(page, name).first().dispatchEvent('click');
  await id(page, 'inspector').waitFor();
}

test('what a node keeps for the backward pass is shown, and when it lets go', async ({ page, open }) => {
  await open();
  await ready(page);
  const where = id(page, 'where');
  while (!(await where.innerText()).includes('line 6')) {
    const before = await where.innerText();
    await id(page, 'step').click();
    await poll(() => where.innerText(), (now) => now !== before && now !== 'running', 'a step');
  }
  // A product keeps its factors, a sum nothing.
  await expect.count(id(page, 'tag'), 1);
  assert.equal(await node(page, 'e').locator('[data-testid=tag]').textContent(), 'keeps c, d');
  await id(page, 'run').click();
  await until(async () => (await node(page, 'e').locator('[data-testid=tag]').textContent()) === 'freed c, d', 'it let go');
  await choose(page, 'e');
  await expect.text(page.locator('[data-fact="keeps for backward"]'), 'c, d: 8 bytes, freed');
});

test('a view is a walk over the memory of its base', async ({ page, open }) => {
  await open('#/tensors?program=strides.py');
  await run(page);
  await choose(page, 't');
  const cells = page.locator('.cell-of-memory');
  await expect.count(cells, 12);
  // The strides of `t` are (1, 4); `column[0] = 100` was written through another view.
  await expect.text(cells.nth(7).locator('.index'), '3,1');
  await expect.text(cells.nth(1).locator('b'), '100');
  await page.locator('.storage').focus();
  await page.keyboard.press('End');
  await expect.text(id(page, 'memory-reading'), 't[3, 2] at 3·1 + 2·4 = 11');
  await page.keyboard.press('ArrowLeft');
  await expect.text(id(page, 'memory-reading'), 't[3, 1] at 3·1 + 1·4 = 7');
  await choose(page, 'column');
  await expect.count(page.locator('.cell-of-memory.read'), 3);
});

test('points set with the mouse and the keyboard are written into the program, which runs', async ({ page, open }) => {
  await open('#/linear-regression?program=points.py');
  await run(page);
  const first = 'y = 0.73 x + 1.24, loss 0.135';
  await expect.text(id(page, 'output'), first);
  const field = id(page, 'points');
  await field.scrollIntoViewIfNeeded();
  const points = field.locator('.point');
  await expect.count(points, 6);
  const box = await field.boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.9);
  await expect.count(points, 7);
  const set = (await program(page)).match(/points = \[([\s\S]*?)\]/)[1].match(/\(([^)]*)\)/g).at(-1);
  const [x, y] = set.slice(1, -1).split(',').map(Number);
  assert.ok(Math.abs(x - 5) < 0.1 && Math.abs(y - 1) < 0.1, set);
  await until(async () => !(await id(page, 'output').innerText()).includes(first), 'another line');
  await points.last().focus();
  await page.keyboard.press('ArrowRight');
  await until(async () => (await program(page)).includes(`(${(x + 0.25).toFixed(2).replace(/0$/, '')},`), 'it moved by 0.25');
  await page.keyboard.press('Delete');
  await expect.count(points, 6);
  await expect.text(id(page, 'output'), first);
});

test('a shared weight is one node with an edge for each use; what is off the tape is dashed', async ({ page, open }) => {
  await open();
  await run(page, [
    'import torch',
    'w = torch.tensor(3., requires_grad=True)',
    'y = w * w + w',
    'with torch.no_grad():',
    '    z = y * 2',
    'y.backward()',
  ].join('\n'));
  await expect.count(node(page, 'w'), 1);
  // By hand: y = w² + w, so dy/dw = 2w + 1 = 7, of which w * w brings 3 twice and the sum 1.
  await until(async () => (await node(page, 'w').getAttribute('data-grad')) === '7', 'w.grad = 7');
  const brought = await id(page, 'contribution').evaluateAll((all) =>
    all.filter((g) => g.dataset.to === 'w').map((g) => g.dataset.value).sort(),
  );
  assert.deepEqual(brought, ['1', '3', '3']);
  assert.match(await node(page, 'z').getAttribute('class'), /untracked/);
  assert.match(await node(page, 'z').getAttribute('aria-label'), /not recorded/);
  await expect.count(page.locator('.fw.untracked'), 2);
});

test('the gradient of a parameter of a module is checked by nudging', async ({ page, open }) => {
  await open();
  await run(page, [
    'import torch',
    'from torch import nn',
    'torch.manual_seed(0)',
    'model = nn.Sequential(',
    '    nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)',
    ')',
    'loss = model(torch.ones(2, 3)).pow(2).sum()',
    'loss.backward()',
  ].join('\n'));
  await choose(page, 'model.0.weight');
  await id(page, 'measure').click();
  const rows = page.locator('[data-testid=gradient-check] tbody tr');
  await expect.count(rows, 3);
  assert.deepEqual(await rows.evaluateAll((all) => all.map((row) => row.dataset.agree)), ['true', 'true', 'true']);
});

/** Presses Tab until the focus is on what a selector names; every stop on the way must show the focus. */
async function tabTo(page, selector) {
  for (let i = 0; i < 200; i++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate((selector) => {
      const here = document.activeElement;
      if (!here || here === document.body) return 'nothing';
      const style = getComputedStyle(here);
      const drawn = here.querySelector?.(':scope > .box, :scope > rect');
      const shown = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || here.tagName === 'TEXTAREA'
        || (drawn && parseFloat(getComputedStyle(drawn).strokeWidth) >= 2) || here.matches('.point');
      if (!shown) return `no focus to be seen on ${here.outerHTML.slice(0, 120)}`;
      return here.matches(selector) ? 'there' : 'on the way';
    }, selector);
    assert.ok(!at.startsWith('no focus'), at);
    if (at === 'there') return;
  }
  assert.fail(`Tab does not reach ${selector}`);
}

test('lesson 1 from its first step to the next lesson, without a mouse', async ({ page, open }) => {
  await open();
  await ready(page);
  await tabTo(page, '.skip button');
  await page.keyboard.press('Enter');
  const asks = page.locator('.ask');
  for (const [i, answer] of [[0, '5'], [1, '11']]) {
    await tabTo(page, '.ask input');
    await page.keyboard.type(answer);
    await page.keyboard.press('Enter');
    await expect.text(asks.nth(i).locator('.verdict'), 'Right.');
  }
  await until(() => page.locator('.rung.done[aria-current]').count(), 'the lesson is done');
  await tabTo(page, '.onward .next');
  await tabTo(page, '#cell');
  await page.keyboard.press('Control+Enter');
  await until(async () => (await node(page, 'b').getAttribute('data-grad')) === '5', 'the gradient of b');
  // Tab is a letter in the program, unless Escape comes before it.
  await page.keyboard.press('Escape');
  await tabTo(page, '[data-testid=track]');
  await page.keyboard.press('ArrowLeft');
  await until(async () => !/ end$/.test(await id(page, 'where').innerText()), 'a moment before the end');
  await tabTo(page, '[data-testid=node]');
  await page.keyboard.press('ArrowRight');
  await id(page, 'inspector').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await page.locator('dialog.help[open]').first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('vectorized');
  await tabTo(page, '.lesson-link');
  await page.keyboard.press('Enter');
  await expect.text(page.locator('h1'), 'Vectorized code');
});
