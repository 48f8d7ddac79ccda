import { drawingOf } from '../../review/diagram/drawing';
import { textDiagram } from '../../review/diagram/text';
import { difference } from '../../review/diff';
import { renderDifference } from '../../review/report/difference';
import { renderPage } from '../../review/report/html/page';
import { script } from '../../review/report/html/script';
import { style } from '../../review/report/html/style';
import { reviewJson } from '../../review/report/json';
import { renderMarkdown } from '../../review/report/markdown';
import { renderReview } from '../../review/report/terminal';
import { review } from '../../review/review';
import { expectGolden, open, prices, sound, sticky } from '../support/review/samples';
import { deployment } from '../support/review/terraform';

jest.mock('../../review/availability/figures', () => jest.requireActual('../support/review/fixedFigures'));
// Jest cannot load the layout library, an ES module; page.test.ts holds the drawings themselves against golden files.
jest.mock('../../review/diagram/svg', () => ({
  ...jest.requireActual('../../review/diagram/svg'),
  svgDiagram: async ({ name }: { name: string }, id: string) => `<svg id="${id}">${name}</svg>`,
}));

const plain = { colour: false, width: 120 };
const result = () => review([sticky(), sound(), open()], { prices, today: '2026-11-24' });

test('terminal: the table shows how variants differ; state, figures and findings follow', () =>
  expectGolden('review.txt', renderReview(result(), plain)));

test('markdown, for a comment on a pull request', () => expectGolden('review.md', renderMarkdown(result())));

test('difference, in words by concern and then by resource', () =>
  expectGolden('difference.txt', renderDifference(difference(sticky(), sound(), prices), plain)));

