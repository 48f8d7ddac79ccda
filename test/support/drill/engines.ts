/** Runs the exported load test on several engines, as Locust does: a master that sends nothing, and workers that share the shoppers. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endChild, startChild, waitForLine } from '../../../drill/fleet/children';
import { exportedFiles } from '../../../drill/scale/exported';
import { planScale } from '../../../drill/scale/plan';
import { bundledShop } from '../../app/bundled';
import { until } from '../until';
import { variant } from './variants';

const workers = ['worker-0.log', 'worker-1.log'] as const;

export interface EngineLogs {
  /** Text of each worker's log, then that of the master. */
  readonly workers: readonly string[];
  readonly master: string;
}

/** @param endsOne whether a worker ends once carts are filled. It says goodbye, so that Locust replaces its shoppers at once; of one that is killed it learns after a minute */
export async function onTwoEngines(locust: string, shoppers: number, endsOne: boolean): Promise<EngineLogs> {
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-engines-'));
  const shop = await startChild(process.execPath, [await bundledShop()], { PATH: process.env.PATH, PORT: '0' });
  const engines: ChildProcess[] = [];
  const log = (name: string): string => readFileSync(join(folder, name), { encoding: 'utf8', flag: 'a+' });
  try {
    const [, port] = await waitForLine(shop, /http:\/\/localhost:(\d+)/, 20_000, new AbortController().signal);
    const asked = { seed: 7, shoppers, address: `http://127.0.0.1:${port}`, watchSeconds: 60 };
    const plan = planScale(variant('single-zone'), asked);
    const short = { fillSeconds: 10, watchSeconds: endsOne ? 15 : 2, auditSeconds: 5 };
    for (const [name, text] of exportedFiles({ ...plan, ...short, engines: 2, thinkMs: [100, 300] }))
      writeFileSync(join(folder, name), text);
    const masterPort = String(await freePort());
    const start = (name: string, words: readonly string[]) => {
      const child = spawn(locust, ['-f', 'locustfile.py', '--logfile', name, ...words], {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder },
        stdio: 'ignore',
      });
      engines.push(child);
      return { child, ended: new Promise<void>((resolve) => void child.once('exit', () => resolve())) };
    };
    const seconds = short.fillSeconds + short.watchSeconds + short.auditSeconds;
    const run = [
      '--headless',
      '--users',
      `${shoppers}`,
      '--spawn-rate',
      `${shoppers}`,
      '--run-time',
      `${seconds + 5}s`,
    ];
    const master = start('master.log', [
      ...['--master', '--master-bind-host', '127.0.0.1', '--master-bind-port', masterPort],
      ...['--expect-workers', '2', ...run],
    ]);
    const [, victim] = workers.map((name) => start(name, ['--worker', '--master-port', masterPort]));
    if (endsOne) {
      await until('carts are filled at worker 1', () => log('worker-1.log').includes('carts are filled'));
      victim?.child.kill('SIGTERM');
    }
    await master.ended;
    return { workers: workers.map(log), master: log('master.log') };
  } finally {
    for (const engine of engines) engine.kill('SIGKILL');
    await endChild(shop);
    rmSync(folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  const probe = createServer();
  return new Promise((resolve) =>
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    }),
  );
}
