// Every lesson from its first step to its last, with WebGPU and the mouse, and without WebGPU and with the keyboard: run,
// step, back, predict, the exercises wrong and right, restore; then no barrier at three sizes, light and dark. Answers
// and solutions are read from the lessons' own files.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, expect, test, until as poll } from './harness.mjs';

const content = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'crates', 'lessons', 'content');
const until = (condition, what) => poll(condition, Boolean, what);
const id = (page, name) => page.locator(`[data-testid=${name}]`);

/** The questions and exercises of a lesson, in their order. */
function asks(folder) {
  const text = readFileSync(join(content, folder, 'lesson.md'), 'utf8').replaceAll('\r\n', '\n');
  const blocks = text.matchAll(/^:::(predict|exercise|code)(?: (\S+))?\n([\s\S]*?)^:::\s*$/gm);
  return [...blocks].map(([, kind, , body]) => {
    const fields = body.split('\n\n')[0].split('\n').map((line) => line.match(/^(\w+):\s*(.*)$/)?.slice(1) ?? ['', '']);
    const field = (name) => fields.find(([key]) => key === name)?.[1];
    const solution = field('solution');
    return {
      kind,
      right: field('answer') ?? field('shape') ?? field('right'),
      wrong: fields.find(([key]) => key === 'choice')?.[1] ?? (field('shape') === undefined ? '987654.25' : '9 × 8 × 7'),
      choice: field('right') !== undefined,
      solution: solution && readFileSync(join(content, folder, solution), 'utf8'),
    };
  });
}

/** What a learner does, with the mouse. */
const MOUSE = {
  press: (it, options) => it.click(options),
  choose: (it) => it.check(),
  type: (it, text) => it.fill(text),
};

/** The same with the keyboard: on what has the focus, and nothing else. */
const KEYBOARD = {
  async press(it, options) {
    await it.focus(options);
    await it.page().keyboard.press('Enter');
  },
  async choose(it) {
    await it.focus();
    await it.page().keyboard.press('Space');
  },
  async type(it, text) {
    await it.focus();
    await it.page().keyboard.press('Control+A');
    await it.page().keyboard.insertText(text);
  },
};

async function answer(by, form, ask, text) {
  if (ask.choice) {
    await by.choose(form.locator(`input[value="${text.replaceAll('"', '\\"')}"]`));
  } else {
    await by.type(form.locator('input[type=text]'), text);
  }
  await by.press(form.locator('button[type=submit]'));
}

async function program(by, page, form, ask) {
  const verdict = form.locator('[data-testid=verdict]');
  await by.press(form.locator('[data-testid=open-starter]'));
  await by.press(form.locator('[data-testid=check]'));
  await until(async () => (await verdict.getAttribute('class')).includes('wrong'), 'the starting point does not pass');
  await by.type(id(page, 'editor'), ask.solution);
  await by.press(form.locator('[data-testid=check]'));
  await expect.text(verdict, /^Passed/, 120_000);
  await by.press(id(page, 'restore'));
}

/** At three sizes, light and dark. */
async function noBarriers(page) {
  for (const [width, height] of [[1440, 900], [820, 1180], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (let i = 0; i < 2; i++) {
      await id(page, 'theme').click();
      await expect.accessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.equal(wide, 0, `at ${width} something sticks out sideways`);
    }
  }
}

const folders = readdirSync(content).filter((name) => existsSync(join(content, name, 'lesson.md'))).sort();
for (const webgpu of [true, false]) {
  for (const folder of folders) {
    const slug = folder.slice(3);
    const by = webgpu ? MOUSE : KEYBOARD;
    test(`lesson ${folder} on ${webgpu ? 'WebGPU' : 'the CPU'}`, { webgpu }, async ({ page, open }) => {
      await open(`#/${slug}`);
      const steps = id(page, 'step-text');
      await steps.first().waitFor();
      const where = id(page, 'where');
      await expect.text(where, 'start');
      // Two moments on, one back, and on again: the same place.
      const seen = [];
      for (const act of ['step', 'step', 'back', 'step']) {
        const before = await where.innerText();
        await by.press(id(page, act));
        seen.push(await poll(() => where.innerText(), (now) => now !== before && now !== 'running', act));
      }
      assert.equal(seen[3], seen[1]);
      assert.equal(seen[2], seen[0]);
      await by.press(id(page, 'run'));
      const over = async () => / · end$|^failed/.test(await where.innerText());
      for (let i = 0; i < 300 && !(await over()); i++) {
        await by.press(id(page, 'end'), { timeout: 50 }).catch(() => {}); // only a short run is replayed
      }
      // A long one is ended; it may be over before the button is reached.
      if (!(await over())) await by.press(id(page, 'stop'), { timeout: 20_000 }).catch(() => {});
      const all = asks(folder);
      const forms = page.locator('.ask');
      assert.equal(await forms.count(), all.length);
      for (const [i, ask] of all.entries()) {
        const form = forms.nth(i);
        if (ask.kind === 'code') {
          await program(by, page, form, ask);
          continue;
        }
        await answer(by, form, ask, ask.wrong);
        await expect.text(form.locator('.verdict'), /^Not/);
        await answer(by, form, ask, ask.right);
        await expect.text(form.locator('.verdict'), 'Right.');
      }
      if (all.length > 0) await until(() => page.locator('.rung.done[aria-current]').count(), 'the lesson is done');
      // Its last step, by its address.
      await open(`#/${slug}/${await steps.count()}`);
      await until(async () => (await steps.last().getAttribute('class')).includes('on'), 'the last step');
      if (!webgpu) await noBarriers(page);
    });
  }
}
