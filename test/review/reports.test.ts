import type { Architecture } from '../../architecture/model';
import { readArchitecture } from '../../architecture/read';
import { difference } from '../../review/diff';
import { renderDifference } from '../../review/report/difference';
import { renderReview } from '../../review/report/terminal';
import { review } from '../../review/review';
import { synthesized } from '../support/snapshots';

const plain = { colour: false };
const architecture = (word: string): Architecture => {
  const [[label, text]] = [...synthesized([word])] as [[string, string]];
  return readArchitecture(text, label);
};

test('the table tells the variants apart at a glance, and findings follow it', () => {
  const all = [...synthesized()].map(([label, text]) => readArchitecture(text, label));
  expect(renderReview(review(all), plain)).toBe(`\
variant                     entry                instances  zones   affinity       sessions    resources  findings
single-zone                 App Service          2          one     on / - / -     in process          7         1
zone-redundant              Application Gateway  3          spread  off / off / -  Redis              20      none
multi-region-active-active  Front Door           2 × 3      spread  off / - / off  Redis, geo         36      none

affinity: App Service (ARR) / Application Gateway / Front Door; - where there is no such layer; ? cannot be told

error  single-zone  in-process-state
  Sessions live in the memory of 2 instances: affinity pins each user to one of them, and when that instance goes, so do the sessions it held.
  at azurerm_linux_web_app.swedencentral_hosting_app
  fix Keep sessions in Redis (sessions=redis) and turn affinity off (appService=off).
  see https://learn.microsoft.com/azure/well-architected/service-guides/app-service-web-apps

3 variants held against 2 rules: 1 finding, 0 cannot be told.
`);
});

test('what cannot be told shows as ? with its reason, and is never counted as nothing found', () => {
  const document = {
    resource: { azurerm_linux_web_app: { a: { location: 'westeurope', service_plan_id: '${var.plan}' } } },
  };
  const text = renderReview(review([readArchitecture(document, 'theirs')]), plain);
  expect(text).toMatch(/^theirs +App Service +\? +\? +off \/ - \/ - +\? +1 +\?$/m);
  expect(text).toMatch(
    /cannot tell {2}theirs {2}zone-redundant-floor\n {2}azurerm_linux_web_app\.a\.service_plan_id is "\$\{var\.plan\}"/,
  );
  expect(text).toMatch(/0 findings, 2 cannot be told\.\n$/);
});

test('colour is there when asked for, and only then', () => {
  const result = review([architecture('single-zone')]);
  expect(renderReview(result, { colour: true })).toContain('\u001b[');
  expect(renderReview(result, plain)).not.toContain('\u001b[');
});

test('a toggled switch is one change of one argument', () => {
  const changes = difference(architecture('zone-redundant'), architecture('zone-redundant,appService=on'));
  expect(renderDifference(changes, plain)).toBe(`\
From zone-redundant to zone-redundant,appService=on

affinity of App Service  off → on

+ added   - removed   ~ changed
~ azurerm_linux_web_app.swedencentral_hosting_app
    client_affinity_enabled: false → true

0 added, 0 removed, 1 changed.
`);
});

test('a difference says the same when it is turned round', () => {
  const [a, b] = [architecture('single-zone'), architecture('zone-redundant')];
  const [there, back] = [difference(a, b), difference(b, a)];
  expect(there.added.length).toBeGreaterThan(5);
  expect(back.removed).toEqual(there.added);
  expect(back.added).toEqual(there.removed);
  expect(back.facts).toEqual(there.facts.map(({ fact, before, after }) => ({ fact, before: after, after: before })));
  const turned = there.changed.map(({ address, attributes }) => ({
    address,
    attributes: attributes.map(({ attribute, before, after }) => ({ attribute, before: after, after: before })),
  }));
  expect(back.changed).toEqual(turned);
});

test('a variant does not differ from itself', () => {
  const same = architecture('single-zone');
  expect(renderDifference(difference(same, same), plain)).toBe(
    'From single-zone to single-zone\n\nThe same Terraform.\n',
  );
});
