// Runs the browser tests against dist/ (build it with `trunk build --release`).
// Usage: node run.mjs [PATTERN]: only the files or tests whose name contains PATTERN.

import { readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const pattern = process.argv[2] ?? '';
if (pattern === '--help') {
  console.log('Usage: node run.mjs [PATTERN]\nOnly the files or tests whose name contains PATTERN.');
  process.exit(0);
}

const specs = readdirSync(here).filter((name) => name.endsWith('.spec.mjs')).sort();
const named = specs.filter((name) => pattern && name.includes(pattern));
const files = named.length > 0 ? named : specs;
const quoted = pattern.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const only = pattern && named.length === 0 ? [`--test-name-pattern=${quoted}`] : [];

// One process and one Chromium a file: one that crashes takes no other file's tests along.
// One after the other: every test has the few cores, and the software GPU, to itself.
const totals = { pass: 0, fail: 0 };
for (const file of files) {
  console.log(`\n${file}`);
  const { status, stdout } = spawnSync(process.execPath, ['--test-reporter=tap', ...only, join(here, file)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const lines = stdout.split('\n');
  const number = (name) => Number(lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3) ?? 0);
  const shown = lines.filter((line) => !/^(TAP version|# (tests|suites|pass|fail|cancelled|skipped|todo|duration_ms|Subtest)|1\.\.)/.test(line));
  console.log(shown.filter((line) => line.trim() && !/^\s+(---|\.\.\.|duration_ms|type:)/.test(line)).join('\n'));
  const failed = number('fail') + number('cancelled');
  totals.pass += number('pass');
  // A file that does not even load has failed once.
  totals.fail += status !== 0 && failed === 0 ? 1 : failed;
}
console.log(`\n# pass ${totals.pass}\n# fail ${totals.fail}`);
process.exit(totals.fail > 0 || totals.pass === 0 ? 1 : 0);
