import { join } from 'node:path';
import { version as bundler } from 'esbuild/package.json';
import { BundleCache } from './bundleCache';
import { thirdPartyNotices } from './notices';

export interface Bundle {
  /**
   * Licences of the packages that are in it. Read only on request, because only those who distribute the bundle need
   * them.
   */
  notices(): string;
}

/** What decides, beside the sources, which bytes come out. */
const options = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  // The tsconfig.json above the sources must not change what comes out.
  tsconfigRaw: {},
} as const;

/**
 * Bundles the shop to one file that runs alone on Node 20, with nothing beside it: what the drill starts and what is
 * deployed. The same sources give the same bytes, wherever they lie.
 *
 * @param outfile path of the file to write; folders are made
 * @param sources folder of the sources (default: this one)
 */
export async function bundleApp(outfile: string, sources: string = __dirname): Promise<Bundle> {
  const root = join(sources, '..');
  const cache = new BundleCache(root, sources, JSON.stringify([bundler, options]));
  const kept = cache.take(outfile);
  if (kept) return { notices: () => thirdPartyNotices(root, kept) };
  // Loaded here, because a caller such as a drill often does not bundle in the end.
  const { build } = await import('esbuild');
  const { metafile } = await build({
    ...options,
    entryPoints: [join(sources, 'start.ts')],
    outfile,
    // Paths that end up in the output, as in licence comments, are relative to this.
    absWorkingDir: root,
    metafile: true,
    logLevel: 'silent', // A failure throws with the same text.
  });
  const contained = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    // A file that was read may leave nothing in the bundle, because unused code is dropped.
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  cache.keep(outfile, Object.keys(metafile.inputs), contained);
  return { notices: () => thirdPartyNotices(root, contained) };
}
