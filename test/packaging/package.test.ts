import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { builtinModules } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { packageHashOf } from '../../app/packageHash';
import { buildPackage } from '../../packaging/build';
import { compilerOptions, hostOf, messageOf, writeTypes } from '../../packaging/types';
import { root } from '../support/commands/command';

// The package is packed by npm and used from an empty folder. Only what it declares is beside it there.
jest.setTimeout(300_000);

const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
const plan = path.join(root, 'test/architecture/plans/landing/plan.json');

let home: string;
let imported: readonly string[];
let packed: { readonly files: readonly { readonly path: string }[]; readonly filename: string };
beforeAll(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-installed-'));
  imported = await buildPackage(path.join(root, 'dist'));
  const pack = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', home], {
    ...{ cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
  });
  packed = JSON.parse(pack.stdout)[0];
  const modules = path.join(home, 'node_modules');
  fs.mkdirSync(path.join(modules, 'steadystate'), { recursive: true });
  const from = path.join(home, packed.filename);
  spawnSync('tar', ['-xzf', from, '-C', path.join(modules, 'steadystate'), '--strip-components=1']);
  for (const name of Object.keys(manifest.dependencies)) {
    fs.mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
    fs.symlinkSync(path.join(root, 'node_modules', name), path.join(modules, name), 'junction');
  }
});
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

function steadystate(words: readonly string[], before: readonly string[] = []) {
  const command = path.join(home, 'node_modules/steadystate', manifest.bin.steadystate);
  const { status, stdout, stderr } = spawnSync(process.execPath, [...before, command, ...words], {
    ...{ cwd: home, encoding: 'utf8' },
  });
  return { code: status, stdout, stderr };
}

/** Runs the command, and lists the packages that its files load. */
function watched(words: readonly string[]) {
  const watch = path.join(home, 'watch.cjs');
  fs.writeFileSync(
    watch,
    `const Module = require('node:module');
const load = Module._load;
const loaded = new Set();
Module._load = function (name, parent, ...rest) {
  if (/^[@a-z]/.test(name) && !Module.isBuiltin(name) && /dist.[a-z]+\\.js$/.test(parent.filename)) loaded.add(name);
  return load.call(this, name, parent, ...rest);
};
process.on('exit', () => require('node:fs').writeFileSync('loaded.json', JSON.stringify([...loaded].sort())));
`,
  );
  const ended = steadystate(words, ['-r', watch]);
  const packages: string[] = JSON.parse(fs.readFileSync(path.join(home, 'loaded.json'), 'utf8'));
  return { ...ended, packages };
}

test('its dependencies are the packages that it imports, no more and no fewer', () => {
  const others = imported.filter((name) => !builtinModules.includes(name));
  expect(others).toEqual(Object.keys(manifest.dependencies).sort());
});

test('it ships what runs, and no source and no test', () => {
  const files = packed.files.map(({ path: file }) => file).sort();
  expect(files.filter((file) => !file.startsWith('dist/'))).toEqual([
    'LICENSE',
    'README.md',
    'package.json',
    'packaging/prepare.cjs',
  ]);
  expect(files.filter((file) => /(?<!\.d)\.ts$|test/.test(file))).toEqual([]);
  expect(fs.statSync(path.join(root, 'dist/steadystate.js')).mode & 0o111).toBe(
    process.platform === 'win32' ? 0 : 0o111,
  );
  for (const { path: file } of packed.files)
    expect([file, fs.readFileSync(path.join(root, file), 'utf8').includes(root)]).toEqual([file, false]);
});

test('it has a bill of materials that names each package in the bundle of the shop, as its notices do', () => {
  const read = (name: string) => fs.readFileSync(path.join(root, 'dist', name));
  const bill = JSON.parse(read('shop-sbom.cdx.json').toString());
  expect([bill.bomFormat, bill.specVersion]).toEqual(['CycloneDX', '1.6']);
  expect(bill.metadata.component).toMatchObject({
    name: 'shop',
    version: manifest.version,
    hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(read('shop.js')).digest('hex') }],
  });
  const purls: string[] = bill.components.map(({ purl }: { purl: string }) => purl);
  const version = JSON.parse(fs.readFileSync(path.join(root, 'node_modules/express/package.json'), 'utf8')).version;
  expect(purls).toContain(`pkg:npm/express@${version}`);
  expect(purls.some((purl) => purl.startsWith('pkg:npm/%40'))).toBe(true);
  expect(purls.length).toBe(
    read('shop-notices.txt')
      .toString()
      .split(`${'-'.repeat(80)}\n`).length - 1,
  );
  expect(bill.dependencies).toEqual([{ ref: 'shop', dependsOn: purls }]);
});

