import fs from 'node:fs';
import path from 'node:path';
import { InputError } from '../../inputError';
import { readTarget } from '../../ship/outputs';
import { type ShipOptions, ship } from '../../ship/ship';
import { outcomeOf, renderProblems } from '../../ship/states';
import { until } from '../support/until';
import { Deployment } from './deployment';

// Azure is played by a program `az` that is first on the PATH, and the apps by a local server. Nothing here was run on Azure.

const old = '111111111111';
const next = '222222222222';
const one = ['swedencentral'];
const two = ['swedencentral', 'northeurope'];

let deployments: Deployment[] = [];
afterEach(() => {
  for (const deployment of deployments) deployment.close();
  deployments = [];
});

async function deployed(locations: readonly string[], options: Parameters<Deployment['open']>[1] = {}) {
  const deployment = await new Deployment().open(locations, options);
  deployments.push(deployment);
  for (const location of locations) {
    deployment.running(location, old);
    deployment.keep(location, next);
  }
  return deployment;
}

describe('a shipment', () => {
  test('builds the app, uploads it everywhere, then has one region after the other fetch it', async () => {
    const deployment = await deployed(two);
    const { code, stdout, stderr } = await deployment.ship(['multi-region-active-active']);
    const hash = deployment.runs('swedencentral') as string;
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: [
        `swedencentral  runs ${hash}: 1 instance answered (before: ${old})`,
        `northeurope    runs ${hash}: 1 instance answered (before: ${old})`,
        '',
      ].join('\n'),
    });
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(hash).not.toBe(old);
    expect(deployment.pulls).toEqual(['app-swedencentral', 'app-northeurope']);
    // Both uploads come before the first app changes, and the second app after the first is seen to run.
    const kinds = deployment.calls.map(({ words, body }) => (body ? 'pull' : words.slice(0, 3).join(' ')));
    expect(kinds.lastIndexOf('storage blob upload')).toBeLessThan(kinds.indexOf('pull'));
    expect(stderr.indexOf('northeurope: asking')).toBeGreaterThan(stderr.indexOf('swedencentral: waiting'));
    expect(deployment.leftovers).toEqual([]);
  });

  test('asks the management plane for the request that az makes, by a file, with a signature that lasts half an hour', async () => {
    const deployment = await deployed(one);
    const before = Date.now();
    expect((await deployment.ship(['zone-redundant', '--to', next])).code).toBe(0);
    const pull = deployment.calls.find(({ body }) => body);
    expect(pull?.words.slice(0, 3)).toEqual(['rest', '--method', 'put']);
    expect(pull?.words[4]).toMatch(
      /^\/subscriptions\/[\w-]+\/.*\/sites\/app-swedencentral\/extensions\/onedeploy\?api-version=\d{4}-\d\d-\d\d$/,
    );
    const { packageUri, ...rest } = (pull?.body?.properties ?? {}) as Record<string, string>;
    expect(rest).toEqual({ type: 'zip', clean: true, restart: true });
    const expiry = Date.parse(new URL(packageUri as string).searchParams.get('se') as string);
    expect(expiry - before).toBeGreaterThan(28 * 60_000);
    expect(expiry - before).toBeLessThan(32 * 60_000);
    // The signature opens the package: it stands on no command line.
    expect(deployment.calls.filter(({ words }) => words.join(' ').includes('VERYSECRET'))).toEqual([]);
    for (const { words } of deployment.calls.filter(({ words }) => words[1] === 'blob'))
      expect(words.join(' ')).toMatch(/--auth-mode login/);
  });

  test('goes to one region, to a slot, and back to a package that is kept', async () => {
    const deployment = await deployed(two);
    const slot = await deployment.ship([
      'multi-region-sticky',
      '--region',
      'northeurope',
      '--slot',
      'staging',
      '--to',
      next,
    ]);
    expect(slot).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^northeurope  runs ${next}: 1 instance`)),
    });
    expect(slot.stdout).toContain(
      'az webapp deployment slot swap --resource-group rg-northeurope --name app-northeurope --slot staging',
    );
    expect([deployment.runs('northeurope', 'staging'), deployment.runs('northeurope')]).toEqual([next, old]);
    expect(deployment.pulls).toEqual(['app-northeurope/slots/staging']);
    const back = await deployment.ship(['multi-region-sticky', 'region=swedencentral', `to=${old}`]);
    expect(back.code).toBe(0);
    expect(deployment.calls.filter(({ words }) => words[2] === 'upload')).toEqual([]);
  });
});

describe('stops, and says the state of every region and the way back', () => {
  const back = (location: string) => `npm run ship multi-region-sticky -- --region ${location} --to ${old}`;

  test('when an app does not become healthy', async () => {
    const deployment = await deployed(two);
    deployment.plan({ neverStarts: { 'app-swedencentral': true } });
    const { code, stdout, stderr } = await deployment.ship(['multi-region-sticky', '--to', next, '--wait', '2']);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `swedencentral  NOT HEALTHY with ${next} (before: ${old})\nnortheurope    in storage, not deployed: runs ${old}\n`,
    });
    expect(stderr).toMatch(
      new RegExp(
        `error: swedencentral: http://\\S+ did not report package ${next} within 2 s; its last answer: 200 from package ${old} in swedencentral\\. To go back: ${back('swedencentral')}\\n$`,
      ),
    );
    expect(deployment.pulls).toEqual(['app-swedencentral']);
  });

  test('when the deployment fails in the second region', async () => {
    const deployment = await deployed(two);
    deployment.plan({ deploymentFails: { 'app-northeurope': 'Package deployment failed' } });
    const { code, stdout, stderr } = await deployment.ship(['multi-region-sticky', '--to', next]);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `swedencentral  runs ${next}: 1 instance answered (before: ${old})\nnortheurope    NOT HEALTHY with ${next} (before: ${old})\n`,
    });
    expect(stderr).toContain(
      `error: northeurope: the deployment failed: Package deployment failed. To go back: ${back('northeurope')}\n`,
    );
  });

  test('when another deployment runs', async () => {
    const deployment = await deployed(one);
    deployment.plan({ pullFails: { 'app-swedencentral': 'Conflict({"Code":"Conflict"})' } });
    const { code, stdout, stderr } = await deployment.ship(['zone-redundant', '--to', next]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: `swedencentral  not deployed: runs ${old}\n` });
    expect(stderr).toContain('Another deployment runs, or the app still has the setting WEBSITE_RUN_FROM_PACKAGE');
  });

  test('when the second region refuses the upload: no app has changed', async () => {
    const deployment = await deployed(two);
    deployment.plan({
      uploadFails: {
        stnortheurope: 'The request may be blocked by network rules of storage account. AuthorizationFailure',
      },
    });
    const { code, stdout, stderr } = await deployment.ship(['multi-region-sticky']);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: `swedencentral  in storage, not deployed: runs ${old}\nnortheurope    not deployed: runs ${old}\n`,
    });
    expect(stderr).toMatch(
      /error: northeurope: .*AuthorizationFailure\. The storage account stnortheurope lets in deployerAddresses of settings\.ts only/,
    );
    expect(deployment.pulls).toEqual([]);
  });

  test('when Ctrl-C comes while Azure is asked', async () => {
    const deployment = await deployed(two);
    deployment.plan({ hangs: 'app-swedencentral' });
    const { child, ended } = deployment.start(['multi-region-sticky', '--to', next, '--outputs', deployment.outputs]);
    await until('Azure is asked', () => deployment.isPulling);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({
      code: 130,
      stdout: `swedencentral  MAY BE HALF DEPLOYED: Azure was asked to deploy ${next}, and the end is unknown (before: ${old})\nnortheurope    in storage, not deployed: runs ${old}\n`,
    });
    expect(stderr).toContain(`error: swedencentral: interrupted. To go back: ${back('swedencentral')}\n`);
    expect(stderr.endsWith('error: interrupted. What each region runs is said above.\n')).toBe(true);
    expect(deployment.leftovers).toEqual([]);
  });
});

