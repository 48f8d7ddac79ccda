import fs from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { measure } from './run';

/**
 * What a synth costs, as ratios in one run: against the same program compiled beforehand (goal at most 1.5, limit for now
 * 3), and against a naive program with one stack (at least 8 times faster).
 */
const root = path.join(__dirname, '..');
const notRooms = ['bench', 'dist', 'docs', 'node_modules', 'test'];
const rooms = fs
  .readdirSync(root, { withFileTypes: true })
  .filter((one) => one.isDirectory() && !/^\.|^cdktf\.out|^dist-/.test(one.name) && !notRooms.includes(one.name))
  .map(({ name }) => name);
// Beside the sources, so that the compiled program resolves the same packages.
const compiled = fs.mkdtempSync(path.join(root, 'dist-bench-'));
try {
  buildSync({
    // Every room, since any may come to be imported.
    entryPoints: ['*.ts', ...rooms.map((room) => `${room}/**/*.ts`)].map((glob) => path.join(root, glob)),
    outdir: compiled,
    outbase: root,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // Not of modules, which would want file names with endings.
    supported: { 'dynamic-import': false },
    logLevel: 'error',
  });
  // The app is bundled from its sources by either program.
  fs.cpSync(path.join(root, 'app'), path.join(compiled, 'app'), { recursive: true });
  const rounds = 5;
  const [ours, precompiled, naive] = measure(
    [
      {
        name: 'npm run synth, all variants',
        args: (out) => [
          '-r',
          path.join(root, 'commands', 'typescript.cjs'),
          path.join(root, 'commands/synth.ts'),
          '--out',
          out,
        ],
      },
      {
        name: 'the same, compiled beforehand',
        args: (out) => [path.join(compiled, 'commands/synth.js'), '--out', out],
      },
      {
        name: 'naive program, one stack',
        args: () => ['-r', 'ts-node/register', path.join(__dirname, 'naive/main.ts')],
        env: (out) => ({ CDKTF_OUTDIR: out, TS_NODE_PROJECT: path.join(__dirname, 'naive/tsconfig.json') }),
      },
    ],
    rounds,
  );
  if (!ours || !precompiled || !naive) throw new Error('nothing measured');
  console.log(
    `Synth: median of ${rounds} runs by turns, one more of each not counted; Node ${process.version}; without the start of npm itself\n`,
  );
  for (const { name, seconds, fastest, slowest, peakMiB } of [ours, precompiled, naive])
    console.log(
      `${name.padEnd(30)} ${seconds.toFixed(2).padStart(6)} s  (${fastest.toFixed(2)} to ${slowest.toFixed(2)})  ${peakMiB.toFixed(0).padStart(5)} MiB`,
    );
  console.log(`
against compiled beforehand    ${(ours.seconds / precompiled.seconds).toFixed(2)} times as long   (limit 3, goal 1.5)
against the naive program      ${(naive.seconds / ours.seconds).toFixed(1)} times faster   (at least 8)
peak memory                    ${ours.peakMiB.toFixed(0)} MiB   (under 300)`);
} finally {
  fs.rmSync(compiled, { recursive: true, force: true });
}
