/** Runs the exported load test with the real Locust against the drill's own fleet, with a fault in the middle. */

import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployment } from '../../../architecture/deployment';
import { type FaultName, faults } from '../../../drill/faults';
import { planFleet } from '../../../drill/plan/fleetPlan';
import type { DrillReport } from '../../../drill/report/result';
import { randomFrom } from '../../../drill/running/random';
import { onScene, type Scene } from '../../../drill/running/scene';
import { stageOf } from '../../../drill/running/stage';
import { type Collected, collect } from '../../../drill/scale/collected';
import { exportedFiles } from '../../../drill/scale/exported';
import { judgeCollected } from '../../../drill/scale/judged';
import { planScale } from '../../../drill/scale/plan';
import { readResult } from '../../../drill/scale/results';
import { redisServerPath } from '../redis';
import { shop } from './shop';

export interface LoadTested {
  readonly collected: Collected;
  readonly report: DrillReport;
}

export interface LoadTest {
  readonly seed: number;
  readonly shoppers: number;
  readonly timeScale: number;
  /** Path of the program. */
  readonly locust: string;
}

/** The region of a deployment with one. @throws if Locust fails */
export async function loadTest(
  deployment: Deployment,
  fault: FaultName,
  { seed, shoppers, timeScale, locust }: LoadTest,
): Promise<LoadTested> {
  const plan = planFleet(deployment);
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  const options = {
    ...{ seed, shoppers, timeScale, redisServer: redisServerPath() ?? null },
    ...(await shop()),
    ...{ signal: new AbortController().signal, onProgress: () => undefined },
  };
  const folder = mkdtempSync(join(tmpdir(), 'steadystate-locust-'));
  try {
    return await onScene(plan, options, async (scene) => {
      const [region] = plan.regions;
      const address = `http://127.0.0.1:${scene.entry.portNear(region?.name ?? '')}`;
      const scale = planScale(deployment, { seed, shoppers, address, watchSeconds: 60 });
      for (const [name, text] of exportedFiles({ ...scale, thinkMs: [100, 300] }))
        writeFileSync(join(folder, name), text);
      copyFileSync(join(__dirname, 'inTurn.py'), join(folder, 'in_turn.py'));
      const control = await controlOf(scene, fault);
      try {
        await runLocust(locust, folder, { CONTROL: control.address, TYPED_HOST: plan.typedHost }, shoppers);
      } finally {
        await control.close();
      }
      const log = join(folder, 'locust.log');
      const collected = collect(log, readResult(log));
      return { collected, report: judgeCollected(collected, { fault, deployment }) };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the shoppers ask of the drill beside the shop: to forget its counts, and to break something. */
async function controlOf(
  scene: Scene,
  fault: FaultName,
): Promise<{ readonly address: string; close(): Promise<void> }> {
  const act: Readonly<Record<string, () => Promise<void>>> = {
    '/even-out': async () => scene.entry.evenOut(),
    '/filled': () => strike(scene, fault),
  };
  const server = createServer((request, response) => {
    const done = act[request.url ?? '']?.() ?? Promise.reject(new Error(`no ${request.url}`));
    done.then(
      () => response.writeHead(204).end(),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    address: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As a run of the drill strikes. */
async function strike(scene: Scene, fault: FaultName): Promise<void> {
  const { plan, options, clock, entry } = scene;
  const stage = stageOf(scene, faults[fault], []);
  clock.begin();
  for (const { name } of plan.regions)
    scene.healthCheck(name).begin(randomFrom(options.seed, 'ping', name).next() * 60);
  entry.beginProbes(clock);
  const struck = await faults[fault].start(stage);
  await struck.undo();
}

function runLocust(
  locust: string,
  folder: string,
  env: Readonly<Record<string, string>>,
  shoppers: number,
): Promise<void> {
  const words = ['-f', 'in_turn.py', '--headless', '--users', String(shoppers), '--spawn-rate', String(shoppers)];
  const child = spawn(locust, [...words, '--logfile', 'locust.log', '--run-time', '300s', '--only-summary'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      said += part;
    });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // 1: requests failed, as they do while something is broken.
    child.once('exit', (code) =>
      code === 0 || code === 1 ? resolve() : reject(new Error(`Locust ended with ${code}:\n${said}`)),
    );
  });
}
