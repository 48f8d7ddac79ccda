import fc from 'fast-check';
import { commandReader, isWrite, type RedisCommand } from '../../../drill/redis/commands';
import { createReplicator, effectsIn, noWrites } from '../../../drill/redis/replicator';
import { geoRegions } from '../../support/drill/geoRegions';

const regionsOf = (count: number) => geoRegions(count, { createReplicator, effectsIn, noWrites });
const twoRegions = () => regionsOf(2);

test('a write is not there at once, and is there after a while', async () => {
  const { write, data, settled } = twoRegions();
  write(0, 'set', 'a', '1');
  expect(data[1]?.get('a')).toBeUndefined();
  await settled();
  expect(data[1]?.get('a')).toBe('1');
});

test('counters of both regions add up', async () => {
  const { write, data, settled } = twoRegions();
  write(0, 'hincrby', 'cart', 'tea', '1');
  write(1, 'hincrby', 'cart', 'tea', '2');
  await settled();
  expect(data.map((region) => region.get('cart tea'))).toEqual(['3', '3']);
});

test('of two writes to one string the later wins in both regions', async () => {
  const { write, data, settled } = twoRegions();
  write(0, 'set', 'a', 'earlier');
  write(1, 'set', 'a', 'later');
  await settled();
  expect(data.map((region) => region.get('a'))).toEqual(['later', 'later']);
});

test('cut off, both sides go on, and catch up when it is over', async () => {
  const { write, data, replicators, settled } = twoRegions();
  for (const replicator of replicators) replicator.hold();
  write(0, 'hincrby', 'cart', 'tea', '1');
  write(1, 'hincrby', 'cart', 'tea', '1');
  await settled();
  expect(data.map((region) => region.get('cart tea'))).toEqual(['1', '1']);
  for (const replicator of replicators) replicator.resume();
  await settled();
  expect(data.map((region) => region.get('cart tea'))).toEqual(['2', '2']);
});

test('a deletion takes what its region had seen; an increment made elsewhere at the same time stays', async () => {
  const { write, data, settled } = twoRegions();
  write(0, 'hincrby', 'cart', 'tea', '2');
  await settled();
  write(0, 'del', 'cart');
  write(1, 'hincrby', 'cart', 'tea', '1');
  await settled();
  expect(data.map((region) => region.get('cart tea'))).toEqual(['1', '1']);
});

test('of three regions each counts an increment once, and each deletion takes back once what its region had seen', async () => {
  const { write, data, settled } = regionsOf(3);
  write(0, 'hincrby', 'cart', 'tea', '2');
  write(1, 'hincrby', 'cart', 'tea', '1');
  await settled();
  expect(data.map((region) => region.get('cart tea'))).toEqual(['3', '3', '3']);
  write(2, 'del', 'cart');
  write(0, 'hincrby', 'cart', 'tea', '5');
  await settled();
  expect(data.map((region) => region.get('cart tea'))).toEqual(['5', '5', '5']);
});

test('a write that fails holds nothing up for good: what was acknowledged after it arrives too, in its order, before all is caught up', async () => {
  const { write, data, meanwhile, settled } = twoRegions();
  let failures = 2;
  meanwhile(async () => {
    if (failures-- > 0) throw new Error('the machine is busy');
  });
  write(0, 'set', 'a', '1');
  write(0, 'hincrby', 'cart', 'tea', '1');
  await settled();
  write(0, 'hincrby', 'cart', 'tea', '1');
  write(0, 'set', 'a', '2');
  await settled();
  expect([data[1]?.get('a'), data[1]?.get('cart tea')]).toEqual(['2', '2']);
});

test('what was lost by hold is what was acknowledged after it, and nothing before it, however slow the way is', async () => {
  const { write, data, replicators, meanwhile, settled } = twoRegions();
  meanwhile(() => new Promise((resolve) => setImmediate(resolve)));
  for (let add = 0; add < 5; add++) write(0, 'hincrby', 'cart', 'tea', '1');
  await settled();
  for (const replicator of replicators) replicator.hold();
  write(0, 'hincrby', 'cart', 'cup', '1');
  write(1, 'hincrby', 'cart', 'tea', '1'); // The other region goes on by itself.
  await settled();
  expect([data[1]?.get('cart tea'), data[1]?.get('cart cup')]).toEqual(['6', undefined]);
});

