import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { type DrillResult, isCompleted } from '../drill/report/result';

/** How long the drill takes that names nothing, and every variant under every fault: the commands that people type, start to end. */
const drills = [
  { name: 'npm run drill', words: [], mostSeconds: 45 },
  { name: 'npm run drill -- --all', words: ['--all'], mostSeconds: 360 },
] as const;

const root = path.join(__dirname, '..');

for (const { name, words, mostSeconds } of drills) {
  const begun = performance.now();
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['-r', './commands/typescript.cjs', 'commands/drill.ts', ...words, '--json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const seconds = (performance.now() - begun) / 1000;
  // A drill that cannot begin says why, and prints no result.
  if (stdout === '') throw new Error(`${name} failed: ${stderr}`);
  const { runs } = JSON.parse(stdout) as DrillResult;
  const completed = runs.filter(isCompleted);
  const met = completed.filter((run) => run.met).length;
  const unfinished = runs.filter((run) => 'notAssessed' in run).length;
  console.log(
    `${name}: ${seconds.toFixed(0)} s on ${availableParallelism()} cores, and at most ${mostSeconds} s are wanted on two; ${met} of ${completed.length} runs as expected, ${unfinished} not assessed`,
  );
}
