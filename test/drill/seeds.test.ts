/** Several seeds become ranges, and one seed that went wrong is never hidden by the others. */

import { resultOf } from '../../drill/report/result';
import { verdictOf } from '../../drill/report/verdict';
import { mergeSeeds } from '../../drill/seeds';
import { details, notAssessed, reportOf, run } from '../support/drill/sample';

const of = (seed: number, change: object, surprises: readonly string[] = []) => ({
  ...reportOf([{ ...run, ...change }], { surprises }),
  seed,
});

test('figures are those of the first seed, ranges those of all', () => {
  const merged = mergeSeeds([
    of(1, { cartsLost: 30 }),
    of(2, { cartsLost: 28, requestsFailed: 9 }),
    of(3, { cartsLost: 31 }),
  ]);
  expect(resultOf(merged)).toMatchObject({ seed: 1, seeds: 3, runs: [{ cartsLost: 30, met: true }] });
  const [only] = merged.runs;
  if (!only || !('met' in only)) throw new Error('expected a run');
  expect(only.ranges).toMatchObject({
    ...{ completed: 3, met: 3, cartsLost: { least: 28, most: 31 }, requestsFailed: { least: 1, most: 9 } },
  });
  expect(verdictOf(only, details).reason).toContain('Over 3 seeds: 28 to 31 carts lost, 1 to 9 requests failed.');
});

test('one seed that did not go as predicted makes the run so, and its surprises name it', () => {
  const merged = mergeSeeds([of(1, {}), of(2, { met: false }, ['shopper 3: lost the cart'])]);
  expect(merged.runs[0]).toMatchObject({ met: false, ranges: { completed: 2, met: 1 } });
  expect(merged.details[0]?.surprises).toEqual(['seed 2: shopper 3: lost the cart']);
});

test('seeds that could not be completed are not counted; if none could, that is the result', () => {
  const broken = reportOf([notAssessed]);
  const [one] = mergeSeeds([broken, of(2, {}), broken]).runs;
  const why = 'seed 7: node ended before it was ready (code 3)';
  expect(one).toMatchObject({ met: true, ranges: { completed: 1, notAssessed: [why, why] } });
  expect(one && verdictOf(one, details).reason).toContain(
    `Over 1 seed: 30 carts lost, 1 request failed. 2 more could not be completed (${why}).`,
  );
  expect(mergeSeeds([broken, broken]).runs[0]).toEqual(notAssessed);
});
