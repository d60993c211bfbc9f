// What the browser tests share: one Chromium, one server for dist/, and a fresh page for each test.
//
//   import { test, expect } from './harness.mjs';
//   test('what it shows', async ({ page, open }) => { await open(); await expect.text(page.locator('h1'), 'Gradloom'); });
//
// A test fails by itself when the page logs an error, throws, or asks any other host for anything.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, test as nodeTest } from 'node:test';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const dist = process.env.GRADLOOM_DIST ?? join(root, 'dist');

/** Milliseconds for a whole test, and for one thing to appear: a software GPU on a busy machine is slow. */
export const TEST_TIMEOUT = 240_000;
export const WAIT = 60_000;

const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

function executable() {
  const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = process.env.GRADLOOM_CHROMIUM ?? known.find((path) => existsSync(path));
  if (!found) throw new Error('No Chromium: name it in GRADLOOM_CHROMIUM.');
  return found;
}

let started;

function start() {
  started ??= (async () => {
    if (!existsSync(join(dist, 'index.html'))) throw new Error(`No page in ${dist}: run \`trunk build --release\`.`);
    const server = await serve(dist);
    const browser = await chromium.launch({ executablePath: executable(), args, headless: true });
    return { server, browser };
  })();
  return started;
}

after(async () => {
  if (!started) return;
  const { server, browser } = await started;
  await browser.close();
  await server.close();
});

/**
 * A test with a page of its own.
 *
 * @param {string} name
 * @param {{ viewport?: object, webgpu?: boolean, errors?: RegExp[], context?: object }} [options]
 *   `webgpu: false` takes `navigator.gpu` away from the page and from its workers; `errors` are those that the test is
 *   about; `context` goes to Playwright's `newContext`.
 * @param {(it: { page, context, open, url, requests }) => Promise<void>} body
 *   `open(path)` goes to the page at `path` below its folder; `url` is that folder; `requests` are all addresses so far.
 */
export function test(name, options, body) {
  if (typeof options === 'function') [options, body] = [{}, options];
  const { viewport = { width: 1280, height: 800 }, webgpu = true, errors = [], context: more = {} } = options;
  nodeTest(name, { timeout: TEST_TIMEOUT }, async () => {
    const { server, browser } = await start();
    // A service worker would answer in the place of the server, and of what a test puts in its place.
    const context = await browser.newContext({ viewport, reducedMotion: 'reduce', serviceWorkers: 'block', ...more });
    context.setDefaultTimeout(WAIT);
    const wrong = [];
    const requests = [];
    const note = (text) => {
      if (!errors.some((expected) => expected.test(text))) wrong.push(text);
    };
    context.on('request', (request) => {
      requests.push(request.url());
      if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(server.url)) note(`asked ${request.url()}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) note(`${response.status()} for ${response.url()}`);
    });
    context.on('console', (message) => {
      if (message.type() === 'error') note(`logged: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (error) => note(`threw: ${error.error().stack ?? error.error()}`));
    if (!webgpu) await withoutWebGpu(context);
    const page = await context.newPage();
    try {
      const open = (path = '') => page.goto(server.url + path, { waitUntil: 'load' });
      await body({ page, context, open, url: server.url, requests });
      assert.deepEqual(wrong, [], 'the page did what it must not');
    } catch (error) {
      await picture(page, name);
      if (wrong.length > 0 && error.code !== 'ERR_ASSERTION') error.message += `\nand the page: ${wrong.join('\n')}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** As in a browser without WebGPU: the property is gone in the page and in the workers that it starts. */
async function withoutWebGpu(context) {
  await context.addInitScript(() => delete Navigator.prototype.gpu);
  await context.route(/worker[^/]*_loader\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete WorkerNavigator.prototype.gpu;${await response.text()}` });
  });
}

/** What the page looked like when its test failed, in target/browser/. */
async function picture(page, name) {
  const folder = join(root, 'target', 'browser');
  try {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${name.replace(/[^a-z0-9]+/gi, '-')}.png`);
    await page.screenshot({ path, timeout: 10_000 });
    console.log(`picture: ${path}`);
  } catch {
    // The failure itself is what matters.
  }
}

/**
 * Waits until `read()` gives a value for which `good` is true, and returns it.
 * @throws with the last value, after `timeout` milliseconds
 */
export async function until(read, good, what = 'the page to change', timeout = WAIT) {
  const end = Date.now() + timeout;
  let value;
  do {
    value = await read();
    if (good(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end);
  assert.fail(`waited ${timeout / 1000} s for ${what}; the last was ${JSON.stringify(value)}`);
}

/** Assertions about locators that wait for what they ask. */
export const expect = {
  /** Its text, with runs of white space as one space, is `text` (a string) or matches it (a RegExp). */
  async text(locator, text, timeout = WAIT) {
    const read = async () => (await locator.innerText()).replace(/\s+/g, ' ').trim();
    const good = (found) => (text instanceof RegExp ? text.test(found) : found === text);
    await until(read, good, `the text ${text} in ${locator}`, timeout);
  },
  /** So many elements are there. */
  async count(locator, count, timeout = WAIT) {
    await until(() => locator.count(), (found) => found === count, `${count} of ${locator}`, timeout);
  },
  /** axe finds nothing to object to, WCAG 2.2 AA. */
  async accessible(page, { exclude = [] } = {}) {
    const builder = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
    for (const selector of exclude) builder.exclude(selector);
    const { violations } = await builder.analyze();
    const told = violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.map((node) => node.target.join(' ')).join(', ')}`);
    assert.deepEqual(told, []);
  },
};

export { assert };
