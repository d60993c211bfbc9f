// Every lesson from its first step to its last, with WebGPU and without: run, step, back, predict, the exercises wrong and
// right, restore. Answers and solutions are read from the lessons' own files.

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

async function answer(form, ask, text) {
  if (ask.choice) {
    await form.locator(`input[value="${text.replaceAll('"', '\\"')}"]`).check();
  } else {
    await form.locator('input[type=text]').fill(text);
  }
  await form.locator('button[type=submit]').click();
}

async function program(page, form, ask) {
  const verdict = form.locator('[data-testid=verdict]');
  await form.locator('[data-testid=open-starter]').click();
  await form.locator('[data-testid=check]').click();
  await until(async () => (await verdict.getAttribute('class')).includes('wrong'), 'the starting point does not pass');
  await id(page, 'editor').fill(ask.solution);
  await form.locator('[data-testid=check]').click();
  await expect.text(verdict, /^Passed/, 120_000);
  await id(page, 'restore').click();
}

const folders = readdirSync(content).filter((name) => existsSync(join(content, name, 'lesson.md'))).sort();
for (const webgpu of [true, false]) {
  for (const folder of folders) {
    const slug = folder.slice(3);
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
        await id(page, act).click();
        seen.push(await poll(() => where.innerText(), (now) => now !== before && now !== 'running', act));
      }
      assert.equal(seen[3], seen[1]);
      assert.equal(seen[2], seen[0]);
      await id(page, 'run').click();
      const over = async () => / · end$|^failed/.test(await where.innerText());
      for (let i = 0; i < 300 && !(await over()); i++) {
        await id(page, 'end').click({ timeout: 50 }).catch(() => {}); // only a short run is replayed
      }
      // A long one is ended; it may be over before the button is reached.
      if (!(await over())) await id(page, 'stop').click({ timeout: 20_000 }).catch(() => {});
      const all = asks(folder);
      const forms = page.locator('.ask');
      assert.equal(await forms.count(), all.length);
      for (const [i, ask] of all.entries()) {
        const form = forms.nth(i);
        if (ask.kind === 'code') {
          await program(page, form, ask);
          continue;
        }
        await answer(form, ask, ask.wrong);
        await expect.text(form.locator('.verdict'), /^Not/);
        await answer(form, ask, ask.right);
        await expect.text(form.locator('.verdict'), 'Right.');
      }
      if (all.length > 0) await until(() => page.locator('.rung.done[aria-current]').count(), 'the lesson is done');
      // Its last step, by its address.
      await open(`#/${slug}/${await steps.count()}`);
      await until(async () => (await steps.last().getAttribute('class')).includes('on'), 'the last step');
    });
  }
}
