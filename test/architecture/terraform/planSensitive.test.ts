import { readArchitecture } from '../../../architecture/read';
import { difference } from '../../../review/diff';
import { renderMarkdown } from '../../../review/report/markdown';
import { review } from '../../../review/review';
import { cookieSharedSecret } from '../../../review/rules/cookieSharedSecret';
import { type PlannedModule, planJson, refers } from '../../support/architecture/planJson';
import { twoRegions } from '../../support/architecture/twoRegions';
import { written } from '../../support/review/terraform';

const read = (root: PlannedModule) => readArchitecture(planJson(root), 'theirs');

test('never prints a sensitive value, in whatever report', () => {
  const [before, after] = [
    read(twoRegions()),
    read(twoRegions({ app: { app_settings: { SESSION_STORE: 'memory', KEY: 'hunter3' } } })),
  ];
  const result = review([before]);
  const everything = JSON.stringify([before, result, difference(before, after)]) + renderMarkdown(result);
  expect(everything).toContain('(sensitive value)');
  expect(everything).not.toMatch(/hunter/);
});

test('a setting that a plan marks sensitive is a credential', () =>
  expect(read(twoRegions()).regions[0]?.app.secretSettings).toEqual(['app_settings.KEY']));

test('a fact whose value is sensitive is unknown', () => {
  expect(read(twoRegions({ secret: { app_settings: true } })).sessions).toEqual({
    unknown: 'azurerm_windows_web_app.app["weu"].app_settings is sensitive',
  });
  expect(read(twoRegions({ secret: { client_affinity_enabled: true } })).affinity.appService).toEqual({
    unknown: 'azurerm_windows_web_app.app["weu"].client_affinity_enabled is sensitive',
  });
});

test('a connection string, which the provider always marks, is a credential where it refers to one', () => {
  const string = (references: string[]) =>
    read({
      resources: [
        {
          type: 'azurerm_linux_web_app',
          name: 'app',
          values: { connection_string: [{ name: 'db', type: 'SQLAzure', value: 'hidden by the plan' }] },
          sensitive: { connection_string: [{ value: true }] },
          expressions: { connection_string: [{ value: refers(...references) }] },
        },
        { type: 'azurerm_storage_account', name: 's' },
      ],
    }).regions[0]?.app.secretSettings;
  expect(string(['azurerm_storage_account.s.primary_connection_string', 'azurerm_storage_account.s'])).toEqual([
    'connection_string.db',
  ]);
  expect(string(['var.server'])).toEqual({ unknown: 'azurerm_linux_web_app.app.connection_string.value is sensitive' });
});

test('two secrets that a plan does not show may be the same, or differ', () => {
  const sealed = (name: string) => ({
    type: 'azurerm_linux_web_app',
    name,
    values: { location: name, app_settings: { SESSION_STORE: 'cookie', SESSION_SECRET: `hunter-${name}` } },
    sensitive: { app_settings: { SESSION_SECRET: true } },
    expressions: { app_settings: refers(`var.${name}`) },
  });
  expect(cookieSharedSecret.check(read({ resources: [sealed('a'), sealed('b')] })).map(written)).toEqual([
    'cannot tell azurerm_linux_web_app.a: azurerm_linux_web_app.a.app_settings.SESSION_SECRET is sensitive',
    'cannot tell azurerm_linux_web_app.b: azurerm_linux_web_app.b.app_settings.SESSION_SECRET is sensitive',
  ]);
});
