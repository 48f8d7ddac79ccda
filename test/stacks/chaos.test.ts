import { InputError } from '../../inputError';
import type { Settings } from '../../stacks/settings';
import { hasExperiments, hasTargets, regionsOfExperiments } from '../../stacks/settings/chaosRegions';
import { type Block, variant } from './constructs/stack';

// Experiments of Chaos Studio: what the setting `chaos` adds, and where it is refused.

const types = ['azurerm_chaos_studio_target', 'azurerm_chaos_studio_capability', 'azurerm_chaos_studio_experiment'];
const word = 'multi-region-active-active';

test('nothing of it is there without the setting, and nothing else changes with it', () => {
  const [without, withIt] = [variant(word), variant(word, { chaos: { minutes: 30 } })];
  expect(types.flatMap((type) => [...without.all(type).keys()])).toEqual([]);
  const added = [...withIt.resources.keys()].filter((address) => !without.resources.has(address));
  expect(added.filter((address) => !/^azurerm_(chaos_studio_\w+|role_assignment)\.chaos_/.test(address))).toEqual([]);
  for (const [address, block] of without.resources) expect(withIt.resources.get(address)).toEqual(block);
  expect(JSON.stringify(withIt.json.provider)).toContain('"Microsoft.Chaos"');
  expect(JSON.stringify(without.json.provider)).not.toContain('Chaos');
});

test('each experiment acts on one target, and its identity may do nothing else', () => {
  const terraform = variant(word, { chaos: { minutes: 30 } });
  const experiments = [...terraform.all('azurerm_chaos_studio_experiment')];
  expect(experiments).toHaveLength(4);
  for (const [address, experiment] of experiments) {
    const name = address.replace('azurerm_chaos_studio_experiment.', '');
    expect(experiment.selectors).toMatchObject([
      { chaos_studio_target_ids: [`\${azurerm_chaos_studio_target.${name}_target.id}`] },
    ]);
    const grants = terraform
      .blocks('azurerm_role_assignment')
      .filter(({ principal_id }) => String(principal_id).includes(`${address}.identity`));
    const target = terraform.all('azurerm_chaos_studio_target').get(`azurerm_chaos_studio_target.${name}_target`);
    expect(grants).toMatchObject([{ scope: target?.target_resource_id, principal_type: 'ServicePrincipal' }]);
  }
});

test('a target is where its resource is, and an experiment where Chaos Studio keeps them', () => {
  const terraform = variant(word, { chaos: { minutes: 30 } });
  const places = (type: string) => terraform.blocks(type).map(({ location }) => location);
  expect(new Set(places('azurerm_chaos_studio_target'))).toEqual(new Set(['swedencentral', 'northeurope']));
  // Northern Europe has targets alone.
  expect(new Set(places('azurerm_chaos_studio_experiment'))).toEqual(new Set(['swedencentral']));
});

test('the rule that cuts Redis off has a priority and a name of its own in the group', () => {
  const terraform = variant(word, { chaos: { minutes: 30 } });
  const [, rule] =
    [...terraform.all('azurerm_chaos_studio_experiment')].find(([name]) => name.endsWith('redis_outage')) ?? [];
  const [step] = (rule as { steps: readonly { branch: readonly { actions: readonly Block[] }[] }[] }).steps;
  const parameters = step?.branch[0]?.actions[0]?.parameters as Record<string, string>;
  const rules = terraform.blocks('azurerm_network_security_rule');
  expect(rules.map(({ priority }) => String(priority))).not.toContain(parameters.priority);
  expect(rules.map(({ name }) => name)).not.toContain(parameters.name);
  const toRedis = rules.find(({ name }) => name === 'allow-redis-to-private-endpoints');
  expect(JSON.parse(parameters.destinationPortRanges ?? '')).toEqual([toRedis?.destination_port_range]);
  // Every list is JSON in a string, as the library asks.
  for (const list of ['sourceAddresses', 'destinationAddresses', 'sourcePortRanges'])
    expect(JSON.parse(parameters[list] ?? '')).toEqual([expect.any(String)]);
});

const refused = (change: Partial<Settings>, of = 'single-zone'): string => {
  try {
    variant(of, change);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'accepted';
};
const at = (location: string): Partial<Settings> => ({ regions: [{ location, addressSpace: '10.0.0.0/16' }] });

test.each([
  [
    { ...at('norwayeast'), chaos: {} },
    'left out in a region without Azure Chaos Studio (single-zone), got: "norwayeast"',
  ],
  [{ ...at('northeurope'), chaos: {} }, '`chaos.location` must be one of australiaeast, '],
  [
    { chaos: { location: 'northeurope' } },
    '`chaos.location` must be a region in which Chaos Studio offers experiments',
  ],
  [{ chaos: { minutes: 0 } }, '`chaos.minutes` must be a whole number of minutes from 1 to 720, got: 0'],
  [{ chaos: { minutes: 721 } }, 'from 1 to 720, got: 721'],
])('%j is refused', (change, why) => {
  expect(refused(change)).toContain(why);
});

test('every region of experiments has targets, too', () => {
  expect(regionsOfExperiments.filter((location) => !hasTargets(location) || !hasExperiments(location))).toEqual([]);
  expect([hasTargets('northeurope'), hasExperiments('northeurope'), hasTargets('norwayeast')]).toEqual([
    true,
    false,
    false,
  ]);
});
