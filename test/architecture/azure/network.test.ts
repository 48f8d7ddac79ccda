import { readArchitecture } from '../../../architecture/read';

const app = {
  azurerm_service_plan: { plan: { os_type: 'Linux', sku_name: 'P0v3', location: 'swedencentral' } },
  azurerm_linux_web_app: { app: { service_plan_id: '${azurerm_service_plan.plan.id}', location: 'swedencentral' } },
};
const networkOf = (more: object) => readArchitecture(JSON.stringify({ resource: { ...app, ...more } }), 'test').network;

test('reads subnets that are blocks of their network, with the filter that each names', () => {
  const { subnets, filteredSubnets } = networkOf({
    azurerm_virtual_network: {
      main: {
        subnet: [
          { name: 'snet-app', security_group: '${azurerm_network_security_group.app.id}' },
          { name: 'snet-open', security_group: '' },
          { name: 'snet-bare' },
        ],
      },
    },
    azurerm_network_security_group: { app: {} },
  });
  expect(subnets).toEqual([
    'azurerm_virtual_network.main.subnet "snet-app"',
    'azurerm_virtual_network.main.subnet "snet-open"',
    'azurerm_virtual_network.main.subnet "snet-bare"',
  ]);
  expect(filteredSubnets).toEqual(['azurerm_virtual_network.main.subnet "snet-app"']);
});

test('counts a subnet once that a plan after an apply shows in its network, too', () => {
  const { subnets, filteredSubnets } = networkOf({
    azurerm_virtual_network: { main: { subnet: [{ name: 'snet-app', security_group: '/nsg' }] } },
    azurerm_subnet: { app: { name: 'snet-app' } },
    azurerm_subnet_network_security_group_association: { app: { subnet_id: '${azurerm_subnet.app.id}' } },
  });
  expect(subnets).toEqual(['azurerm_subnet.app']);
  expect(filteredSubnets).toEqual(['azurerm_subnet.app']);
});
