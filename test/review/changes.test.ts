import { createColors } from 'picocolors';
import { changeOf, changesSince } from '../../review/changes';
import { difference } from '../../review/diff';
import { changesSentence } from '../../review/report/changes';
import { renderDifference } from '../../review/report/difference';
import { differenceJson } from '../../review/report/differenceJson';
import { renderDifferenceMarkdown } from '../../review/report/differenceMarkdown';
import { reviewJson } from '../../review/report/json';
import { renderMarkdown } from '../../review/report/markdown';
import { renderReview } from '../../review/report/terminal';
import { type ReviewedVariant, review } from '../../review/review';
import { expectGolden, open, prices, sound, sticky } from '../support/review/samples';

jest.mock('../../review/availability/figures', () => jest.requireActual('../support/review/fixedFigures'));

const plain = { colour: false, width: 120 };
const reviewed = (...all: Parameters<typeof review>[0]) => review(all, { prices, today: '2026-11-24' });
const asEarlier = (result: ReturnType<typeof review>) =>
  JSON.parse(JSON.stringify(reviewJson(result))) as ReturnType<typeof reviewJson>;
/** The same variant as it is after the change: sessions move out of the process, and affinity goes. */
const was = () => ({ ...sticky(), name: 'shop' });
const is = () => ({ ...sound(), name: 'shop' });
const changed = () => changesSince(asEarlier(reviewed(was())), reviewed(is()));

test('a comment opens with affinity and sessions, then cost before, after and difference, then findings', () => {
  const text = renderMarkdown(reviewed(is()), changed());
  expectGolden('changes.md', text);
  const order = [
    '### Since then: affinity or sessions change in shop',
    '**Affinity and sessions**',
    '**Cost**',
    '**Fixed**',
    '#### ',
  ];
  const places = order.map((one) => text.indexOf(one));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test.each([80, 120])('the terminal says the same at %i columns', (width) =>
  expectGolden(`changes-${width}.txt`, renderReview(reviewed(is()), { ...plain, width }, changed())),
);

test('a comparison as Markdown, as text and as JSON has findings and cost of its own', () => {
  const [from] = asEarlier(reviewed(sticky())).variants;
  const [to] = reviewed(sound()).variants;
  const change = changeOf(from ?? null, to as ReviewedVariant);
  const one = difference(sticky(), sound(), prices);
  expectGolden('difference.md', renderDifferenceMarkdown(one, change));
  expect(renderDifference(one, plain, change)).toContain('fixed error  in-process-state at azurerm_linux_web_app.app');
  const json = differenceJson(one, change);
  expect(json).toMatchObject(one);
  expect(json.monthlyCost.floor.difference).toBeCloseTo(
    (json.monthlyCost.floor.after ?? 0) - (json.monthlyCost.floor.before ?? 0),
  );
  expect(json.findings.fixed).toContainEqual({ rule: 'in-process-state', resource: 'azurerm_linux_web_app.app' });
});

test('between two environments every form says whose names both have', () => {
  const [from] = asEarlier(reviewed(sound())).variants;
  const [to] = reviewed(sound()).variants;
  const change = changeOf(from ?? null, to as ReviewedVariant);
  const none = difference(sound(), sound(), prices);
  const said = "Names, and tags that hold an environment's name, are those of dev on both sides.";
  expect(renderDifference(none, { ...plain, width: 400 }, change, 'dev')).toContain(said);
  expect(renderDifferenceMarkdown(none, change, 'dev')).toContain(said);
  expect(differenceJson(none, change, 'dev')).toMatchObject({ namesOf: 'dev' });
  expect(renderDifferenceMarkdown(none, change)).not.toContain('Two environments');
  expect(differenceJson(none, change)).not.toHaveProperty('namesOf');
});

test('turned round, what was fixed is new', () => {
  const there = changed().variants[0];
  const back = changesSince(asEarlier(reviewed(is())), reviewed(was())).variants[0];
  const keys = (all: readonly { rule: string; resource: string }[] = []) =>
    all.map((one) => `${one.rule} ${one.resource}`);
  expect(keys(there?.fixed)).not.toEqual([]);
  expect(keys(back?.found)).toEqual(keys(there?.fixed));
  expect(back?.state.map(({ before, after }) => [after, before])).toEqual(
    there?.state.map(({ before, after }) => [before, after]),
  );
});

describe('what is not the same as fixed', () => {
  const [base] = reviewed(was()).variants as [ReviewedVariant];
  const finding = base.findings.find(({ rule }) => rule === 'in-process-state');
  const since = (now: Partial<ReviewedVariant>) =>
    changeOf(asEarlier(reviewed(was())).variants[0] ?? null, { ...base, ...now });

  test('a rule that cannot judge any more', () => {
    const { rule = '', resource = '' } = finding ?? {};
    const doubt = { rule, resource, reason: 'a variable', suppressed: false };
    const { fixed, doubts } = since({ findings: [], cannotTell: [doubt] });
    expect(fixed.map((one) => one.rule)).not.toContain('in-process-state');
    expect(doubts).toEqual([doubt]);
  });

  test('somebody who accepts it', () => {
    const suppressed = base.findings.map((one) => ({ ...one, suppressed: true, reason: 'until spring' }));
    const { fixed, accepted, found } = since({ findings: suppressed });
    expect([fixed, found]).toEqual([[], []]);
    expect(accepted).toHaveLength(base.findings.length);
  });

  test('a rule that does not exist any more', () => {
    const earlier = asEarlier(reviewed(was())).variants[0];
    const old = { rule: 'of-long-ago', resource: 'x', suppressed: false };
    expect(changeOf({ ...earlier, name: 'shop', findings: [old] }, base).fixed).toEqual([]);
  });
});

describe('the sentence', () => {
  test('says that nothing changes, what is new, and what is gone', () => {
    const same = changesSince(asEarlier(reviewed(sound())), reviewed(sound()));
    expect(changesSentence(same)).toBe('Nothing changes that the review sees.');
    expect(changesSentence(changesSince(asEarlier(reviewed(open())), reviewed(sound())))).toMatch(
      /^Since then: sound is new, open is gone/,
    );
  });

  test('cost that cannot be compared is unknown, with the reason, and never a difference', () => {
    const earlier = asEarlier(reviewed(sound()));
    const [one] = earlier.variants;
    const inEuro = { variants: [{ ...one, monthlyCost: { ...one?.monthlyCost, currency: 'EUR' } }] };
    const changes = changesSince(inEuro as never, reviewed(sound()));
    expect(changes.variants[0]?.cost.floor.difference).toBeNull();
    expect(renderReview(reviewed(sound()), plain, changes)).toContain('unknown: it was in EUR');
  });
});

test('names from an earlier file are printable text', () => {
  const evil = {
    name: 'sound',
    findings: [{ rule: 'in-process-state', resource: '<img>\n##vso[x]', suppressed: false }],
  };
  const changes = changesSince({ variants: [evil] } as never, reviewed(sound()));
  const text = renderMarkdown(reviewed(sound()), changes);
  expect(text).not.toContain('##vso[');
  expect(text).toContain('`<img>\\n\\u{23}#vso[x]`');
  expect(renderReview(reviewed(sound()), { ...plain, colour: true }, changes)).toContain(
    createColors(true).green('fixed'),
  );
});
