/** Every wait ends: by what it waits for, by its own limit, or by an abort. */

import { drillOne } from '../../../drill/drill';
import { regionLoss } from '../../../drill/faults/regionLoss';
import { planFleet } from '../../../drill/plan/fleetPlan';
import { onScene } from '../../../drill/running/scene';
import { stageOf } from '../../../drill/running/stage';
import { architecture } from '../../support/drill/architectures';
import { shop } from '../../support/drill/shop';

jest.setTimeout(300_000);

const twoRegions = architecture({ entry: 'front-door', regions: ['north', 'south'], instances: 1 });
const probe = { path: '/healthz', protocol: 'Https', intervalSeconds: 30, sampleSize: 4, successfulSamplesRequired: 0 };

function planOf(given: typeof twoRegions) {
  const plan = planFleet(given);
  if ('notApplicable' in plan) throw new Error(plan.notApplicable);
  return plan;
}

const options = async () => ({
  ...{ seed: 1, shoppers: 2, timeScale: 600, codeCache: null, redisServer: null, onProgress: () => {} },
  ...(await shop()),
});

test('Front Door that needs no successful sample never leaves a region, so a region loss cannot be drilled', async () => {
  const never = { ...twoRegions, frontDoorProbe: probe };
  expect(regionLoss.inapplicable(planOf(never))).toContain('asks for 0 successful samples');
  expect(await drillOne(never, 'region-loss', { seed: 1 })).toMatchObject({ notApplicable: expect.any(String) });
});

test('a region that Front Door does not leave ends the wait once all its samples are new', async () => {
  const signal = new AbortController().signal;
  const waited = onScene(planOf(twoRegions), { ...(await options()), signal }, async (scene) => {
    scene.clock.begin();
    scene.entry.beginProbes(scene.clock);
    await stageOf(scene, regionLoss, []).frontDoorAgrees('north', false);
  });
  await expect(waited).rejects.toThrow('Front Door did not leave north within 6 probes');
});

test('an abort ends a run that waits for what never comes', async () => {
  const abort = new AbortController();
  const waited = onScene(planOf(twoRegions), { ...(await options()), signal: abort.signal }, async () => {
    abort.abort(new Error('enough'));
    await new Promise(() => {});
  });
  await expect(waited).rejects.toThrow('enough');
});
