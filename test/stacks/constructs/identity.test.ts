import { Deployer, preconditionOnDeployer } from '../../../stacks/region/deployer';
import { RegionIdentity } from '../../../stacks/region/identity';
import type { Settings } from '../../../stacks/settings';
import { answerTo } from '../../support/stacks/answerTo';
import { stackOf, type Terraform, variant } from './stack';

const granted = (terraform: Terraform) =>
  Object.fromEntries(
    [...terraform.all('azurerm_role_assignment')].map(([address, { role_definition_name }]) => [
      address.split('.')[1],
      role_definition_name,
    ]),
  );

test('an identity gets a name for its role and each right that it is given, on the group of its region alone', () => {
  const terraform = stackOf(
    (stack, place) =>
      new RegionIdentity(stack, 'identity', { place, role: 'app', grants: ['readPackage', 'sendTelemetry'] }),
  );
  expect(terraform.one('azurerm_user_assigned_identity')).toMatchObject({
    name: 'id-shop-prod-app-swedencentral',
    location: 'swedencentral',
    resource_group_name: 'rg-test',
  });
  expect(granted(terraform)).toEqual({
    identity_may_read_package: 'Storage Blob Data Reader',
    identity_may_send_telemetry: 'Monitoring Metrics Publisher',
  });
  for (const assignment of terraform.blocks('azurerm_role_assignment'))
    expect(assignment).toMatchObject({
      scope: '/subscriptions/0/resourceGroups/rg-test',
      principal_id: '${azurerm_user_assigned_identity.identity.principal_id}',
      description: `app: ${assignment.role_definition_name} in this region.`,
    });
});

test('an identity that is allowed nothing has no rights', () => {
  const terraform = stackOf(
    (stack, place) => new RegionIdentity(stack, 'identity', { place, role: 'idle', grants: [] }),
  );
  expect(granted(terraform)).toEqual({});
  expect(terraform.one('azurerm_user_assigned_identity').name).toBe('id-shop-prod-idle-swedencentral');
});

test('the deployer may write secrets and certificates, and packages only where there is storage for them', () => {
  const deployer = (mode: Settings['package']) =>
    granted(stackOf((stack, place) => new Deployer(stack, 'deployer', { place }), { package: mode }));
  const always = {
    deployer_may_write_secrets: 'Key Vault Secrets Officer',
    deployer_may_write_certificates: 'Key Vault Certificates Officer',
  };
  expect(deployer('cli')).toEqual(always);
  for (const mode of ['onedeploy', 'blob'] as const)
    expect(deployer(mode)).toEqual({ ...always, deployer_may_write_package: 'Storage Blob Data Contributor' });
});

test('the deployer is whoever runs Terraform, not a person named in settings', () => {
  const terraform = stackOf((stack, place) => new Deployer(stack, 'deployer', { place }));
  for (const { principal_id } of terraform.blocks('azurerm_role_assignment'))
    expect(principal_id).toBe('${data.azurerm_client_config.deployer_current.object_id}');
});

test("another identity's plan leaves the deployer's rights alone, and a group that is named has them", () => {
  const rights = (change: Partial<Settings>) =>
    stackOf((stack, place) => new Deployer(stack, 'deployer', { place }), change).blocks('azurerm_role_assignment');
  for (const right of rights({})) expect(right.lifecycle).toEqual({ ignore_changes: ['principal_id'] });
  const deployerObjectId = '11111111-2222-3333-4444-555555555555';
  const given = rights({ deployerObjectId });
  expect(given).toHaveLength(3);
  for (const right of given) {
    expect(right.principal_id).toBe(deployerObjectId);
    expect(right).not.toHaveProperty('lifecycle');
  }
  expect(answerTo('zone-redundant', { deployerObjectId: 'deployers' })).toBe(
    '`deployerObjectId` must be the object id of an Entra group, user or service principal, got: "deployers". Change it in settings.ts.',
  );
});

test('what lets the deployer in is declared as it was given, no address as an empty list', () => {
  const locals = (deployerAddresses: string[], agentsSuffice: boolean) =>
    stackOf((stack, { settings }) => preconditionOnDeployer(stack, { ...settings, agentsSuffice }), {
      deployerAddresses,
    }).json.locals;
  expect(locals(['203.0.113.7', '198.51.100.0/28'], true)).toEqual({
    deployer_addresses: ['203.0.113.7', '198.51.100.0/28'],
    agents_suffice: true,
  });
  expect(locals([], false)).toEqual({ deployer_addresses: [], agents_suffice: false });
});

test.each(['single-zone', 'zone-redundant', 'multi-region-active-active'])(
  '%s gives no role that could hand out roles, and none to anyone on more than one group of a region',
  (word) => {
    const terraform = variant(word);
    for (const { role_definition_name, scope } of terraform.blocks('azurerm_role_assignment')) {
      expect(role_definition_name).not.toMatch(/Owner|^Contributor|Administrator/);
      expect(scope).toMatch(
        /^\$\{azurerm_resource_group\.\w+\.id\}$|^\$\{azurerm_key_vault\.\w+\.id\}\/secrets\/[\w-]+$/,
      );
    }
    expect(terraform.blocks('azurerm_role_assignment').length).toBeGreaterThan(3);
  },
);

test('the app only reads: everything that writes belongs to the deployer', () => {
  for (const [address, { role_definition_name }] of variant('zone-redundant').all('azurerm_role_assignment'))
    if (!address.includes('_deployer_')) expect(role_definition_name).toMatch(/User|Reader|Publisher/);
});

test("the app reads what signs sessions and not the gateway's key, and the gateway the other way round", () => {
  const readable = (who: string) =>
    [...variant('zone-redundant').all('azurerm_role_assignment')]
      .filter(
        ([address, { role_definition_name }]) =>
          address.includes(who) && role_definition_name === 'Key Vault Secrets User',
      )
      .map(([, { scope }]) => String(scope).split('/secrets/')[1]);
  expect(readable('app_identity').sort()).toEqual(['session-secret-a', 'session-secret-b']);
  expect(readable('gateway_identity')).toEqual(['gateway']);
  expect(readable('staging_identity').sort()).toEqual(['session-secret-a', 'session-secret-b']);
});