test('JSON, for machines: the review, and a difference', () => {
  const json = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`;
  expectGolden('review.json.txt', json(reviewJson(result())));
  expectGolden('difference.json.txt', json(difference(sticky(), sound(), prices)));
});

/** A tag a line, and data as data; style and script, which are files of their own, by name. */
const readable = (page: string) =>
  page
    .replace(style, ' review/report/html/style.ts ')
    .replace(script, ' review/report/html/script.ts ')
    .replace(
      /(<script type="application\/json"[^>]*>)(.*)(<\/script>)/,
      (_, start, data, end) => `${start}\n${JSON.stringify(JSON.parse(data), null, 1)}\n${end}`,
    )
    .replaceAll('><', '>\n<');

test('the page, style, script and drawings apart', async () => {
  const deployments = [sticky(), sound(), open()];
  const run = { variant: 'sticky', fault: 'zone-loss', shoppers: 60, cartsLost: 20, requests: 900, requestsFailed: 12 };
  const drill = { seed: 7, runs: [{ ...run, writesLost: 1, met: true }] };
  const page = await renderPage({ deployments, result: result(), prices, drill });
  for (const apart of [style, script]) expect(page.split(apart)).toHaveLength(2);
  expectGolden('page.html.txt', readable(page));
});

test('terminal of eighty columns: what does not fit is folded, and no line is longer', () => {
  const text = renderReview(result(), { ...plain, width: 80 });
  // An address is never broken, so that it can be copied.
  expect(text.split('\n').filter((line) => line.length > 80 && !/^\s*\S+$/.test(line))).toEqual([]);
  expectGolden('review-80.txt', text);
});

test('diagrams as text', () =>
  expectGolden('diagrams.txt', [sticky(), sound(), open()].map((one) => textDiagram(drawingOf(one))).join('\n')));

test('an unknown is shown as unknown, with its reason, and is never counted as nothing found', () => {
  const text = renderReview(review([open()], { prices }), plain);
  expect(text).toMatch(/^open +App Service +unknown +unknown +off +unknown +1 +\d+$/m);
  expect(text).toMatch(
    /unknown {2}open {2}in-process-state.*\n {2}azurerm_linux_web_app\.a\.app_settings has no SESSION_STORE/,
  );
  expect(text).not.toContain('nothing found');
  expect(renderReview({ variants: [], ruleCount: 31 }, plain)).toMatch(/Nothing was assessed/);
});

test('every report names the settings file that it followed, and what that left out', async () => {
  const settings = {
    file: 'infra/review.json',
    environment: 'staging',
    severities: { alerts: 'off' },
    suppressions: [],
  };
  const reviewed = review([sticky(), sound()], {
    prices,
    settings: ({ name }) => (name === 'sound' ? (settings as never) : null),
  });
  const words = /Settings of the review for sound: infra\/review\.json, as staging, without the rules .*alerts/;
  const page = await renderPage({ deployments: [sticky()], result: reviewed, prices, drill: null });
  for (const text of [renderReview(reviewed, { ...plain, width: 999 }), renderMarkdown(reviewed), page])
    expect(text).toMatch(words);
  expect(renderReview(result(), plain)).not.toContain('Settings of the review');
});

test('colour is there when asked for, and only then', () => {
  expect(renderReview(result(), { ...plain, colour: true })).toContain('\u001b[');
  expect(renderReview(result(), plain)).not.toContain('\u001b[');
});

test('markdown lets no text from Terraform become markup', () => {
  const evil = deployment({ plan: { sku_name: '<img src=x>|@somebody' } });
  const text = renderMarkdown(review([evil], { prices }));
  expect(text).toContain('&lt;img src=x>\\|@&#8203;somebody');
  expect(text).not.toContain('<img');
});

test('a toggled switch is one change of one argument, in place', () => {
  const changes = difference(deployment(), deployment({ app: { client_affinity_enabled: true } }), prices);
  expect(renderDifference(changes, plain)).toBe(`\
From fixture to fixture

affinity
  App Service  off → on

+ added   - removed   ~ changed in place   ± replaced   ? changed, cannot tell whether in place
~ azurerm_linux_web_app.app
    client_affinity_enabled: false → true

0 added, 0 removed, 1 changed.
`);
});

test('a difference says the same when it is turned round', () => {
  const [there, back] = [difference(sticky(), sound(), prices), difference(sound(), sticky(), prices)];
  expect(there.added).toEqual(['azurerm_managed_redis.cache', 'azurerm_monitor_autoscale_setting.scale']);
  expect([back.removed, back.added]).toEqual([there.added, there.removed]);
  const turned = <T extends { before: unknown; after: unknown }>(all: readonly T[]) =>
    all.map((one) => ({ ...one, before: one.after, after: one.before }));
  expect(back.facts).toEqual(turned(there.facts));
  expect(back.changed.map(({ address, attributes }) => ({ address, attributes }))).toEqual(
    there.changed.map(({ address, attributes }) => ({ address, attributes: turned(attributes) })),
  );
});

test('a variant does not differ from itself', () =>
  expect(renderDifference(difference(sound(), sound(), prices), plain)).toBe(
    'From sound to sound\n\nThe same Terraform.\n',
  ));

test('a difference shows no secret, and says of what it cannot tell whether it is replaced', () => {
  const [before, after] = ['one', 'two'].map((text) =>
    deployment({
      settings: {
        DB_PASSWORD: text,
        REDIS_URL: `rediss://:leak${text}@${'${azurerm_managed_redis.cache.hostname}'}:10000`,
        PASSWORD_MIN_LENGTH: text,
        API_KEY: `\${var.live ? "leak${text}" : ""}`,
        DB: `\${data.azurerm_key_vault_secret.${text}.value}`,
      },
      app: {
        zip_deploy_file: text,
        connection_string: [{ name: 'db', type: 'SQLAzure', value: `Server=leak${text}` }],
      },
      more: {
        azurerm_key_vault_secret: { k: { name: 'k', value: `leak${text}` } },
        azurerm_linux_web_app: {
          grown: {
            location: 'westeurope',
            ...(text === 'two' ? { app_settings: { API_KEY: 'leak', OPEN: 'x' } } : {}),
          },
          merged: { location: 'westeurope', app_settings: `\${merge(var.a, { API_KEY = "leak${text}" })}` },
        },
      },
    }),
  );
  const text = renderDifference(difference(before as never, after as never, prices), plain);
  for (const line of [
    '? azurerm_linux_web_app.app\n',
    'app_settings.DB_PASSWORD: hidden → hidden\n',
    'app_settings.REDIS_URL: hidden → hidden\n',
    'app_settings.API_KEY: hidden → hidden\n',
    'app_settings.PASSWORD_MIN_LENGTH: "one" → "two"\n',
    'app_settings.DB: "${data.azurerm_key_vault_secret.one.value}" → "${data.azurerm_key_vault_secret.two.value}"\n',
    'connection_string.0.value: hidden → hidden\n',
    'azurerm_key_vault_secret.k\n    value: hidden → hidden\n',
    'app_settings: not set → {"API_KEY":"hidden","OPEN":"x"}\n',
    'azurerm_linux_web_app.merged\n    app_settings: hidden → hidden\n',
  ])
    expect(text).toContain(line);
  expect(text).not.toContain('leak');
});

test('known replacements are named with their source', () => {
  const changes = difference(
    sound(),
    {
      ...sound(),
      resources: sound().resources.map((one) =>
        one.type === 'azurerm_managed_redis'
          ? { ...one, attributes: { ...one.attributes, high_availability_enabled: false } }
          : one,
      ),
    },
    prices,
  );
  expect(changes.changed[0]?.replacement).toEqual({
    verdict: 'replaced',
    because:
      'the cache is created again, its sessions are lost (https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/managed_redis)',
  });
});

test('of repeated blocks only the arguments that differ are shown', () => {
  const rules = (action: string) =>
    deployment({
      site: {
        ip_restriction: [
          { name: 'a', action: 'Allow' },
          { name: 'b', action },
        ],
      },
    });
  expect(difference(rules('Allow'), rules('Deny'), prices).changed[0]?.attributes).toEqual([
    { attribute: 'site_config.ip_restriction.1.action', before: '"Allow"', after: '"Deny"' },
  ]);
});
