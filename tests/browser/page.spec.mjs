// The page around the lessons: contents, addresses, what is kept, sharing, taking away, barriers, and no network.

import { readFileSync } from 'node:fs';
import { assert, expect, test, until as poll } from './harness.mjs';

const until = (condition, what) => poll(condition, Boolean, what);
const id = (page, name) => page.locator(`[data-testid=${name}]`);
const press = (page, name) => id(page, name).click();
const program = (page) => id(page, 'editor').inputValue();

async function ready(page) {
  await page.locator('[data-testid=step-text]').first().waitFor();
  await until(async () => (await program(page)).length > 0, 'the program');
}

test('the contents are searched, and lead to a step of a lesson', async ({ page, open, url }) => {
  await open();
  await ready(page);
  await page.keyboard.press('/');
  // A word of the text alone.
  await id(page, 'search').fill('hardswish');
  await expect.count(page.locator('.lesson-row'), 1);
  await expect.text(page.locator('.lesson-row'), /nn\.functional/);
  await id(page, 'search').fill('add node');
  await page.locator('.heading-link').first().click();
  await until(() => page.url() === `${url}#/expression/4`, 'the address of the step');
  await until(() => page.locator('.step.on', { hasText: 'At a node: add' }).count(), 'the step is the current one');
  await page.reload();
  await until(() => page.locator('.step.on', { hasText: 'At a node: add' }).count(), 'it still is after a reload');
  await press(page, 'next');
  await until(async () => (await page.locator('h1').innerText()) !== 'A graph of one expression', 'the next lesson');
});

test('an answered question counts, now and after a reload', async ({ page, open }) => {
  await open();
  await ready(page);
  const predict = id(page, 'predict').first();
  await predict.locator('input').fill('7');
  await predict.locator('button[type=submit]').click();
  await expect.text(predict.locator('.verdict'), 'Not quite; here is why.');
  const exercise = id(page, 'exercise').first();
  await exercise.locator('input').fill('10');
  await exercise.locator('button[type=submit]').click();
  await expect.text(exercise.locator('.verdict'), /Not yet/);
  await exercise.locator('input').fill('11');
  await exercise.locator('button[type=submit]').click();
  await expect.text(exercise.locator('.verdict'), 'Right.');
  await page.reload();
  await ready(page);
  await until(() => page.locator('.rung.done[aria-current]').count(), 'the rung says that all is done');
  await press(page, 'contents');
  await expect.text(page.locator('.lesson-link').first().locator('.progress-of'), /all done/);
});

test('what is typed is kept for each program, and Restore can be taken back after a reload', async ({ page, open }) => {
  await open();
  await ready(page);
  const original = await program(page);
  await id(page, 'editor').fill('print("mine")\n');
  await page.reload();
  await ready(page);
  assert.equal(await program(page), 'print("mine")\n');
  await press(page, 'restore');
  await until(async () => (await program(page)) === original, 'the original');
  await page.reload();
  await ready(page);
  await press(page, 'bring-back');
  await until(async () => (await program(page)) === 'print("mine")\n', 'my version again');
});

test('a program of the playground opens by its card and by its address', async ({ page, open, url }) => {
  await open('#/playground');
  await ready(page);
  await page.locator('[data-testid=program][data-file="descent.py"] button').click();
  await until(async () => (await program(page)).includes('x ** 4'), 'the program in the cell');
  assert.equal(page.url(), `${url}#/playground/2?program=descent.py`);
  await page.reload();
  await until(async () => (await program(page)).includes('x ** 4'), 'the same after a reload');
});

test('a shared program travels in the address and is not run by itself', { context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async ({ page, open, context }) => {
  await open();
  await ready(page);
  const text = `print("shared: ${'é'.repeat(3)}", 6 * 7)\n`;
  await id(page, 'editor').fill(text);
  await press(page, 'take-away');
  await press(page, 'share');
  const link = await poll(() => page.evaluate(() => navigator.clipboard.readText()), (told) => told.includes('code='), 'the address');
  const other = await context.newPage();
  await other.goto(link);
  await until(async () => (await program(other)) === text, 'the shared program');
  await expect.text(id(other, 'where'), 'start');
  assert.equal(await id(other, 'output').textContent(), '');
  await expect.text(id(other, 'note'), /read it before you run it/);
  await press(other, 'run');
  await expect.text(id(other, 'output'), 'shared: ééé 42');
});

test('an address that was cut says so, and the lesson is there', async ({ page, open }) => {
  await open('#/playground?code=dcsxDoMw');
  await ready(page);
  await expect.text(id(page, 'note'), /cut/);
});

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, name)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test('the program is taken away as .py and as a notebook', async ({ page, open }) => {
  await open();
  await ready(page);
  const text = await program(page);
  await press(page, 'take-away');
  const py = await saved(page, 'save-py');
  assert.deepEqual([py.name, py.bytes.toString()], ['expression.py', text]);
  await press(page, 'take-away');
  const notebook = await saved(page, 'save-ipynb');
  assert.equal(notebook.name, 'expression.ipynb');
  const { nbformat, cells } = JSON.parse(notebook.bytes.toString());
  assert.equal(nbformat, 4);
  assert.equal(cells[1].source.join(''), text.trimEnd());
});

test('the graph is taken away as a drawing and as a picture', async ({ page, open }) => {
  await open();
  await ready(page);
  await press(page, 'run');
  await until(async () => (await page.locator('[data-testid=contribution]').count()) === 5, 'the whole graph');
  await press(page, 'graph-menu');
  const svg = await saved(page, 'graph-svg');
  const drawing = svg.bytes.toString();
  assert.match(drawing, /^<svg[^>]+viewBox="/);
  assert.ok(['a', 'b', 'c', 'd', 'e'].every((name) => drawing.includes(`>${name}</text>`)), drawing.slice(0, 500));
  assert.ok(/stroke-dasharray="5px, 4px"/.test(drawing), 'gradients are dashed without the style sheet');
  await press(page, 'graph-menu');
  const png = await saved(page, 'graph-png');
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
});

for (const dark of [false, true]) {
  for (const [width, height] of [[1440, 900], [820, 1180], [390, 844]]) {
    const colorScheme = dark ? 'dark' : 'light';
    test(`no barriers at ${width} × ${height}, ${colorScheme}`, { viewport: { width, height }, context: { colorScheme } }, async ({ page, open }) => {
      await open();
      await ready(page);
      await press(page, 'run');
      await until(async () => (await page.locator('[data-testid=contribution]').count()) === 5, 'the whole graph');
      await expect.accessible(page);
      await page.locator('[data-testid=node][data-name=b]').click();
      await id(page, 'inspector').waitFor();
      await press(page, 'take-away');
      await expect.accessible(page);
      await page.keyboard.press('Escape');
      await press(page, 'contents');
      await expect.accessible(page);
    });
  }
}

test('after the first visit the page works without a network', { context: { serviceWorkers: 'allow' } }, async ({ page, open, context }) => {
  await open();
  await ready(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then((it) => it.active?.state));
  await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), 'the service worker');
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await press(page, 'run');
  await until(async () => (await page.locator('[data-testid=node][data-name=e]').getAttribute('data-value')) === '6', 'e = 6');
  // Another lesson than the one that was looked at.
  await page.locator('.rung').nth(1).click();
  await until(async () => (await page.locator('h1').innerText()) !== 'A graph of one expression', 'another lesson');
  await page.locator('[data-testid=step-text]').first().waitFor();
  await context.setOffline(false);
});