describe('a region that the entry does not lead to', () => {
  test('is named as not seen, and the rest goes on', async () => {
    const deployment = await deployed(two, { entryOf: 'northeurope' });
    const { code, stdout, stderr } = await deployment.ship([
      'multi-region-active-passive',
      '--to',
      next,
      '--wait',
      '60',
    ]);
    expect(code).toBe(3);
    expect(stdout).toBe(
      `swedencentral  deployed, not seen to run ${next} (before: ${old})\nnortheurope    runs ${next}: 1 instance answered (before: ${old})\n`,
    );
    expect(stderr).toMatch(
      /error: swedencentral: Azure reports the deployment as done, but http:\S+ answers from northeurope only, so the package was not seen to run\.\n/,
    );
  });

  test('with --wait 0 nothing is asked, and the report says so', async () => {
    const deployment = await deployed(one);
    const { code, stdout, stderr } = await deployment.ship(['zone-redundant', '--to', next, '--wait', '0']);
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: `swedencentral  deployed, not seen to run ${next} (before: ${old})\n`,
    });
    expect(stderr).toContain('error: swedencentral: /healthz was not asked, as --wait 0 says.\n');
  });
});

/** Ships in this process. Azure answers in one line each: two packages are kept, and every deployment is taken. */
async function shipHere(deployment: Deployment, options: Partial<ShipOptions> = {}) {
  const target = await readTarget({ label: 'zone-redundant', folder: deployment.folder, file: deployment.outputs });
  const asked: string[] = [];
  const shipment = ship({
    label: 'zone-redundant',
    target,
    ship: { hash: next },
    waitSeconds: 600,
    reportsPackage: true,
    openStorage: false,
    az: async (words) => {
      asked.push(words.slice(0, 3).join(' '));
      return words[2] === 'list' ? JSON.stringify([old, next].map((hash) => ({ name: `shop-${hash}.zip` }))) : '';
    },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });
  return { asked, shipment };
}

