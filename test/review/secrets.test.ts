import fc from 'fast-check';
import { readArchitecture } from '../../architecture/read';
import { drawingOf } from '../../review/diagram/drawing';
import { textDiagram } from '../../review/diagram/text';
import { difference } from '../../review/diff';
import { gate } from '../../review/gate';
import { renderDifference } from '../../review/report/difference';
import { renderPage } from '../../review/report/html/page';
import { renderMarkdown } from '../../review/report/markdown';
import { renderReview } from '../../review/report/terminal';
import { review } from '../../review/review';
import { asPlan, configurations, places, replaced, valueAt } from '../support/architecture/documents';
import { calledSecret, prices } from '../support/review/samples';
import { frontDoor, gateway, onRedis, redis, terraform } from '../support/review/terraform';

// Jest cannot load the layout library, an ES module; a diagram is drawn from names alone.
jest.mock('../../review/diagram/svg', () => ({
  ...jest.requireActual('../../review/diagram/svg'),
  svgDiagram: async (drawing: unknown) => `<svg><!--${JSON.stringify(drawing)}--></svg>`,
}));

/**
 * What of a document reports show by right: addresses, names of settings, locations, SKUs, versions, paths, counts. A
 * secret is planted where nobody shows anything: in settings and connection strings, in literal parts of expressions
 * anywhere, under what a plan marks as sensitive; in a comparison, which shows arguments, under names or in forms that
 * say what it is.
 */
const secret = fc.stringMatching(/^[A-Za-z0-9]{10,16}$/).map((text) => `Qz${text}`);

/** Expressions that hold a literal in every way that Terraform's syntax has. */
const expressions: readonly ((literal: string) => string)[] = [
  (s) => `\${var.x}-AccountKey=${s}`,
  (s) => `${s}-\${local.x}`,
  (s) => `\${format("%s-${s}", var.x)}`,
  (s) => `\${merge(local.a, { DB_PASSWORD = "${s}" })}`,
  (s) => `\${var.on ? "${s}" : each.value.id}`,
  (s) => `\${var.keys["${s}"]}`,
  (s) => `\${local.keys["${s}"].id}`,
  (s) => `\${azurerm_key_vault_secret.other["${s}"].value}`,
  (s) => `\${lookup(var.keys, lower("${s}"))}`,
  (s) => `\${var.keys[lower("${s}")]}`,
  (s) => `\${var.x /* ${s} */}`,
  (s) => `\${var.x # ${s}\n}`,
  (s) => `\${var.x}\${"${s}"}`,
  (s) => `\${"\${var.y}${s}"}`,
  (s) => `\${<<EOT\nazurerm_redis_cache.${s}\nEOT\n}`,
  (s) => `%{ if var.x }${s}%{ endif }`,
  (s) => `\${jsondecode("{\\"a\\": \\"${s}\\"}")}`,
  (s) => `\${[for k, v in var.keys : "${s}" if v]}`,
  (s) => `\${ "azurerm_service_plan.${s}" }`,
];
const expression = fc.constantFrom(...expressions);
const plain: readonly ((literal: string) => string)[] = [
  (s) => s,
  (s) => `Server=x;User=y;Password=${s}`,
  (s) => `rediss://:${s}@cache:10000`,
  (s) => `https://x.blob.core.windows.net/c?sig=${s}`,
  (s) => `{"apiKey":"${s}"}`,
  (s) => `https://hooks.slack.com/services/T0/B0/${s}`,
];
const anyForm = fc.constantFrom(...plain, ...expressions);
/** Forms that say what they are, whatever they stand under. */
const secretForm = fc.constantFrom(...plain.slice(1));

const fixtures: unknown[] = [
  terraform({ settings: onRedis, more: { ...gateway(), ...redis() } }),
  terraform({
    more: { ...frontDoor(), azurerm_storage_account: { s: { location: 'x', account_replication_type: 'ZRS' } } },
  }),
  // The smallest of what the variants are synthesized to.
  [...configurations].sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length)[0],
];
const isText = (document: unknown) => (at: readonly string[]) => typeof valueAt(document, at) === 'string';
const texts = fixtures.map((document) => places(document).filter((at) => at[0] === 'resource' && isText(document)(at)));

interface Planting {
  readonly at: readonly string[];
  readonly literal: string;
  readonly form: (literal: string) => string;
}

/** A document and five places in it, each with a literal of its own: a report of all of them costs as much as that of one. */
const severalIn = (form: fc.Arbitrary<(literal: string) => string>) =>
  fc.nat({ max: fixtures.length - 1 }).chain((which) => {
    const planting = fc.record({ at: fc.constantFrom(...(texts[which] ?? [])), literal: secret, form });
    return fc
      .array(planting, { minLength: 5, maxLength: 5 })
      .map((plantings): { document: unknown; plantings: readonly Planting[] } => ({
        document: fixtures[which],
        plantings,
      }));
  });

