import { takesNothing } from '../../../drill/faults/takes';
import { placesOf } from '../../../drill/judging/places';
import { promisesOf } from '../../../drill/judging/promises';
import { judgeSignIns } from '../../../drill/judging/signIns';
import { architecture, type Choices } from '../../support/drill/architectures';

const inProcess = { appSettings: { SIGN_IN_STATE: 'memory' } };

/** One sign-in that `p1` began, on its return to `endedBy`. */
function judged(choices: Choices, endedBy: string, known: boolean, gone: readonly string[] = []) {
  const promises = promisesOf(architecture(choices));
  const strike = {
    takes: takesNothing,
    region: 'swedencentral',
    destroyed: new Set(gone),
    wroteInsideLag: false,
    cameBack: false,
  };
  const places = placesOf(promises, strike, () => 'swedencentral');
  return judgeSignIns(promises, places, new Set(gone), [
    { visitor: 3, near: 'swedencentral', begunBy: 'p1', endedBy, known },
  ]);
}

test.each<[string, Choices, string, boolean, readonly string[]]>([
  ['in process, with affinity', {}, 'p1', true, []],
  ['in process, whose process is gone', {}, 'p2', false, ['p1']],
  ['in process, without affinity, by chance at the same process', { appService: 'off' }, 'p1', true, []],
  ['in process, without affinity, at another process', { appService: 'off' }, 'p2', false, []],
  ['in Redis, without affinity, at another process', { sessions: 'redis', appService: 'off' }, 'p2', true, []],
  ['in Redis, whose process is gone', { sessions: 'redis', appService: 'off' }, 'p2', true, ['p1']],
  [
    'in process although sessions are in Redis, without affinity',
    { sessions: 'redis', appService: 'off', ...inProcess },
    'p2',
    false,
    [],
  ],
  ['in process although sessions are in Redis, with affinity', { sessions: 'redis', ...inProcess }, 'p1', true, []],
  [
    'in process although sessions are in a cookie, whose process is gone',
    { sessions: 'cookie', ...inProcess },
    'p2',
    false,
    ['p1'],
  ],
  ['in a sealed cookie', { sessions: 'cookie', appService: 'off' }, 'p2', true, ['p1']],
])(
  'a state %s: known again exactly as the facts say, and the opposite is a surprise',
  (_name, choices, endedBy, known, gone) => {
    expect(judged(choices, endedBy, known, gone)).toEqual({
      ...{ begun: 1, lost: known ? 0 : 1, expectedLost: known ? 0 : 1, surprises: [] },
    });
    const opposite = judged(choices, endedBy, !known, gone);
    expect(opposite.surprises).toEqual([
      known ? 'visitor 3: the sign-in was not known' : 'visitor 3: the sign-in was known and must not be',
    ]);
  },
);

test('where affinity must hold, a visitor who met another process is promised the sign-in nevertheless', () => {
  expect(judged({}, 'p2', false).surprises).toHaveLength(1);
});