test('an app of yours does not report its package, so it is deployed everywhere and counts as not seen', async () => {
  const { asked, shipment } = await shipHere(await deployed(two), { reportsPackage: false });
  const shipped = await shipment;
  expect(asked.filter((words) => words === 'rest --method put')).toHaveLength(2);
  expect(outcomeOf(shipped)).toBe('unseen');
  expect(renderProblems(shipped)).toEqual(
    two.map((location) =>
      expect.stringMatching(
        new RegExp(
          `^${location}: http://\\S+/healthz was not asked, because an app of yours does not report which package runs: look at it yourself\\.$`,
        ),
      ),
    ),
  );
});

describe('a package storage that App Service cannot reach', () => {
  test('is refused with the option that opens it', async () => {
    const deployment = await deployed(one);
    deployment.plan({ closedStorage: true });
    const { code, stderr } = await deployment.ship(['zone-redundant', '--to', next]);
    expect(code).toBe(1);
    expect(stderr).toContain('ship with --open-storage: it opens the firewall while the package is fetched.');
    expect(deployment.firewall('swedencentral')).toBeUndefined();
  });

  test('is opened for the fetch alone, on demand', async () => {
    const deployment = await deployed(one);
    deployment.plan({ closedStorage: true });
    const { code } = await deployment.ship(['zone-redundant', '--to', next, '--open-storage']);
    expect([code, deployment.runs('swedencentral'), deployment.firewall('swedencentral')]).toEqual([0, next, 'Deny']);
  });

  test('is closed after Ctrl-C, too', async () => {
    const deployment = await deployed(one);
    deployment.plan({ hangs: 'app-swedencentral' });
    const { child, ended } = deployment.start([
      'zone-redundant',
      'open-storage',
      '--to',
      next,
      '--outputs',
      deployment.outputs,
    ]);
    await until('Azure is asked', () => deployment.isPulling);
    expect(deployment.firewall('swedencentral')).toBe('Allow');
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(deployment.firewall('swedencentral')).toBe('Deny');
  });

  test('that cannot be closed again is named with the command', async () => {
    const deployment = await deployed(one);
    deployment.plan({ closeFails: 'The policy denies it.' });
    const { code, stderr } = await deployment.ship(['zone-redundant', '--to', next, '--open-storage']);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /error: swedencentral: the package storage may still be open\. Close it: az storage account update --name stswedencentral --resource-group rg-swedencentral --default-action Deny .*The policy denies it\./,
    );
  });
});