const planted = (document: unknown, plantings: readonly Planting[]): unknown =>
  plantings.reduce((changed, { at, literal, form }) => replaced(changed, at, form(literal)), document);

/** Which of them a report shows, and where they stand. */
const shownOf = (plantings: readonly Planting[], report: string): readonly Planting[] =>
  plantings.filter(({ literal }) => report.includes(literal));

// Nothing is wrapped: it would hide no literal, and took a third of the time.
const unwrapped = { colour: false, width: Number.POSITIVE_INFINITY };

/** Everything that a review says of a document; nothing where it is refused, but why. */
async function reports(document: unknown): Promise<string> {
  let deployment: ReturnType<typeof readArchitecture>;
  try {
    deployment = readArchitecture(document, 'reviewed');
  } catch (error) {
    return (error as Error).message;
  }
  const result = review([deployment], { prices });
  return [
    renderReview(result, unwrapped),
    renderMarkdown(result),
    await renderPage({ deployments: [deployment], result, prices, drill: null }),
    JSON.stringify(result),
    JSON.stringify(gate(result, {})),
    textDiagram(drawingOf(deployment)),
  ].join('\n');
}

async function comparison(before: unknown, after: unknown): Promise<string> {
  const deployments = [before, after].map((document, index) => readArchitecture(document, `side ${index}`));
  const [from, to] = deployments as [(typeof deployments)[0], (typeof deployments)[0]];
  const changes = difference(from, to, prices);
  const page = await renderPage({ deployments, result: review(deployments, { prices }), prices, drill: null });
  return [renderDifference(changes, unwrapped), JSON.stringify(changes), page].join('\n');
}

test('a literal inside an expression is in no report of a document, wherever the expression stands', () =>
  fc.assert(
    fc.asyncProperty(severalIn(expression), async ({ document, plantings }) => {
      expect(shownOf(plantings, await reports(planted(document, plantings)))).toEqual([]);
    }),
    { numRuns: 60, seed: 11 },
  ));

/** What reports name of a resource: what it is called, where it is, how large, which versions, what it asks for. */
const shown =
  /(^|_)(name|location|sku|os_type|tls_version|path|host|mode|status_code|service_tag|ip_address|size|tier|zones)$|^\d+$/;

test('a literal is in no report of a document but where reports show an argument', () =>
  fc.assert(
    fc.asyncProperty(severalIn(fc.constantFrom(...plain)), async ({ document, plantings }) => {
      const hidden = plantings.filter(({ at }) => !shown.test(at.at(-1) ?? ''));
      expect(shownOf(hidden, await reports(planted(document, hidden)))).toEqual([]);
    }),
    { numRuns: 50, seed: 10 },
  ));

test('the value of a setting or a connection string is in no report of a document', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom('SESSION_STORE', 'REDIS_URL', 'SESSION_SECRET', 'ANY', 'WEBSITE_HEALTHCHECK_MAXPINGFAILURES'),
      secret,
      anyForm,
      async (name, literal, form) => {
        const app = { connection_string: [{ name: 'db', type: 'Custom', value: form(literal) }] };
        expect(await reports(terraform({ app, settings: { [name]: form(literal) } }))).not.toContain(literal);
        expect(await reports(terraform({ app: { app_settings: form(literal) } }))).not.toContain(literal);
      },
    ),
    { numRuns: 100, seed: 12 },
  ));

const secretNames = ['DB_PASSWORD', ...calledSecret];

/** Places that say of themselves that they hold a credential. */
const secretPlaces: readonly ((value: string) => object)[] = [
  ...secretNames.map((name) => (value: string) => terraform({ settings: { [name]: value } })),
  (value) => terraform({ settings: { 'Auth--ClientSecret': value } }),
  (value) => terraform({ settings: { STORAGE_ACCESS_KEY: value } }),
  (value) => terraform({ app: { connection_string: [{ name: 'db', type: 'Custom', value }] } }),
  (value) => terraform({ app: { auth_settings: [{ active_directory: [{ client_secret: value }] }] } }),
  (value) => terraform({ app: { backup: [{ storage_account_access_key: value }] } }),
  (value) => terraform({ more: { azurerm_key_vault_secret: { s: { name: 's', value } } } }),
  (value) => terraform({ more: { azurerm_container_app: { c: { secret: [{ name: 's', value }] } } } }),
  (value) => terraform({ more: { azurerm_mssql_server: { s: { administrator_login_password: value } } } }),
  (value) => terraform({ more: { azurerm_x: { x: { client_secret: { nested: [{ deep: value }] } } } } }),
];

