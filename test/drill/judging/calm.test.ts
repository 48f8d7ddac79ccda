/** A shop that refuses everything loses nothing: that must not pass for a good run. */

import { drill } from '../../../drill/drill';
import { isCompleted } from '../../../drill/report/result';
import { architecture } from '../../support/drill/architectures';
import { testApp } from '../../support/drill/shop';

jest.setTimeout(300_000);

/** However busy this machine is: here it is known why requests fail. */
jest.mock('../../../drill/running/stalls', () => {
  const none = { longestMs: () => 0, fromNow: () => none, stop: () => {} };
  return { watchStalls: () => none };
});

async function refusing(what: string) {
  const appSettings = { REFUSES: what };
  const settings = { faults: ['none'], seed: 1, shoppers: 12, appFile: testApp('refusing.cjs') } as const;
  const { runs, details } = await drill([architecture({ appSettings })], settings);
  return { run: runs[0], surprises: details[0]?.surprises ?? [] };
}

test('every add answered 503: not assessed, and it says why', async () => {
  const { run } = await refusing('adds');
  expect(run).toMatchObject({ notAssessed: expect.stringContaining('no add was acknowledged') });
});

test.each([
  ['checkout', /^2 of \d+ requests of shoppers failed while nothing was broken$/],
  ['api', /^\d+ of \d+ requests to the stateless API failed while nothing was broken$/],
])('%s refused while nothing is broken: not as expected', async (what, sentence) => {
  const { run, surprises } = await refusing(what);
  expect(run && isCompleted(run) && run.met).toBe(false);
  expect(surprises).toContainEqual(expect.stringMatching(sentence));
});
