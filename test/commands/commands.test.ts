import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import { command as compare } from '../../commands/compare';
import { command as review } from '../../commands/review';
import { root, run } from '../support/commands/command';
import { runHere } from '../support/commands/inProcess';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-commands-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const refused = (stderr: string) => ({ code: 2, stdout: '', stderr });

describe('synth', () => {
  test('writes what was asked for and says where', () => {
    const out = path.join(scratch, 'asked');
    expect(run('synth', ['zone-redundant,appService=on', 'single-zone', '--out', out])).toEqual({
      code: 0,
      stderr:
        'zone-redundant,appService=on: takes two applies: shop.example.com is bound by the second one. Make the records of the output dns_records after the first, then set dnsReady: true.\n',
      stdout: `zone-redundant,appService=on  ${path.join(out, 'stacks/zone-redundant,appService=on/cdk.tf.json')}\nsingle-zone                   ${path.join(out, 'stacks/single-zone/cdk.tf.json')}\n`,
    });
    expect(fs.readdirSync(path.join(out, 'stacks')).sort()).toEqual(['single-zone', 'zone-redundant,appService=on']);
  });

  test('a refused word leaves the output folder as it was', () => {
    const out = path.join(scratch, 'untouched');
    expect(run('synth', ['single-zone', 'zone-redundant,regions=2', '--out', out])).toEqual(
      refused(
        'error: `zone-redundant,regions=2: regions` must be 1 with entry application-gateway, got: 2. Only Front Door routes to several regions: choose entry=front-door.\n',
      ),
    );
    expect(fs.existsSync(out)).toBe(false);
  });
});

describe('review', () => {
  test('reads Terraform from a file, and prints no colour into a pipe', () => {
    const { code, stdout } = run('review', [path.join(scratch, 'asked/stacks/single-zone/cdk.tf.json')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/cdk\.tf\.json +App Service +2 /);
    expect(stdout).not.toContain('\u001b');
  });

  test('a file that is missing', async () =>
    expect(await runHere(review, ['nowhere.json'])).toEqual(
      refused(
        'error: nowhere.json is not there. Give the path of a folder of Terraform, of a plan, of a state or of a cdk.tf.json, or a variant of main.ts.\n',
      ),
    ));
});

describe('compare', () => {
  test('of two environments is what one would change in the other, and nothing is replaced for its name', async () => {
    const { code, stdout } = await runHere(compare, ['zone-redundant@dev', 'zone-redundant@prod']);
    expect(code).toBe(0);
    expect(stdout).toContain('Two environments: each has resources and a state of its own.');
    expect(stdout).toContain('profile.0.capacity.maximum: 4 → 9');
    expect(stdout).not.toMatch(/Every session is lost|^±|tags\.environment/m);
    expect((await runHere(compare, ['single-zone@prod', 'single-zone'])).stdout).toBe(
      'From single-zone@prod to single-zone\n\nThe same Terraform.\n',
    );
  });

  test('keeps the order of its words, files and variants mixed', async () => {
    const file = path.join(scratch, 'asked/stacks/single-zone/cdk.tf.json');
    expect((await runHere(compare, [file, 'single-zone', 'appService=off'])).stdout.split('\n')[0]).toBe(
      `From ${file} to single-zone,appService=off`,
    );
  });

  test.each([
    [[]],
    [['single-zone']],
    [['single-zone', 'single-zone']],
    [['single-zone', 'zone-redundant', 'single-zone,instances=3']],
  ])('refuses %j', async (words) =>
    expect(await runHere(compare, words)).toEqual(
      refused(
        `error: compare takes two different variants, got: ${words.join(' ') || 'none'}. Try npm run compare single-zone zone-redundant.\n`,
      ),
    ),
  );
});

// npm takes --help for itself, so `help` is what most will type.
describe.each([
  ['synth', 'help'],
  ['review', 'help'],
  ['compare', '--help'],
  ['drill', 'help'],
  ['prices', 'help'],
  ['comment', 'help'],
  ['ship', 'help'],
  ['lab', 'help'],
  ['export', 'help'],
  ['completion', 'help'],
])('%s', (command, word) => {
  const here = async (words: readonly string[]) =>
    runHere(((await import(`../../commands/${command}`)) as { command: Command }).command, words);

  test(`tells with ${word} what it takes`, async () => {
    const { code, stdout, stderr } = await here([word]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(new RegExp(`^Usage: (npm run )?${command} `));
    expect(stdout).toContain(
      command === 'completion'
        ? 'Exit codes: 0 done, 2 bad input.'
        : 'Exit codes: 0 done, 1 the gate failed, 2 bad input, 3 could not assess.',
    );
  });

  test('refuses an option that it does not know', async () =>
    expect(await here(['--colour'])).toEqual(
      refused(`error: unknown option '--colour'\nRun \`npm run ${command} help\` for what it takes.\n`),
    ));
});

test('commands/cdktf.ts, which the CDKTF command line runs, takes its words from STEADYSTATE_VARIANTS', () => {
  const { spawnSync } = jest.requireActual<typeof import('node:child_process')>('node:child_process');
  const main = (words: string) =>
    spawnSync(process.execPath, ['-r', 'ts-node/register', 'commands/cdktf.ts'], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: path.join(scratch, 'cli'), STEADYSTATE_VARIANTS: words },
      encoding: 'utf8',
    });
  expect(main('zone-redundant,appService=on').status).toBe(0);
  expect(Object.keys(JSON.parse(fs.readFileSync(path.join(scratch, 'cli/manifest.json'), 'utf8')).stacks)).toEqual([
    'zone-redundant,appService=on',
  ]);
  expect(main('nope')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: `variant` must be one of /) });
  // It has listed the folders before it runs this: it fails on one that is gone, and removes outdated ones itself.
  expect(main('').status).toBe(0);
  expect(fs.readdirSync(path.join(scratch, 'cli/stacks'))).toContain('zone-redundant,appService=on');
});