test('a comparison shows no literal of what is called a secret', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(...secretPlaces), secret, secret, anyForm, async (place, one, other, form) => {
      const text = await comparison(place(form(one)), place(form(other)));
      expect(text).not.toContain(one);
      expect(text).not.toContain(other);
    }),
    { numRuns: 200, seed: 13 },
  ));

test('a comparison hides each setting that is called a secret, and shows the others', () => {
  const side = (value: string) =>
    readArchitecture(
      terraform({
        settings: Object.fromEntries([...secretNames, 'SESSION_KEY_PREFIX', 'PUBLIC_KEY'].map((name) => [name, value])),
      }),
      value,
    );
  const changes = difference(side('one'), side('other')).changed.flatMap(({ attributes }) => attributes);
  const shown = changes.filter(({ before, after }) => before !== 'hidden' || after !== 'hidden');
  expect(shown).toEqual(
    ['PUBLIC_KEY', 'SESSION_KEY_PREFIX'].map((name) => ({
      attribute: `app_settings.${name}`,
      before: '"one"',
      after: '"other"',
    })),
  );
  expect(changes).toHaveLength(secretNames.length + shown.length);
});

test.each([
  ['a PKCS #12 file', 'MIIKPwIBAzCCCfsGCSqG', 'hidden'],
  ['a PKCS #12 file of Java', 'MIACAQMwgAYJKoZIhvcN', 'hidden'],
  ['a private key', 'MIIEvQIBADANBgkqhkiG', 'hidden'],
  ['an RSA private key', 'MIIEpAIBAAKCAQEAx7Gm', 'hidden'],
  ['a certificate, which is public', 'MIIDdDCCAlygAwIBAgIQ', undefined],
])('of the certificate of a gateway a comparison hides %s in Base64', (_, head, shown) => {
  const side = (tail: string) =>
    readArchitecture(
      terraform({ more: gateway({ ssl_certificate: [{ name: 'c', data: `${head}${tail.repeat(300)}` }] }) }),
      tail,
    );
  const [change] = difference(side('A'), side('B')).changed.flatMap(({ attributes }) => attributes);
  expect(change).toEqual({
    attribute: 'ssl_certificate.0.data',
    before: shown ?? JSON.stringify(`${head}${'A'.repeat(300)}`),
    after: shown ?? JSON.stringify(`${head}${'B'.repeat(300)}`),
  });
});

test('a comparison shows nothing that has the form of a secret, whatever it is called', () =>
  fc.assert(
    fc.asyncProperty(secret, secret, secretForm, async (one, other, form) => {
      const side = (value: string) =>
        terraform({ settings: { ANY: value, LIST: `a,${value}` }, plan: { note: value } });
      const text = await comparison(side(form(one)), side(form(other)));
      expect(text).not.toContain(one);
      expect(text).not.toContain(other);
    }),
    { numRuns: 50, seed: 14 },
  ));

test('what a plan marks as sensitive, in its values or in its changes, is in no report and no comparison', () => {
  const plans = fixtures.slice(0, 2).map((document) => asPlan(document as Record<string, unknown>));
  const root = ['planned_values', 'root_module', 'child_modules', '0', 'resources'];
  const inValues = plans.map((plan) =>
    places(valueAt(plan, root)).filter((at) => at[1] === 'values' && at.length > 2 && isText(valueAt(plan, root))(at)),
  );
  const planned = fc
    .nat({ max: plans.length - 1 })
    .chain((which) => fc.constantFrom(...(inValues[which] ?? [])).map((at) => ({ plan: plans[which], at })));
  return fc.assert(
    fc.asyncProperty(
      planned,
      secret,
      secret,
      fc.nat(),
      fc.boolean(),
      async ({ plan, at }, one, other, depth, inChange) => {
        const [index = '', , ...path] = at;
        // The mark is on the value, or on anything that holds it.
        const marked = path.slice(0, 1 + (depth % path.length));
        const marks = inChange
          ? ['resource_changes', index, 'change', 'after_sensitive', ...marked]
          : [...root, index, 'sensitive_values', ...marked];
        const side = (literal: string) => replaced(replaced(plan, [...root, ...at], literal), marks, true);
        const text = (await reports(side(one))) + (await comparison(side(one), side(other)));
        expect(text).not.toContain(one);
        expect(text).not.toContain(other);
      },
    ),
    { numRuns: 150, seed: 15 },
  );
});

test('a document that is not JSON is refused without quoting it', () => {
  for (const text of ['{"DB_PASSWORD": hunter2hunter2}', '{"DB_PASSWORD": "hunter2hunter2', 'hunter2hunter2'])
    expect(() => readArchitecture(text, 'theirs')).toThrow(/^theirs is not JSON: (?!.*hunter2)/);
});
