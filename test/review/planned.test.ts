import { readArchitecture } from '../../architecture/read';
import { renderPage } from '../../review/report/html/page';
import { renderMarkdown } from '../../review/report/markdown';
import { renderReview } from '../../review/report/terminal';
import { review } from '../../review/review';
import { planJson } from '../support/architecture/planJson';
import { prices } from '../support/review/samples';

const app = 'azurerm_linux_web_app.app';
const change = (address: string, actions: string[], more: object = {}) => ({ address, change: { actions }, ...more });
const plan = {
  ...planJson({ resources: [{ type: 'azurerm_linux_web_app', name: 'app' }] }),
  resource_changes: [
    change(app, ['delete', 'create'], { action_reason: 'replace_because_cannot_update' }),
    change('azurerm_redis_cache.old', ['delete'], { action_reason: 'delete_because_no_resource_config' }),
    change('module.web.azurerm_service_plan.plan', ['no-op'], { previous_address: 'azurerm_service_plan.plan' }),
  ],
  resource_drift: [change(app, ['update'])],
  deferred_changes: [{ reason: 'resource_config_unknown', resource_change: { address: 'azurerm_subnet.later' } }],
  checks: [
    {
      address: { to_display: 'check.health' },
      status: 'fail',
      instances: [{ problems: [{ message: 'not healthy' }] }],
    },
  ],
};

// Jest cannot load the layout library, an ES module.
jest.mock('../../review/diagram/svg', () => ({
  ...jest.requireActual('../../review/diagram/svg'),
  svgDiagram: async () => '<svg/>',
}));

test('a report says what a plan does beside what exists after it', async () => {
  const deployment = readArchitecture(plan, 'plan');
  const result = review([deployment]);
  expect(result.variants[0]?.plan).toMatchObject({
    replaced: [{ address: app, reason: 'replace_because_cannot_update' }],
    destroyed: [{ address: 'azurerm_redis_cache.old', reason: 'delete_because_no_resource_config' }],
    moved: [{ from: 'azurerm_service_plan.plan', to: 'module.web.azurerm_service_plan.plan' }],
  });
  const lines = [
    `created again: ${app} (replace because cannot update)`,
    'destroyed: azurerm_redis_cache.old (delete because no resource config)',
    'moved: azurerm_service_plan.plan to module.web.azurerm_service_plan.plan',
    `changed outside Terraform: ${app} (update)`,
    'waits for another plan: azurerm_subnet.later (resource config unknown)',
    'check failed: check.health: not healthy',
  ];
  expect(renderReview(result, { colour: false, width: 200 })).toContain(lines.join('\n'));
  expect(renderMarkdown(result)).toContain('What the plan says');
  const page = await renderPage({ deployments: [deployment], result, prices, drill: null });
  // A long address may break at its dots.
  const section = /<section id="planned">.*?<\/section>/s.exec(page)?.[0].replaceAll('<wbr>', '');
  for (const line of lines) expect(section).toContain(`<li>${line}</li>`);
});
