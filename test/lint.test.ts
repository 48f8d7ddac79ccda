import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './support/commands/command';

/** Imports by the folder that they stand in. */
const forbidden: readonly [string, string][] = [
  ['stacks', '../review/review'],
  ['stacks', '../drill/drill'],
  ['stacks', '../architecture/read'],
  ['stacks', '../app/app'],
  ['stacks', '../main'],
  ['stacks', '../synthesis/request'],
  ['stacks', '../app/bundle'],
  ['synthesis', '../review/review'],
  ['synthesis', '../app/app'],
  ['synthesis', '../main'],
  ['architecture', '../synthesis/synthesize'],
  ['review', '../synthesis/synthesize'],
  ['drill', '../synthesis/synthesize'],
  ['app', '../synthesis/appPackage'],
  ['stacks/region', '../../review/review'],
  ['architecture', '../review/review'],
  ['architecture', 'cdktf'],
  ['review', '../stacks/naming'],
  ['review/rules', '../../stacks/naming'],
  ['review', '../main'],
  ['review', '../settings'],
  ['review', '@cdktf/provider-azurerm/lib/linux-web-app'],
  ['drill', '../stacks/naming'],
  ['drill', '../review/review'],
  ['drill', 'constructs'],
  ['drill', '../app/catalogue'],
  ['drill/redis', '../../app/stores/redisConnection'],
  ['drill/fleet', '../../app/start'],
  ['report', '../review/review'],
  ['report', '../architecture/deployment'],
  ['stacks', '../report/layout'],
  ['architecture', '../report/layout'],
  ['app', '../report/layout'],
  ['drill/judging', '../frontends/frontDoor'],
  ['drill/judging', '../platform/clock'],
  ['drill/judging', '../redis/caches'],
  ['drill/judging', '../fleet/fleet'],
  ['drill/judging', '../plan/fleetPlan'],
  ['drill/judging', '../running/scene'],
  ['drill/judging', '../shoppers/shopper'],
  ['drill/judging', '../../stacks/naming'],
  ['drill/judging', '../../app/bundle'],
  ['lab', '../stacks/naming'],
  ['lab', '../main'],
  ['lab', '../commands/exit'],
  ['lab/side', '../../app/catalogue'],
  ['lab/page', '../side/side'],
  ['lab/page', '../../drill/drill'],
  ['lab/page', 'node:fs'],
  ['drill', '../lab/lab'],
  ['review', '../lab/lab'],
  ['ship', '../stacks/naming'],
  ['ship', '../synthesis/synthesize'],
  ['synthesis', '../ship/ship'],
  ['ship', '../architecture/read'],
  ['ship', '../app/app'],
  ['ship', '../settings'],
  ['stacks', '../ship/ship'],
  ['review', '../ship/ship'],
  ['app', '../architecture/read'],
  ['app/stores', '../../stacks/naming'],
  ['app', '../sessions/stores'],
  ['app/stores', '../../sessions/stores'],
  ['sessions', '../stacks/naming'],
  ['sessions', '../inputError'],
  ['sessions', 'cdktf'],
  ['stacks', '@cdktf/provider-azurerm'],
  ['stacks', '@cdktf/provider-azurerm/lib'],
  ['stacks', '@cdktf/provider-azurerm/lib/index'],
];
const allowed: readonly [string, string][] = [
  ['stacks', '@cdktf/provider-azurerm/lib/linux-web-app'],
  ['synthesis', '../app/bundle'],
  ['synthesis', '../app/packageHash'],
  ['synthesis', '../stacks/naming'],
  ['commands', '../synthesis/synthesize'],
  ['ship', '../inputError'],
  ['review', '../architecture/known'],
  ...['stacks', 'architecture', 'review', 'drill', 'commands'].map((room): [string, string] => [
    room,
    '../sessions/stores',
  ]),
  ['review/report', '../../report/layout'],
  ['drill/report', '../../report/layout'],
  ['drill', '../app/bundle'],
  ['lab', '../app/bundle'],
  ['lab', '../drill/drill'],
  ['lab/export', '../../report/html'],
  ['lab/page', '../messages'],
  ['lab/page', './element'],
  ['drill/judging', '../../architecture/deployment'],
  ['drill/judging', '../../sessions/stores'],
  ['drill/judging', '../plan/assumptions'],
  ['drill/redis', '../../app/redisProgram'],
  // A folder or file of the same letters is none of the app's.
  ['drill/frontends', './appService'],
];

const using = (from: string) => `import { thing } from '${from}';\n\nconsole.log(thing);\n`;
/** Each file of a circle imports the next; the last imports the first. */
const circles: readonly (readonly [what: string, files: readonly string[], using: (from: string) => string])[] = [
  ['of two files', ['stacks/one.ts', 'stacks/entry/two.ts'], using],
  ['of three files', ['review/one.ts', 'review/two.ts', 'review/report/three.ts'], using],
  [
    'of types alone',
    ['drill/one.ts', 'drill/fleet/two.ts'],
    (from) => `import type { Thing } from '${from}';\n\nexport type Other = Thing;\n`,
  ],
];

const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'steadystate-lint-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const write = (file: string, code: string) => {
  fs.mkdirSync(path.dirname(path.join(scratch, file)), { recursive: true });
  fs.writeFileSync(path.join(scratch, file), code);
};

/** Rules broken, by file, in one run of Biome with the project's own configuration. */
const broken = (() => {
  const { vcs: _, $schema: __, ...configuration } = JSON.parse(fs.readFileSync(path.join(root, 'biome.json'), 'utf8'));
  write('biome.json', JSON.stringify(configuration));
  for (const [index, [folder, from]] of [...forbidden, ...allowed].entries())
    write(`${folder}/case${index}.ts`, using(from));
  for (const [, files, code] of circles)
    for (const [index, file] of files.entries()) {
      const next = path.posix.relative(path.posix.dirname(file), files[(index + 1) % files.length] as string);
      write(file, code(`${next.startsWith('.') ? '' : './'}${next.replace(/\.ts$/, '')}`));
    }
  write('review/backdoor.ts', "const thing = require('../stacks/naming');\n\nconsole.log(thing);\n");
  const biome = path.join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const { stdout } = spawnSync(process.execPath, [biome, 'lint', '--reporter=github', '--max-diagnostics=none'], {
    cwd: scratch,
    encoding: 'utf8',
  });
  const rules = new Map<string, string[]>();
  for (const [, rule = '', reported = ''] of stdout.matchAll(/title=(lint\/[^,]+),file=([^,]+),/g)) {
    const file = path.relative(scratch, reported).replaceAll('\\', '/');
    rules.set(file, [...(rules.get(file) ?? []), rule]);
  }
  return (file: string) => rules.get(file) ?? [];
})();

test.each(forbidden.map(([folder, from], index) => [folder, from, index] as const))(
  '%s may not import %s',
  (folder, _, index) => expect(broken(`${folder}/case${index}.ts`)).toEqual(['lint/style/noRestrictedImports']),
);

test.each(allowed.map(([folder, from], index) => [folder, from, forbidden.length + index] as const))(
  '%s may import %s',
  (folder, _, index) => expect(broken(`${folder}/case${index}.ts`)).toEqual([]),
);

test.each(circles)('a circle %s is refused at each of its imports', (_, files) => {
  for (const file of files) expect(broken(file)).toContain('lint/suspicious/noImportCycles');
});

test('require does not get around the import rules', () =>
  expect(broken('review/backdoor.ts')).toEqual(['lint/style/noCommonJs']));
