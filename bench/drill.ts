import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleApp } from '../app/bundle';
import { endChild, startChild, waitForLine } from '../drill/fleet/children';
import { startApplicationGateway } from '../drill/frontends/applicationGateway';
import { startAppService } from '../drill/frontends/appService';
import { startFrontDoorEdge } from '../drill/frontends/frontDoor';

/**
 * What the drill's emulated front ends add to a request, as ratios in one run: the same request straight to the shop and
 * through each chain of layers, one at a time and by turns, so that a busy machine slows all of them alike.
 */
const rounds = 600;
const warmUp = 100;
const seed = 1;
const host = 'shop.example';
const signal = new AbortController().signal;

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'steadystate-bench-'));
  const agent = new Agent({ keepAlive: true });
  const appFile = path.join(folder, 'app.cjs');
  await bundleApp(appFile);
  const env = { PATH: process.env.PATH, NODE_ENV: 'production', PORT: '0', REQUEST_LOG: 'off' };
  const shop = await startChild(process.execPath, [appFile], env);
  const hops: { close(): Promise<void> }[] = [];
  try {
    const [, listening] = await waitForLine(shop, /http:\/\/localhost:(\d+)/, 20_000, signal);
    const direct = Number(listening);
    const backend = { id: 'a'.repeat(64), key: 'a', port: direct, alive: () => true };
    const arr = await startAppService({ affinity: true, backends: () => [backend], agent, seed });
    const common = { affinity: true, hostPreserved: true, agent };
    const gateway = await startApplicationGateway({ ...common, backendPort: arr.port, backendHost: host, probe: null });
    const frontDoor = await startFrontDoorEdge({
      ...{ ...common, latencyWindowMs: 0, edge: 'here', probe: null, seed },
      origins: [{ region: 'here', port: arr.port, host, priority: 1, weight: 500 }],
    });
    hops.push(frontDoor, gateway, arr);
    const ways = [
      { name: 'straight to the shop', port: direct },
      { name: 'App Service’s front end', port: arr.port },
      { name: 'Application Gateway, then that', port: gateway.port },
      { name: 'Front Door, then that', port: frontDoor.port },
    ];
    const times = ways.map((): number[] => []);
    for (let round = 0; round < warmUp + rounds; round++) {
      for (const [index, { port }] of ways.entries()) {
        const took = await timed(port, agent);
        if (round >= warmUp) times[index]?.push(took);
      }
    }
    const medians = times.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)] ?? Number.NaN);
    const [base = Number.NaN] = medians;
    console.log(`Emulated front ends: median of ${rounds} requests each by turns; Node ${process.version}\n`);
    for (const [index, { name }] of ways.entries()) {
      const median = medians[index] ?? Number.NaN;
      console.log(
        `${name.padEnd(32)} ${median.toFixed(2).padStart(6)} ms  ${(median / base).toFixed(2)} times as long as straight`,
      );
    }
  } finally {
    for (const hop of hops) await hop.close();
    agent.destroy();
    await endChild(shop);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds until the whole answer is there. */
function timed(port: number, agent: Agent): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent, path: '/api/products', headers: { host } }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(performance.now() - begun));
      if (answer.statusCode !== 200) reject(new Error(`expected 200, got: ${answer.statusCode}`));
    })
      .once('error', reject)
      .end();
  });
}

void main();
