import { variants } from '../../main';
import { secondApply } from '../../stacks/secondApply';
import type { Settings } from '../../stacks/settings';
import { ask } from '../../synthesis/choices';
import { settings } from '../support/settings';

function notes(word: string, change: Partial<Settings> = {}): string[] {
  const [asked] = ask([word], variants, () => 2);
  if (!asked) throw new Error(`no variant ${word}`);
  return secondApply(asked.variant, { ...settings, ...change });
}
const zone = '/subscriptions/0/resourceGroups/rg-dns/providers/Microsoft.Network/dnsZones/contoso.com';

test('a host without a DNS zone takes two applies, until its records are there', () => {
  expect(notes('zone-redundant')).toEqual([
    'takes two applies: shop.example.com is bound by the second one. Make the records of the output dns_records after the first, then set dnsReady: true.',
  ]);
  expect(notes('zone-redundant', { domain: { host: 'shop.contoso.com', dnsReady: true } })).toEqual([]);
  expect(notes('zone-redundant', { domain: { host: 'shop.contoso.com', dnsZoneId: zone, dnsReady: false } })).toEqual(
    [],
  );
  expect(notes('zone-redundant', { domain: 'none' })).toEqual([]);
  expect(notes('single-zone')).toEqual([]);
});

test('the subnet of the runner that private access needs is made by a first apply with addresses', () => {
  const note =
    "takes two applies: the first, with access: 'addresses', makes the subnet of the runner from which the second, with access: 'private', is applied.";
  const change = { domain: 'none', access: 'private', agentsSubnet: true } as const;
  expect(notes('zone-redundant', change)).toEqual([note]);
  expect(notes('zone-redundant', { ...change, access: 'addresses' })).toEqual([]);
});

test('private origins wait for somebody to approve them, and only where Front Door has them', () => {
  const change = { domain: 'none', privateOrigins: true, stagingSlot: false } as const;
  expect(notes('multi-region-active-active', change)).toEqual([
    'answers nobody after the first apply until each connection of Front Door is approved at its app (privateOrigins).',
  ]);
  expect(notes('zone-redundant', change)).toEqual([]);
});
