import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { App, TerraformStack } from 'cdktf';
import {
  ApplicationGatewayEntry,
  declareProvider,
  FrontDoorEntry,
  GeoReplication,
  gatewaySubnet,
  type Namer,
  namer,
  Region,
  RegionApp,
  type RegionProps,
  type Sessions,
} from '../../stacks';
import { quietly } from '../../synthesis/synthesis';
import { type Block, Terraform, texts } from './constructs/stack';

// A program of somebody else: a stack of CDKTF's own class, and not one setting of this project.
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-library-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const name: Namer = namer({ workload: 'portal', environment: 'prod', generation: 1, variant: 'own' });
const least = {
  name,
  groupPart: 'own',
  workload: 'portal',
  alertEmail: 'a@contoso.com',
  runbooks: 'https://contoso.com',
};
const sweden = { ...least, location: 'swedencentral', addressSpace: '10.20.0.0/16' };
const ireland = { ...least, location: 'northeurope', addressSpace: '10.21.0.0/16' };
const running = { instances: 3, zoneRedundant: true, affinity: false, proxyHops: 2 };

function synth(build: (stack: TerraformStack) => void): Terraform {
  quietly(() => {
    const app = new App({ outdir: scratch, stackTraces: false });
    const stack = new TerraformStack(app, 'own');
    declareProvider(stack);
    build(stack);
    app.synth();
  });
  return new Terraform(JSON.parse(fs.readFileSync(path.join(scratch, 'stacks/own/cdk.tf.json'), 'utf8')) as Block);
}

/** References of a stack to what it does not declare. */
function missing({ json, resources }: Terraform): string[] {
  const data = Object.entries((json.data ?? {}) as Record<string, Block>).flatMap(([type, named]) =>
    Object.keys(named).map((one) => `data.${type}.${one}`),
  );
  const known = new Set([
    ...resources.keys(),
    ...data,
    ...Object.keys((json.locals ?? {}) as Block).map((one) => `local.${one}`),
  ]);
  const named = texts(json.resource).flatMap((text) =>
    [...text.matchAll(/(?<![\w."])(?:data\.)?(?:azurerm_\w+|local)\.[\w-]+/g)].map(([found]) => found),
  );
  return [...new Set(named)].filter((one) => !known.has(one) && !one.startsWith('ephemeral.'));
}

test('a region with a gateway stands in a stack that declares nothing else', () => {
  const terraform = synth((stack) => {
    const region = new Region(stack, 'sweden', { ...sweden, sessionStore: 'redis', entrySubnet: gatewaySubnet });
    const app = new RegionApp(region, { ...running, ingress: { from: 'private-endpoint' } });
    new ApplicationGatewayEntry(stack, 'gateway', { app, affinity: false, host: 'portal.contoso.com' });
  });
  expect(missing(terraform)).toEqual([]);
  expect(terraform.one('azurerm_linux_web_app')).toMatchObject({ location: 'swedencentral' });
  expect(terraform.one('azurerm_resource_group').name).toBe('rg-portal-prod-own-swedencentral');
  expect(terraform.json.locals).toMatchObject({ organization: '', host: 'portal.contoso.com', size: 'production' });
});

test('regions behind Front Door, with sessions replicated between them', () => {
  const terraform = synth((stack) => {
    const entry = new FrontDoorEntry(stack, 'edge', {
      ...least,
      location: 'swedencentral',
      regions: 2,
      affinity: false,
      standby: false,
    });
    const first = new Region(stack, 'sweden', { ...sweden, sessionStore: 'redis-geo' });
    const second = new Region(stack, 'ireland', { ...ireland, sessionStore: 'redis-geo', secretsOf: first.secrets });
    new GeoReplication(stack, 'geo', {
      members: [first, second].flatMap(({ sessions }): Sessions[] => (sessions ? [sessions] : [])),
    });
    for (const region of [first, second])
      entry.addOrigin(new RegionApp(region, { ...running, ingress: entry.ingress }));
    entry.route();
  });
  expect(missing(terraform)).toEqual([]);
  expect(terraform.blocks('azurerm_cdn_frontdoor_origin')).toHaveLength(2);
  expect(terraform.blocks('azurerm_linux_web_app')).toHaveLength(2);
  const ephemeral = Object.keys((terraform.json.ephemeral as Record<string, Block>).azurerm_key_vault_secret ?? {});
  expect(ephemeral).toHaveLength(2);
});

test('regions that differ in what a plan checks each have a local value of their own', () => {
  const differing = (props: Partial<RegionProps>, stack: TerraformStack, id: string, base: object) =>
    new Region(stack, id, { ...(base as typeof sweden), sessionStore: 'cookie', ...props });
  const terraform = synth((stack) => {
    differing({ deployerAddresses: ['203.0.113.7'] }, stack, 'sweden', sweden);
    differing({ deployerAddresses: ['203.0.113.8'] }, stack, 'ireland', ireland);
  });
  expect(missing(terraform)).toEqual([]);
  expect(terraform.json.locals).toMatchObject({
    deployer_addresses: ['203.0.113.7'],
    deployer_addresses_2: ['203.0.113.8'],
  });
});
