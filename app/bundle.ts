import { join } from 'node:path';

/**
 * Bundles the shop to one file that runs alone on Node 20, with nothing beside it: what the drill starts and what is
 * deployed. The same sources give the same bytes, wherever they lie.
 *
 * @param outfile path of the file to write; folders are made
 * @param sources folder of the sources (default: this one)
 */
export async function bundleApp(outfile: string, sources: string = __dirname): Promise<void> {
  // Loaded here: what may come to bundle, such as a drill, often has no need to.
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(sources, 'start.ts')],
    outfile,
    // Paths that end up in the output, as in licence comments, are relative to this.
    absWorkingDir: join(sources, '..'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    // The tsconfig.json above the sources must not change what comes out.
    tsconfigRaw: {},
    logLevel: 'silent', // A failure throws with the same text.
  });
}
