import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { variants } from '../../main';
import { root, run } from '../support/command';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-commands-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const refused = (stderr: string) => ({ code: 2, stdout: '', stderr });

describe('synth', () => {
  test('writes what was asked for and says where', () => {
    const out = path.join(scratch, 'asked');
    expect(run('synth', ['zone-redundant,appService=on', 'single-zone', '--out', out])).toEqual({
      code: 0,
      stderr: '',
      stdout: `zone-redundant,appService=on  ${path.join(out, 'stacks/zone-redundant,appService=on/cdk.tf.json')}\nsingle-zone                   ${path.join(out, 'stacks/single-zone/cdk.tf.json')}\n`,
    });
    expect(fs.readdirSync(path.join(out, 'stacks')).sort()).toEqual(['single-zone', 'zone-redundant,appService=on']);
  });

  test('without words it takes away folders of variants that are gone, and nothing else', () => {
    const out = path.join(scratch, 'pruned');
    for (const [folder, file] of [
      ['gone', 'cdk.tf.json'],
      ['mine', 'notes.txt'],
      ['single-zone', '.terraform.lock.hcl'],
    ] as const) {
      fs.mkdirSync(path.join(out, 'stacks', folder), { recursive: true });
      fs.writeFileSync(path.join(out, 'stacks', folder, file), '{}');
    }
    expect(run('synth', ['--out', out]).code).toBe(0);
    expect(fs.readdirSync(path.join(out, 'stacks')).sort()).toEqual(['mine', ...Object.keys(variants)].sort());
    expect(fs.readdirSync(path.join(out, 'stacks', 'single-zone')).sort()).toEqual([
      '.terraform.lock.hcl',
      'cdk.tf.json',
      'shop.zip',
    ]);
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

  test('an output folder that cannot be written is one clear error, and nothing is left behind', () => {
    const file = path.join(scratch, 'a-file');
    fs.writeFileSync(file, 'mine');
    expect(run('synth', ['--out', file])).toEqual(
      refused(
        `error: \`output folder\` must be a folder that can be written, got: ${JSON.stringify(file)}. The system says ${process.platform === 'win32' ? 'EEXIST' : 'ENOTDIR'}. Choose another with --out, or change what stands in the way.\n`,
      ),
    );
    expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  });

  test('a target that stands in the way leaves no half-written neighbours', () => {
    const out = path.join(scratch, 'blocked');
    fs.mkdirSync(path.join(out, 'stacks'), { recursive: true });
    fs.writeFileSync(path.join(out, 'stacks', 'zone-redundant'), 'mine');
    expect(run('synth', ['single-zone', 'zone-redundant', '--out', out]).code).toBe(2);
    expect(fs.readdirSync(out, { recursive: true }).sort()).toEqual(['stacks', path.join('stacks', 'zone-redundant')]);
  });
});

describe('review', () => {
  test('--gate exits 1 on an error, 0 without one, and 3 when it cannot tell', () => {
    const unsettled = path.join(scratch, 'unsettled.json');
    fs.writeFileSync(
      unsettled,
      JSON.stringify({ resource: { azurerm_linux_web_app: { a: { location: 'westeurope', https_only: true } } } }),
    );
    expect(run('review', ['single-zone', '--gate']).code).toBe(1);
    expect(run('review', ['zone-redundant', '--gate']).code).toBe(0);
    expect(run('review', [unsettled, '--gate']).code).toBe(3);
    expect(run('review', ['single-zone']).code).toBe(0);
  });

  test('reads Terraform from a file', () => {
    expect(run('review', [path.join(scratch, 'asked/stacks/single-zone/cdk.tf.json')]).stdout).toMatch(
      /cdk\.tf\.json +App Service +2 /,
    );
  });

  test('a file that is not there', () =>
    expect(run('review', ['nowhere.json'])).toEqual(
      refused(
        'error: nowhere.json cannot be read: ENOENT. Give the path of a Terraform configuration in JSON, or a variant of main.ts.\n',
      ),
    ));

  test('prints no colour into a pipe', () => expect(run('review', []).stdout).not.toContain('\u001b'));
});

describe('compare', () => {
  test('keeps the order of its words, files and variants mixed', () => {
    const file = path.join(scratch, 'asked/stacks/single-zone/cdk.tf.json');
    expect(run('compare', [file, 'single-zone', 'appService=off']).stdout.split('\n')[0]).toBe(
      `From ${file} to single-zone,appService=off`,
    );
  });

  test.each([
    [[]],
    [['single-zone']],
    [['single-zone', 'single-zone']],
    [['single-zone', 'zone-redundant', 'single-zone,instances=3']],
  ])('refuses %j', (words) =>
    expect(run('compare', words)).toEqual(
      refused(
        `error: compare takes two different variants, got: ${words.join(' ') || 'none'}. Try npm run compare single-zone zone-redundant.\n`,
      ),
    ));
});

describe.each(['synth', 'review', 'compare', 'drill'])('%s', (command) => {
  test.each(['help', '--help'])('tells with %s what it takes', (word) => {
    const { code, stdout, stderr } = run(command, [word]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: (npm run )?${command} `));
    expect(stdout).toContain('Exit codes: 0 done, 1 the gate failed, 2 bad input, 3 could not assess.');
  });

  test('refuses an option that it does not know', () =>
    expect(run(command, ['--colour'])).toEqual(
      refused(`error: unknown option '--colour'\nRun \`npm run ${command} help\` for what it takes.\n`),
    ));
});

test('main.ts, which the cdktf CLI runs, takes its words from STEADYSTATE_VARIANTS', () => {
  const { spawnSync } = jest.requireActual<typeof import('node:child_process')>('node:child_process');
  const main = (words: string) =>
    spawnSync(process.execPath, ['-r', 'ts-node/register', 'main.ts'], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: path.join(scratch, 'cli'), STEADYSTATE_VARIANTS: words },
      encoding: 'utf8',
    });
  expect(main('zone-redundant,appService=on').status).toBe(0);
  expect(Object.keys(JSON.parse(fs.readFileSync(path.join(scratch, 'cli/manifest.json'), 'utf8')).stacks)).toEqual([
    'zone-redundant,appService=on',
  ]);
  expect(main('nope')).toMatchObject({ status: 2, stderr: expect.stringMatching(/^error: `variant` must be one of /) });
});