test('it says its version, and what it can do', () => {
  expect(steadystate(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  expect(steadystate(['export', '--version']).stdout).toBe(`${manifest.version}\n`);
  expect(steadystate(['--help']).stdout).toContain('Usage: steadystate <command>');
});

test('help, and a word that is refused, load what reads and wraps words, and nothing else', () => {
  const help = watched(['help', 'review']);
  expect(help.stdout).toContain('Usage: steadystate review [options] [variant...]');
  expect(help.packages).toEqual(['commander', 'wrap-ansi']);
  const refused = watched(['export', '--nonsense']);
  expect([refused.code, refused.packages]).toEqual([2, ['commander']]);
});

test.each([
  [[], 'nothing'],
  [['reveiw'], '"reveiw"'],
  [['toString'], '"toString"'],
])('%j is one error that lists the commands, and exit code 2', (words, given) => {
  const { code, stdout, stderr } = steadystate(words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toBe(
    `error: \`command\` must be one of review, compare, comment, drill, lab, synth, export, ship, prices, completion, got: ${given}. Run steadystate --help for what each does.\n`,
  );
});

test('it reviews and compares plans from an empty folder, and loads no CDKTF for that', () => {
  const reviewed = watched(['review', plan, '--json']);
  expect([reviewed.code, reviewed.stderr]).toEqual([0, '']);
  expect(reviewed.packages.filter((name) => /cdktf|constructs/.test(name))).toEqual([]);
  expect(Object.keys(JSON.parse(reviewed.stdout)).length).toBeGreaterThan(0);
  const other = path.join(root, 'test/architecture/plans/regions/plan.json');
  expect(steadystate(['compare', plan, other]).code).toBe(0);
});

const [, program = ''] = /```ts\n([\s\S]+?)```/.exec(fs.readFileSync(path.join(root, 'docs/library.md'), 'utf8')) ?? [];

test('the program of docs/library.md compiles with the types of the package, and a mistake in it does not', () => {
  const types = path.join(home, 'node_modules/steadystate/dist/types');
  const files = new Map<string, ts.SourceFile | undefined>();
  // Unchecked, because the sources are checked already: what is tested is what comes out.
  writeTypes({ folder: types, checked: false, files });
  const [right, wrong] = ['portal.ts', 'mistake.ts'].map((name) => path.join(home, name)) as [string, string];
  fs.writeFileSync(right, program);
  fs.writeFileSync(wrong, program.replace("sessionStore: 'redis'", "sessionStore: 'memcached'"));
  const options = { ...compilerOptions(), types: [], skipLibCheck: false };
  const compiled = ts.createProgram([right, wrong], options, hostOf(options, files));
  const problems = (of: (file: ts.SourceFile) => boolean) =>
    compiled
      .getSourceFiles()
      .filter(of)
      .flatMap((file) => [...compiled.getSyntacticDiagnostics(file), ...compiled.getSemanticDiagnostics(file)]);
  const own = compiled.getSourceFiles().filter(({ fileName }) => fileName.includes('/steadystate/dist/types/'));
  expect(own.length).toBeGreaterThan(20);
  expect(messageOf(problems((file) => own.includes(file) || path.basename(file.fileName) === 'portal.ts'))).toBe('');
  expect(messageOf(problems((file) => path.basename(file.fileName) === 'mistake.ts'))).toMatch(
    /^[^\n]*mistake\.ts\(\d+,\d+\): error TS2322: Type '"memcached"' is not assignable to type [^\n]+\n$/,
  );
  for (const { text } of own) {
    expect(text).not.toContain(root);
    const packages = [...text.matchAll(/(?:from|import\() ?['"]([^.'"][^'"]*)['"]/g)].map(([, name = '']) =>
      name.split('/', name.startsWith('@') ? 2 : 1).join('/'),
    );
    expect(packages.filter((name) => !(name in manifest.dependencies))).toEqual([]);
  }
  const modern = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const { resolvedModule } = ts.resolveModuleName('steadystate', right, modern, ts.sys);
  expect(resolvedModule?.resolvedFileName).toBe(path.join(fs.realpathSync(types), 'stacks/index.d.ts'));
});

test('the program of docs/library.md builds a stack of its own from the constructs', () => {
  const { outputText } = ts.transpileModule(program, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  fs.writeFileSync(path.join(home, 'portal.mjs'), outputText);
  const { status, stderr } = spawnSync(process.execPath, ['--no-deprecation', 'portal.mjs'], {
    cwd: home,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const { resource } = JSON.parse(fs.readFileSync(path.join(home, 'cdktf.out/stacks/portal/cdk.tf.json'), 'utf8'));
  const [gateway] = Object.values<Record<string, unknown>>(resource.azurerm_application_gateway);
  expect(gateway).toMatchObject({ name: 'agw-portal-prod-swedencentral', location: 'swedencentral' });
  const [app] = Object.values<Record<string, unknown>>(resource.azurerm_linux_web_app);
  expect(app?.app_settings).toMatchObject({ SESSION_STORE: 'redis' });
});

test('the rule of docs/own-rules.md passes its test, and the review asks it', () => {
  const page = fs.readFileSync(path.join(root, 'docs/own-rules.md'), 'utf8');
  const [rule = '', ruleTest = ''] = [...page.matchAll(/```js\n([\s\S]+?)```/g)].map(([, text]) => text as string);
  fs.mkdirSync(path.join(home, 'rules'));
  fs.writeFileSync(path.join(home, 'rules/costCenter.mjs'), rule);
  fs.writeFileSync(path.join(home, 'rules/costCenter.test.mjs'), ruleTest);
  // What `node --test rules/` runs, without a process for each file.
  const { status, stdout } = spawnSync(process.execPath, ['rules/costCenter.test.mjs'], {
    cwd: home,
    encoding: 'utf8',
  });
  expect([status, /^# pass (\d+)$/m.exec(stdout)?.[1]]).toEqual([0, '3']);
  fs.writeFileSync(
    path.join(home, 'steadystate.config.mjs'),
    "export default { rules: 'rules', review: { gate: true } };\n",
  );
  const reviewed = steadystate(['review', plan]);
  fs.rmSync(path.join(home, 'steadystate.config.mjs'));
  expect(reviewed.code).toBe(1);
  expect(reviewed.stderr).toContain('team-cost-center at azurerm_service_plan.');
});

test('it completes its words, their options and what these take', () => {
  const { code, stdout, packages } = watched(['completion', 'bash']);
  // What declares all words, and nothing of what runs them.
  expect([code, packages]).toEqual([0, ['commander']]);
  const script = path.join(home, 'completion.bash');
  fs.writeFileSync(script, stdout);
  const typed = [
    ['steadystate', 're'],
    ['steadystate', 'drill', 'zone-l'],
    ['steadystate', 'review', '--pillar', 'rel'],
    ['steadystate', 'export', '--o'],
    ['steadystate', 'review', '--usage', ''],
  ];
  const asked = typed.map(
    (line) =>
      `COMP_WORDS=(${line.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${line.length - 1}; _steadystate; echo "\${COMPREPLY[*]}"`,
  );
  const completed = spawnSync('bash', ['-c', [`source ${script}`, ...asked].join('\n')], { encoding: 'utf8' });
  expect(completed.stdout.split('\n')).toEqual(['review', 'zone-loss', 'reliability', '--out', '', '']);
});

test('its messages name the command as it is typed here', () => {
  const { code, stderr } = steadystate(['compare', plan]);
  expect(code).toBe(2);
  expect(stderr).toContain('steadystate compare single-zone zone-redundant');
  expect(stderr).not.toContain('npm run');
  const left = packed.files
    .filter(({ path: file }) => /^dist\/[a-z]+\.js$/.test(file) && !/shop\.js$/.test(file))
    .flatMap(({ path: file }) => fs.readFileSync(path.join(root, file), 'utf8').match(/^.*npm run .*$/gm) ?? [])
    .filter((line) => !/^\s*\*/.test(line));
  // Terraform's bytes are those that the sources write.
  expect(left.filter((line) => !line.includes('description: "What `npm run ship` reads'))).toEqual([]);
});

test('a synth writes the same Terraform and the same app as the sources do', () => {
  const [ours, theirs] = [path.join(home, 'ours'), path.join(home, 'theirs')];
  expect(steadystate(['synth', 'zone-redundant', '--out', theirs]).code).toBe(0);
  const script = path.join(root, 'commands/synth.ts');
  spawnSync(process.execPath, ['-r', './commands/typescript.cjs', script, 'zone-redundant', '--out', ours], {
    cwd: root,
  });
  const filesOf = (folder: string) =>
    (fs.readdirSync(folder, { recursive: true }) as string[])
      .filter((name) => fs.statSync(path.join(folder, name)).isFile())
      .sort()
      .map((name) => [name, packageHashOf(fs.readFileSync(path.join(folder, name)))]);
  expect(filesOf(theirs).length).toBeGreaterThan(1);
  expect(filesOf(theirs)).toEqual(filesOf(ours));
});
