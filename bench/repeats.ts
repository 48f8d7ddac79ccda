import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { bundleApp } from '../app/bundle';
import { architectures } from '../commands/architectures';
import { drillOne } from '../drill/drill';
import type { FaultName } from '../drill/faults';

/**
 * Whether a drill repeats with its seed on a busy machine: each pair with five seeds, three times, beside a process that takes all
 * that it gets of a core. What is compared is the verdict, and shopper by shopper who lost a cart.
 *
 *     node -r ./commands/typescript.cjs bench/repeats.ts [most minutes, 25 where none are given]
 *
 * Takes long, so `npm run bench` leaves it out. A run that is not assessed says nothing, and is counted.
 */
const pairs: readonly (readonly [variant: string, fault: FaultName])[] = [
  ['zone-redundant', 'zone-loss'],
  ['multi-region-active-active', 'region-loss'],
  ['single-zone', 'instance-crash'],
  ['zone-redundant', 'redis-failover'],
  ['zone-redundant-sticky', 'instance-slow'],
  ['multi-region-sticky', 'region-loss'],
  ['zone-redundant-cookie', 'deploy'],
  ['multi-region-active-passive', 'region-loss'],
  ['zone-redundant', 'herd'],
  ['zone-redundant', 'packet-loss'],
];
const seeds = [1, 2, 3, 4, 5];
const times = 3;
const atATime = 2;

interface Job {
  readonly variant: string;
  readonly fault: FaultName;
  readonly seed: number;
}

async function main(): Promise<void> {
  const minutes = Number(process.argv[2] ?? 25);
  const until = performance.now() + minutes * 60_000;
  const folder = mkdtempSync(path.join(tmpdir(), 'steadystate-bench-'));
  const appFile = path.join(folder, 'app.cjs');
  const load = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  process.once('exit', () => load.kill('SIGKILL'));
  try {
    await bundleApp(appFile);
    const deployments = await architectures([...new Set(pairs.map(([variant]) => variant))]);
    const jobs: Job[] = Array.from({ length: times }, () =>
      seeds.flatMap((seed) => pairs.map(([variant, fault]) => ({ variant, fault, seed }))),
    ).flat();
    const found = new Map<string, Set<string>>();
    const counts = { runs: 0, met: 0, unmet: 0, notAssessed: 0 };
    const drillNext = async (): Promise<void> => {
      for (let job = jobs.shift(); job && performance.now() < until; job = jobs.shift()) {
        const { variant, fault, seed } = job;
        const name = `${variant}, ${fault}, seed ${seed}`;
        const deployment = deployments.find((each) => each.name === variant);
        if (!deployment) throw new Error(`no variant ${variant}`);
        counts.runs++;
        try {
          const outcome = await drillOne(deployment, fault, { seed, appFile, codeCache: `${appFile}.cache` });
          if (!('run' in outcome)) throw new Error(outcome.notApplicable);
          const { run, shoppers, destroyed, details } = outcome;
          if (run.met) counts.met++;
          else counts.unmet++;
          if (!run.met) console.log(`${name}: NOT as expected. ${details.surprises.slice(0, 3).join('; ')}`);
          const lost = shoppers.filter((each) => each.lost).map(({ id }) => id);
          const seen = found.get(name) ?? new Set<string>();
          found.set(name, seen.add(JSON.stringify({ met: run.met, lost, destroyed: [...destroyed].sort() })));
        } catch (error) {
          counts.notAssessed++;
          console.log(`${name}: not assessed. ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    };
    await Promise.all(Array.from({ length: atATime }, drillNext));
    const differing = [...found].filter(([, seen]) => seen.size > 1);
    for (const [name, seen] of differing) console.log(`${name}: differs. ${[...seen].join(' and ')}`);
    console.log(
      `${counts.runs} runs beside a load on ${availableParallelism()} cores: ${counts.met} as expected, ${counts.unmet} not, ${counts.notAssessed} not assessed; ${differing.length} of ${found.size} pairs with a seed differ${jobs.length > 0 ? `; ${jobs.length} left out for want of time` : ''}`,
    );
    process.exitCode = counts.unmet + differing.length > 0 ? 1 : 0;
  } finally {
    load.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
