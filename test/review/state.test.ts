import { stateMap } from '../../review/state/map';
import { deployment, onRedis, redis } from '../support/review/terraform';

const halfway = (settings: object) =>
  stateMap(deployment({ settings: { ...onRedis, ...settings }, more: redis({}) })).find(
    ({ component }) => component === 'the sign-in of the app',
  );

test('a sign-in that is half-way in a process’s memory is named, also where the sessions are in Redis', () => {
  expect(halfway({ SIGN_IN_STATE: 'memory' })).toMatchObject({
    kind: 'stateful',
    where: 'the memory of the process that began it',
    lostWith: expect.stringContaining('without affinity'),
  });
  expect(halfway({ SIGN_IN_STATE: 'session' })).toBeUndefined();
  expect(halfway({})).toBeUndefined();
});

test('the map says what keeps a cart from being ordered twice, and where nothing at the server does', () => {
  const of = (settings: object) =>
    stateMap(deployment({ settings, more: redis({}) }))
      .map(({ keeps }) => keeps)
      .join('\n');
  for (const settings of [{ SESSION_STORE: 'memory' }, onRedis])
    expect(of(settings)).toContain('for a day, which carts were ordered, so that each is ordered once');
  expect(of({ SESSION_STORE: 'cookie' })).toContain('a cart sent twice is ordered twice with one order id');
});
