/** The promise of `drill/faults`: a new fault is a file and its line in the list, and nothing else knows it. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../support/commands/command';
import { withOneInstance } from '../../support/drill/declared';

jest.setTimeout(300_000);

const file = `
import type { Fault } from './fault';
import { keysOf } from './parts';

export const everyoneOut: Fault<'everyone-out'> = {
  id: 'everyone-out',
  label: 'all restart',
  description: 'every process restarts at once',
  takes: { processes: 'all', redis: 'none', region: false },
  source: null,
  lossRemark: ' on a made-up day',
  inapplicable: ({ store }) => (store === 'in-process' ? null : 'it affects processes only'),
  async start({ fleet }) {
    const before = fleet.instances();
    await Promise.all(before.map((instance) => fleet.restart(instance)));
    return { destroyed: keysOf(before), undo: async () => {} };
  },
};
`;

const folder = mkdtempSync(join(tmpdir(), 'steadystate-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const notCopied = new Set(['node_modules', '.git', 'cdktf.out', 'test', 'docs']);
  cpSync(root, folder, {
    recursive: true,
    filter: (source) => !notCopied.has(source.slice(root.length + 1).split(/[\\/]/)[0] ?? ''),
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'drill', 'faults', 'everyoneOut.ts'), file);
  const list = join(folder, 'drill', 'faults', 'index.ts');
  const listed = readFileSync(list, 'utf8').replace('\n  redisOutage,\n', '\n  redisOutage,\n  everyoneOut,\n');
  writeFileSync(list, `import { everyoneOut } from './everyoneOut';\n${listed}`);
});

const drilled = (...words: readonly string[]) =>
  spawnSync(process.execPath, ['-r', './commands/typescript.cjs', join('commands', 'drill.ts'), ...words], {
    ...{ cwd: folder, encoding: 'utf8' },
  });

test('the help names it', () => {
  expect(drilled('help').stdout).toMatch(/^ {2}everyone-out +every process restarts at once$/m);
});

test('it is drilled, predicted and reported', () => {
  const variant = withOneInstance('single-zone', folder);
  const page = join(folder, 'drill.html');
  const json = drilled(variant, 'everyone-out', '--json', '--html', page);
  expect([json.status, json.stderr]).toEqual([0, `Wrote ${page}\n`]);
  const [run] = JSON.parse(json.stdout).runs;
  expect(run).toMatchObject({ fault: 'everyone-out', shoppers: 60, cartsLost: 60, met: true });
  expect(run.expected).toEqual({ cartsLost: 60, source: expect.stringContaining('the processes that ended are lost') });
  const html = readFileSync(page, 'utf8');
  for (const said of ['everyone-<wbr>out', '60 of 60 shoppers lost their cart on a made-up day', '>all restart<'])
    expect(html).toContain(said);
  expect(html).toContain('everyone-out: every process restarts at once.');
});

test('a deployment that it does not apply to is not drilled, with its own reason', () => {
  const file = join(folder, 'redis.json');
  writeFileSync(file, readFileSync(join(root, 'test', '__snapshots__', 'zone-redundant.json')));
  const { status, stdout } = drilled(file, 'everyone-out');
  expect(status).toBe(3);
  expect(stdout).toContain('it affects processes only');
});
