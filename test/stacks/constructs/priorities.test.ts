import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NetworkSecurityRule } from '@cdktf/provider-azurerm/lib/network-security-rule';
import { App } from 'cdktf';
import { variants } from '../../../main';
import { allEntries } from '../../../stacks/entry/entries';
import { VariantStack } from '../../../stacks/variantStack';
import { checkRequest } from '../../../synthesis/request';
import { quietly } from '../../../synthesis/synthesis';
import { settings } from '../../support/settings';

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-priorities-'));
afterAll(() => fs.rmSync(outdir, { recursive: true, force: true }));

/**
 * The priority of every rule, by subnet and direction: a contract like an address. Azure refuses a rule at the priority of
 * another, and Terraform changes rules in any order, so a number that moves to another rule fails on the second apply. A new
 * rule gets a new number; the number of a rule that is gone stays unused.
 */
const committed: Record<string, Record<string, number>> = {
  'app_service Outbound': {
    'allow-https-to-private-endpoints': 200,
    'allow-redis-to-private-endpoints': 300,
    'allow-azure-monitor': 400,
    'allow-microsoft-entra': 500,
    'deny-all-outbound': 4096,
  },
  'app_service Inbound': { 'deny-all-inbound': 4096 },
  'gateway Inbound': {
    'allow-https-from-internet': 200,
    'allow-http-to-redirect': 300,
    'allow-gateway-manager': 400,
    'allow-azure-load-balancer': 500,
    'deny-all-inbound': 4096,
  },
  'private_endpoints Inbound': {
    'allow-https-from-app-service': 200,
    'allow-https-from-gateway': 300,
    'allow-https-from-agents': 400,
    'allow-redis-from-app-service': 500,
    'deny-all-inbound': 4096,
  },
  'private_endpoints Outbound': { 'deny-all-outbound': 4096 },
  'agents Outbound': { 'allow-https-out': 200, 'deny-all-outbound': 4096 },
  'agents Inbound': { 'deny-all-inbound': 4096 },
};

type Groups = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * Priority by rule, by subnet and direction, of a variant as it would be written: its constructs say it, and writing all of a hundred
 * would take four times as long. The regions of a variant must agree.
 */
function prioritiesOf(word: string, agentsSubnet: boolean): Groups {
  const { asked } = checkRequest({ variants, settings: { ...settings, agentsSubnet }, words: [word], outdir });
  const groups = new Map<string, Map<string, number>>();
  const app = new App({ outdir, stackTraces: false });
  for (const { label, base, variant, settings } of asked) {
    const hashes = { packageHash: '0', slotPackageHash: '0' };
    const stack = quietly(() => new VariantStack(app, label, { base, variant, settings, ...hashes }));
    for (const rule of stack.node.findAll()) {
      if (!(rule instanceof NetworkSecurityRule)) continue;
      const address = rule.friendlyUniqueId;
      const subnet = /_network_(\w+)_security_/.exec(address)?.[1] ?? address;
      const group = `${subnet} ${rule.directionInput}`;
      const rules = groups.get(group) ?? new Map<string, number>();
      const [name, priority] = [rule.nameInput ?? '', rule.priorityInput ?? 0];
      expect([address, rules.get(name) ?? priority]).toEqual([address, priority]);
      groups.set(group, rules.set(name, priority));
    }
  }
  return groups;
}

/** What a variant may be changed to while it runs, as far as its rules go. A choice that is refused is not there. */
function statesOf(base: string): Map<string, Groups> {
  const words = ['in-process', 'redis', 'redis-geo', 'cookie'].map((sessions) => `sessions=${sessions}`);
  const entries = [
    'entry=app-service,regions=1,applicationGateway=absent,frontDoor=absent,routing=active-active',
    'entry=application-gateway,regions=1,applicationGateway=off,frontDoor=absent,routing=active-active',
    'entry=front-door,regions=2,applicationGateway=absent,frontDoor=off',
  ];
  const states = new Map<string, Groups>();
  const changed = entries.flatMap((entry) => ['redis', 'cookie'].map((sessions) => `${entry},sessions=${sessions}`));
  for (const word of [...words, ...changed])
    for (const agentsSubnet of [false, true])
      try {
        states.set(`${word}${agentsSubnet ? ', agentsSubnet' : ''}`, prioritiesOf(`${base},${word}`, agentsSubnet));
      } catch (error) {
        if ((error as Error).name !== 'InputError') throw error;
      }
  return states;
}

describe.each(Object.keys(variants))('%s', (base) => {
  const states = [...statesOf(base)].map(([state, groups]) => ({ state, groups }));

  test('has several states to change between, each with rules', () => {
    expect(states.length).toBeGreaterThanOrEqual(12);
    for (const { state, groups } of states) expect([state, groups.size > 0]).toEqual([state, true]);
  });

  test('every rule has the priority that is committed, whichever other rules are there', () => {
    for (const { state, groups } of states)
      for (const [group, rules] of groups)
        for (const [name, priority] of rules)
          expect([state, group, name, committed[group]?.[name]]).toEqual([state, group, name, priority]);
  });

  test('no change of a running deployment puts a rule at a priority that another rule has before it', () => {
    const conflicts = states.flatMap((before) =>
      states.flatMap((after) =>
        [...after.groups].flatMap(([group, rules]) =>
          [...rules].flatMap(([name, priority]) => {
            const taken = [...(before.groups.get(group) ?? [])].find(([, one]) => one === priority)?.[0];
            return taken === undefined || taken === name
              ? []
              : [`${before.state} → ${after.state}: ${group} ${priority} from ${taken} to ${name}`];
          }),
        ),
      ),
    );
    expect(conflicts).toEqual([]);
  });
});

test('no two rules of a subnet and direction share a committed priority', () => {
  for (const rules of Object.values(committed))
    expect(new Set(Object.values(rules)).size).toBe(Object.keys(rules).length);
});

test('no two entries share the priority of their rule at the private endpoints', () => {
  const own = allEntries().flatMap(([, { subnet }]) => (subnet ? [subnet.priority] : []));
  expect(new Set(own).size).toBe(own.length);
  for (const priority of own) {
    expect(priority).toBeGreaterThanOrEqual(300);
    expect(priority).toBeLessThan(400);
  }
});

// Rules were numbered by position from 100 in tens: the apply that brings the fixed numbers must not collide with those.
test('no fixed priority is one that was given by position before', () => {
  const allowed = Object.values(committed).flatMap((rules) => Object.values(rules).filter((one) => one !== 4096));
  expect(Math.min(...allowed)).toBeGreaterThanOrEqual(200);
});
