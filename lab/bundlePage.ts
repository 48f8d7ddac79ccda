import { join } from 'node:path';

/** The script of the page as one text, with nothing beside it. The same sources give the same text. */
export async function bundlePage(): Promise<string> {
  // Loaded here: nothing else of the lab needs the bundler.
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'page', 'main.ts')],
    absWorkingDir: __dirname,
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    tsconfigRaw: {},
    logLevel: 'silent', // A failure throws with the same text.
  });
  return outputFiles[0]?.text ?? '';
}
