import { connectRedis } from '../../app/stores/redisConnection';
import { keptSignedIn, type RedisIdentity } from '../../app/stores/redisIdentity';
import { describeWithRedis, startRedis } from '../support/redis';
import { until } from '../support/until';

type Provider = RedisIdentity['credentials'];

/** Plays Microsoft Entra, the one part that is not here: it counts what is asked of it. */
function entra(token: () => Promise<{ username: string; password: string }>) {
  const seen = { asked: 0, listening: 0 };
  const provider: Provider = {
    type: 'streaming-credentials-provider',
    onReAuthenticationError: () => {},
    async subscribe() {
      seen.asked++;
      const credentials = await token();
      seen.listening++;
      return [credentials, { dispose: () => void seen.listening-- }];
    },
  };
  return { provider, seen };
}
const listener = { onNext: () => {}, onError: () => {} };
const user = { username: 'default', password: '' };

test('a provider keeps its own listener when its clients are gone, and releases it at the end', async () => {
  const { provider, seen } = entra(async () => user);
  const identity = keptSignedIn(provider);
  const [, first] = await identity.credentials.subscribe(listener);
  first.dispose();
  expect(seen.listening).toBe(1);
  identity.close();
  await until('nobody listens', () => seen.listening === 0);
});

test('a client that asks for a token during a failing request gets an answer, too, and the next one asks again', async () => {
  let works = false;
  const { provider, seen } = entra(async () => {
    if (!works) throw new Error('no identity endpoint');
    return user;
  });
  const identity = keptSignedIn(provider);
  const asked = await Promise.allSettled([
    identity.credentials.subscribe(listener),
    identity.credentials.subscribe(listener),
  ]);
  expect([asked.map(({ status }) => status), seen.asked]).toEqual([['rejected', 'rejected'], 1]);
  works = true;
  expect((await identity.credentials.subscribe(listener))[0]).toBe(user);
});

describeWithRedis('signing in with an identity', () => {
  test('a token that takes longer than Redis may for the sign-in does not end the attempt', async () => {
    const redis = await startRedis();
    const reports: string[] = [];
    const { provider, seen } = entra(() => new Promise((resolve) => setTimeout(resolve, 1500, user)));
    const report = (line: string) => void reports.push(line);
    const connection = await connectRedis({ url: redis.url, identity: keptSignedIn(provider), report });
    await until('it is signed in', () => connection.isReachable());
    expect([reports, seen.listening]).toEqual([[], 2]);
    connection.close();
    await redis.stop();
  });
});
