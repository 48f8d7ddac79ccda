import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { variants } from '../main';
import { rules } from '../review/rules';
import { settings } from '../settings';
import { root, run } from './support/commands/command';
import { describeWithRedis } from './support/redis';
import { settings as asItComes } from './support/settings';

const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** Rows of the table whose header starts with a word, as lists of cells. */
function table(firstHeader: string): string[][] {
  const [, rows] = readme.split(new RegExp(`^\\| ${firstHeader} \\|.*\\n\\|[-|]+\\n`, 'm'));
  return (rows ?? '')
    .split('\n')
    .slice(
      0,
      rows?.split('\n').findIndex((line) => !line.startsWith('|')),
    )
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** What a fenced block holds that follows a text. */
const blockAfter = (text: string) => /```(?:sh)?\n([\s\S]*?)```/.exec(readme.slice(readme.indexOf(text)))?.[1] ?? '';

test('lists every script of package.json, and none that is missing', () => {
  const listed = table('command').flatMap(([cell = '']) =>
    [...cell.matchAll(/`npm (?:run )?([a-z]+)/g)].map(([, name]) => name),
  );
  // npm itself runs a script named pre-X before X, and prepare after an install, so nobody types them.
  const typed = Object.keys(scripts).filter(
    (name) => name !== 'prepare' && !(name.startsWith('pre') && name.slice(3) in scripts),
  );
  expect(listed.sort()).toEqual(typed.sort());
});

test('says how many rules there are', () => {
  expect(readme).toContain(`[${rules.length} rules]`);
});

test('lists every variant with what main.ts declares', () => {
  const rows = table('variant').map(([name = '', , instances, affinity]) => [
    /`([^`]+)`/.exec(name)?.[1],
    instances,
    affinity,
  ]);
  const declared = Object.entries(variants).map(([name, { regions, instances, affinity }]) => [
    name,
    regions === 'all' ? `${asItComes.regions.length} × ${instances}` : `${instances}`,
    [affinity.appService, affinity.applicationGateway, affinity.frontDoor]
      .map((state) => (state === 'absent' ? '-' : state))
      .join(' / '),
  ]);
  expect(rows).toEqual(declared);
});

interface Run {
  readonly variant: string;
  readonly fault: string;
  readonly cartsLost: number;
  readonly cartsResurrected: number;
  readonly writesLost: number;
  readonly met: boolean;
}

test('costs each loss as the committed drill counted it, and that drill went as predicted', () => {
  const { runs } = JSON.parse(fs.readFileSync(path.join(root, 'docs', 'drill.json'), 'utf8')) as { runs: Run[] };
  expect(runs.every((one) => 'notApplicable' in one || one.met)).toBe(true);
  const cell = (variant: string, fault: string) => {
    const counted = runs.find((one) => one.variant === variant && one.fault === fault);
    if (!counted) return 'not drilled';
    const adds = counted.writesLost > 0 ? ` (${counted.writesLost} adds)` : '';
    const back = counted.cartsResurrected > 0 ? `, ${counted.cartsResurrected} come back` : '';
    return `**${counted.cartsLost}**${adds}${back}`;
  };
  expect(table('variant').map((cells) => cells.slice(5))).toEqual(
    Object.keys(variants).map((name) =>
      ['instance-crash', 'zone-loss', 'region-loss'].map((fault) => cell(name, fault)),
    ),
  );
});

/** The text without its line ends, and without what a drill counts of requests that happen to be under way: that is not the seed's. */
const repeated = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/Of \d+ (checkouts under way|requests that met a process|long connections), .*?[a-z]\.(?= |$)/g, '')
    .replace(/ +/g, ' ');

describeWithRedis('the drill on the first screen', () => {
  test('prints what the README shows of it', () => {
    const { code, stdout } = run('drill', ['single-zone', 'zone-redundant', 'instance-crash']);
    const shown =
      readme.split('npm run drill single-zone zone-redundant instance-crash\n```\n\n```\n')[1]?.split('```')[0] ?? '';
    expect(code).toBe(0);
    expect(repeated(shown).length).toBeGreaterThan(200);
    expect(repeated(stdout).startsWith(repeated(shown))).toBe(true);
  });
});

test('names the two commands that set up a fresh machine', () => {
  expect(blockAfter('No compiler, nothing global')).toBe('npm ci && npm run synth\nnpm ci && npm test\n');
});

const edited = !isDeepStrictEqual(settings, asItComes);
if (edited) process.stderr.write('SKIPPED: settings.ts is not as it comes, and the README shows what it gives then.\n');

(edited ? test.skip : test)('shows the difference that the toggle prints', () => {
  const block = readme.split('npm run compare zone-redundant zone-redundant,appService=on\n```')[1] ?? '';
  expect(/```\n([\s\S]*?)```/.exec(block)?.[1]).toBe(
    run('compare', ['zone-redundant', 'zone-redundant,appService=on']).stdout,
  );
});

test('links to files that exist', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)]
    .map(([, target]) => target as string)
    .filter((target) => !target.startsWith('http'));
  expect(links.length).toBeGreaterThan(3);
  expect(links.filter((target) => !fs.existsSync(path.join(root, target)))).toEqual([]);
});