test('what a server lost that had got it is passed on again, once', async () => {
  const { write, data, replicators, settled } = twoRegions();
  write(0, 'hincrby', 'cart', 'tea', '1');
  await settled();
  replicators[0]?.remember();
  write(0, 'hincrby', 'cart', 'tea', '1');
  await settled();
  data[1]?.set('cart tea', '1'); // The replica that takes over never got the second one.
  replicators[0]?.repeat();
  await settled();
  replicators[0]?.repeat();
  await settled();
  expect(data.map((region) => region.get('cart tea'))).toEqual(['2', '2']);
});

test('a write that fails is tried again by itself, and a failure that stays is named', async () => {
  const applied: RedisCommand[] = [];
  let failures = 3;
  const replicator = createReplicator({
    ...{ other: noWrites(), retryMs: 0 },
    apply: async (command) => {
      if (failures-- > 0) throw new Error('the client is closed');
      applied.push(command);
    },
  });
  replicator.see([{ command: ['hincrby', 'cart', 'tea', '1'], at: 1 }]);
  await replicator.caughtUp();
  expect([applied, replicator.failure()]).toEqual([[['hincrby', 'cart', 'tea', '1']], null]);
  failures = Number.POSITIVE_INFINITY;
  replicator.see([{ command: ['hincrby', 'cart', 'tea', '1'], at: 1 }]);
  await replicator.caughtUp();
  expect(replicator.failure()).toBe('the client is closed');
});

test('what waited in a server that died is never passed on', async () => {
  const { write, data, replicators, settled } = twoRegions();
  replicators[0]?.hold();
  write(0, 'set', 'a', '1');
  replicators[0]?.drop();
  replicators[0]?.resume();
  write(0, 'set', 'b', '2');
  await settled();
  expect([...(data[1]?.keys() ?? [])]).toEqual(['b']);
});

test('a region that does not answer makes writes wait, not vanish', async () => {
  let away = true;
  const applied: RedisCommand[] = [];
  const replicator = createReplicator({
    ...{ other: noWrites(), retryMs: 0 },
    apply: async (command) => {
      if (away) throw new Error('away');
      applied.push(command);
    },
  });
  replicator.see([{ command: ['hincrby', 'cart', 'tea', '1'], at: 1 }]);
  await replicator.caughtUp();
  away = false;
  replicator.resume();
  await replicator.caughtUp();
  expect(applied).toEqual([['hincrby', 'cart', 'tea', '1']]);
});

test('property: whatever both regions write, and however often they are cut off, they end up the same', async () => {
  const region = fc.constantFrom(0 as const, 1 as const);
  const step = fc.oneof(
    fc
      .tuple(region, fc.constantFrom('a', 'b'), fc.stringMatching(/^[a-z]{1,3}$/))
      .map(([r, key, value]) => ({ r, command: ['set', key, value] })),
    fc
      .tuple(region, fc.constantFrom('tea', 'cup'), fc.integer({ min: 1, max: 3 }))
      .map(([r, field, by]) => ({ r, command: ['hincrby', 'cart', field, String(by)] })),
    fc.tuple(region, fc.constantFrom('a', 'b', 'cart')).map(([r, key]) => ({ r, command: ['del', key] })),
    fc.constantFrom('hold' as const, 'resume' as const).map((act) => ({ act })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { write, data, replicators, settled } = twoRegions();
      for (const one of steps) {
        if ('act' in one) for (const replicator of replicators) replicator[one.act]();
        else write(one.r, ...one.command);
      }
      for (const replicator of replicators) replicator.resume();
      await settled();
      expect(Object.fromEntries(data[0] ?? [])).toEqual(Object.fromEntries(data[1] ?? []));
    }),
  );
});

test('commands are read whole, however the bytes are split', () => {
  const wire = Buffer.from('*2\r\n$3\r\nGET\r\n$3\r\nké\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$4\r\n{"\r\n\r\n');
  for (let cut = 0; cut <= wire.length; cut++) {
    const seen: RedisCommand[] = [];
    const read = commandReader((command) => void seen.push(command));
    read(wire.subarray(0, cut));
    read(wire.subarray(cut));
    expect(seen).toEqual([
      ['get', 'ké'],
      ['set', 'a', '{"\r\n'],
    ]);
  }
});

test.each([
  [['hincrby', 'k', 'f', '1'], true],
  [['expire', 'k', '9'], true],
  [['something-new', 'k'], true],
  [['hgetall', 'k'], false],
  [['multi'], false],
])('%j changes data: %s', (command, writes) => {
  expect(isWrite(command)).toBe(writes);
});
