import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { bundleApp } from '../app/bundle';
import { words as meanings } from '../commands/words';
import { bundlePage } from '../lab/bundlePage';
import { version } from '../package.json';
import { prebuiltFiles } from './prebuiltApp';
import { prebuiltPageFile } from './prebuiltPage';
import { sbomFile, sbomOf } from './sbom';
import { writeTypes } from './types';

// Builds what `npm pack` ships into dist/: one file for the command, one for each of its words, the constructs, the shop as one file, and
// the data that they read. The packages that they need stay outside, and are dependencies of the package.

const root = join(__dirname, '..');

/** Words of the command, each with a file in `commands/`. */
const words = Object.keys(meanings);

/** Files that are read or run by their path beside the code. */
const beside = [
  'review/suppressions.json',
  'review/cost/retail-prices.json',
  'commands/nodeVersion.cjs',
  'drill/fleet/reaperProcess.cjs',
  'drill/fleet/starter.cjs',
  'drill/scale/cookies.py',
  'drill/scale/locustfile.py',
  'drill/scale/shopper.py',
];

/** In the package the shop is bundled already, and so is the lab's page. */
const prebuilt: Plugin = {
  name: 'prebuilt app and page',
  setup({ onResolve }) {
    onResolve({ filter: /\/app\/bundle$/ }, () => ({ path: join(root, 'packaging/prebuiltApp.ts') }));
    onResolve({ filter: /\/bundlePage$/ }, () => ({ path: join(root, 'packaging/prebuiltPage.ts') }));
  },
};

/** As messages say how to type a word in the sources; the dashes that npm needs before options belong to it. */
const asScript = /npm run (\w+|\$\{\w+\})(?: --(?= ))?/g;

/**
 * Messages name the command as it is typed where the package is installed. What goes into Terraform stays as it is: the
 * package writes the same bytes as the sources.
 */
const typedWords: Plugin = {
  name: 'words as they are typed',
  setup({ onLoad }) {
    onLoad(
      { filter: /(commands|review|drill|lab|report|ship|export|synthesis|stacks[\\/]settings)[\\/].*\.ts$/ },
      ({ path }) => ({
        contents: readFileSync(path, 'utf8').replace(asScript, (found, word) =>
          words.includes(word) || word.startsWith('$') ? `steadystate ${word}` : found,
        ),
        loader: 'ts',
      }),
    );
  },
};

/**
 * Packages take longer to load than a command's help may take, and most words need few of them: CDKTF a second. So each is
 * loaded when something of it is first used. The help itself uses commander.
 */
const loadedOnUse = /(= ?)((?:__toESM\()?require\("(?!node:|commander")[@\w][^"]*"\)\)?)/g;
const loadOnUse =
  'const loadOnUse = (load) => { let loaded; return new Proxy({}, { get: (_, name) => (loaded ??= load())[name] }); };';

/** Completion names what every word takes, and runs none of them. */
const wordsOnly: Plugin = {
  name: 'words without their work',
  setup({ onResolve }) {
    onResolve({ filter: /\/work\/\w+$/ }, ({ path }) => ({ path, external: true }));
  },
};

const options = (folder: string, plugins: Plugin[] = []) =>
  ({
    outdir: folder,
    absWorkingDir: root,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    metafile: true,
    define: { STEADYSTATE_PACKAGED: 'true' },
    plugins: [prebuilt, typedWords, ...plugins],
    logLevel: 'error',
  }) satisfies BuildOptions;

/**
 * @param folder to write to, emptied before
 * @returns names of the packages that the files import
 */
export async function buildPackage(folder: string): Promise<readonly string[]> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { completion, ...others } = Object.fromEntries(words.map((word) => [word, join(root, `commands/${word}.ts`)]));
  const { metafile } = await build({
    ...options(folder),
    entryPoints: {
      ...others,
      command: join(root, 'commands/steadystate.ts'),
      // The constructs, for programs that import the package.
      index: join(root, 'stacks/index.ts'),
      // What rules of a team are written with.
      rules: join(root, 'review/rules/library.ts'),
    },
  });
  await build({ ...options(folder, [wordsOnly]), entryPoints: { completion: completion ?? '' } });
  for (const word of words) {
    const file = join(folder, `${word}.js`);
    const code = readFileSync(file, 'utf8').replace(loadedOnUse, '$1loadOnUse(() => $2)');
    writeFileSync(file, `${loadOnUse}\n${code}`);
  }
  // A file of its own: an old Node would stop at the syntax of the rest before it could say why.
  const bin = join(folder, 'steadystate.js');
  copyFileSync(join(root, 'packaging/bin.cjs'), bin);
  chmodSync(bin, 0o755);
  for (const file of beside) copyFileSync(join(root, file), join(folder, file.split('/').at(-1) ?? ''));
  const shop = await bundleApp(join(folder, prebuiltFiles.app));
  const notices = shop.notices();
  writeFileSync(join(folder, prebuiltFiles.notices), notices);
  writeFileSync(join(folder, sbomFile), sbomOf(notices, readFileSync(join(folder, prebuiltFiles.app)), version));
  writeFileSync(join(folder, prebuiltPageFile), await bundlePage());
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const packages = imported.filter((path) => !/^(node:|\.|\/)/.test(path)).map(packageOf);
  return [...new Set(packages)].sort();
}

const packageOf = (path: string): string => path.split('/', path.startsWith('@') ? 2 : 1).join('/');

// Types take longer than all the rest, so only a package that leaves here has them.
if (require.main === module)
  buildPackage(join(root, 'dist'))
    .then(() => writeTypes({ folder: join(root, 'dist/types'), checked: true }))
    .catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
