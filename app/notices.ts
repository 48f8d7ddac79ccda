import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The part of `package.json` that a notice needs. */
interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly license?: unknown;
  readonly repository?: unknown;
}

const rule = `${'-'.repeat(80)}\n`;

const preface = `The shop is one file that contains parts of the packages below. Each is listed with its version, the
licence that its package.json states, and the text that comes with it.
`;

/**
 * The notices of every package of which something is in a bundle, sorted by name and version. The same packages give the
 * same text, wherever they lie.
 *
 * @param root folder that `files` are relative to
 * @param files what the bundle was made of, as esbuild names it: with forward slashes
 * @throws Error when a package does not state its licence: then nobody may be given the bundle
 */
export function thirdPartyNotices(root: string, files: readonly string[]): string {
  const notices = new Map<string, string>();
  for (const folder of new Set(files.flatMap(packageFolder))) {
    const { title, text } = noticeOf(join(root, folder));
    notices.set(title, text);
  }
  const titles = [...notices.keys()].sort();
  return [preface, ...titles.map((title) => `${rule}${title}\n\n${notices.get(title)}`)].join('\n');
}

/** The folder of the package that a file belongs to; none: it is one of the shop's own. */
const packageFolder = (file: string): readonly string[] => {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  return found === undefined ? [] : [found];
};

function noticeOf(folder: string): { readonly title: string; readonly text: string } {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license } = manifest;
  if (typeof license !== 'string' || license === '')
    throw new Error(
      `\`license\` in package.json of ${name} ${version} must be a licence, got: ${JSON.stringify(license) ?? 'nothing'}. ` +
        'The shop must not contain a package that does not state one. Replace the package.',
    );
  const files = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice|thirdpartynotice)/i.test(file))
    .sort();
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  if (texts.length === 0)
    texts.push(`This package comes without the text of its licence. Source: ${sourceOf(manifest)}`);
  return { title: `${name} ${version} (${license})`, text: `${texts.join('\n\n')}\n` };
}

/** Where a package says that its source is: an address, alone or in an object. */
function sourceOf({ name, repository }: Manifest): string {
  const url =
    typeof repository === 'object' && repository !== null ? (repository as { readonly url?: unknown }).url : repository;
  return typeof url === 'string' && url !== '' ? url : `https://www.npmjs.com/package/${name}`;
}