describe('bad input is one sentence, and nothing is touched', () => {
  const refused = async (deployment: Deployment, words: readonly string[], env: Record<string, string> = {}) => {
    const { code, stdout, stderr } = await deployment.ship(words, env);
    expect({ code, stdout, pulls: deployment.pulls }).toEqual({ code: 2, stdout: '', pulls: [] });
    return stderr;
  };

  test('without az', async () => {
    const deployment = await deployed(one);
    const bin = path.join(deployment.folder, 'empty');
    fs.mkdirSync(bin);
    expect(await refused(deployment, ['zone-redundant', '--to', next], { PATH: bin })).toBe(
      'error: `az` is not on the PATH, and shipping goes through it. Install the Azure CLI (https://learn.microsoft.com/cli/azure/install-azure-cli), and sign in with `az login`.\n',
    );
  });

  test('signed out, or signed in elsewhere', async () => {
    const deployment = await deployed(one);
    deployment.plan({ signedOut: true });
    expect(await refused(deployment, ['zone-redundant', '--to', next])).toBe(
      "error: The Azure CLI is signed out: Please run 'az login' to setup account. Run `az login`, and ship again.\n",
    );
    deployment.plan({ otherAccount: true });
    expect(await refused(deployment, ['zone-redundant', '--to', next])).toMatch(
      /^error: The Azure CLI is signed in, but not to the subscription that was deployed to, 11111111-2222-3333-4444-555555555555: /,
    );
  });

  test.each<[string, string[], RegExp]>([
    [
      'no variant',
      [],
      /^error: `variant` must be one of single-zone, .*, got: nothing\. One deployment is shipped at a time/,
    ],
    ['two variants', ['single-zone', 'zone-redundant'], /^error: `variant` must be one of /],
    ['an unknown variant', ['zone'], /^error: `variant` must be one of single-zone, /],
    [
      'a hash that is none',
      ['zone-redundant', '--to', 'latest'],
      /^error: `--to` must be twelve hexadecimal digits, got: "latest"\./,
    ],
    [
      'a wait that is not a number',
      ['zone-redundant', '--wait', 'long'],
      /^error: `--wait` must be a whole number of seconds from 0 to 3600, got: "long"\./,
    ],
  ])('%s', async (_, words, message) => {
    const deployment = await deployed(one);
    expect(await refused(deployment, words)).toMatch(message);
  });

  const refusedHere = async (deployment: Deployment, options: Partial<ShipOptions>): Promise<string> => {
    const { asked, shipment } = await shipHere(deployment, options);
    const error: unknown = await shipment.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(asked.filter((words) => !['account show --subscription', 'storage blob list'].includes(words))).toEqual([]);
    return (error as InputError).message;
  };

  test('a region that is not deployed to, a slot that is not there, a package that is not kept', async () => {
    const deployment = await deployed(one);
    expect(await refusedHere(deployment, { region: 'westus' })).toMatch(
      /^`--region` must be one of swedencentral, where zone-redundant is deployed, got: "westus"\./,
    );
    expect(await refusedHere(deployment, { slot: 'blue' })).toMatch(/^`--slot` must be one of staging, got: "blue"\./);
    expect(await refusedHere(deployment, { ship: { hash: 'abcdefabcdef' } })).toMatch(
      /^`--to` must be a package that stswedencentral in swedencentral keeps: .*222222222222.*, got: "abcdefabcdef"\./,
    );
  });

  test('a firewall to open where no public address reaches the storage', async () => {
    const deployment = await deployed(one, { privateStorage: true });
    expect(await refusedHere(deployment, { openStorage: true })).toBe(
      "`--open-storage` must be left out with access: 'private', got: true. The package storage has no public network access, so its firewall has nothing to open: ship from a runner in the network, without it.",
    );
  });

  test('a deployment without a slot', async () => {
    const deployment = await deployed(one, { slots: false });
    expect(await refusedHere(deployment, { slot: 'staging' })).toBe(
      '`--slot` must be left out, as the app has no slot, got: "staging". Set stagingSlot: true in settings.ts, and apply.',
    );
  });
});
