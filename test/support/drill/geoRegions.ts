/** Geo-replicated regions as plain data: strings, and counters in hashes. */

import type { RedisCommand } from '../../../drill/redis/commands';
import type * as replication from '../../../drill/redis/replicator';

type Replicator = replication.Replicator;

/** @param parts of the replicator that is tried */
export function geoRegions(
  count: number,
  { createReplicator, effectsIn, noWrites }: Pick<typeof replication, 'createReplicator' | 'effectsIn' | 'noWrites'>,
) {
  let time = 0;
  const data = Array.from({ length: count }, () => new Map<string, string>());
  const writes = data.map(() => noWrites());
  const apply = (region: number, [name, key = '', ...words]: RedisCommand): void => {
    const own = data[region] ?? new Map<string, string>();
    if (name === 'set') own.set(key, words[0] ?? '');
    if (name === 'del') {
      own.delete(key);
      for (const field of [...own.keys()]) if (field.startsWith(`${key} `)) own.delete(field);
    }
    if (name === 'hincrby') {
      const field = `${key} ${words[0]}`;
      const sum = Number(own.get(field) ?? 0) + Number(words[1]);
      // A counter at 0 and no counter are the same to the shop.
      if (sum === 0) own.delete(field);
      else own.set(field, String(sum));
    }
  };
  /** What each write waits for before it is applied elsewhere. */
  let way = async (): Promise<void> => {};
  const from = data.map((_, own) =>
    data.flatMap((_each, other): Replicator[] =>
      other === own
        ? []
        : [
            createReplicator({
              ...{ other: writes[other] ?? noWrites(), lagMs: 0, retryMs: 0 },
              apply: async (command) => {
                await way();
                apply(other, command);
              },
            }),
          ],
    ),
  );
  const replicators = from.flat();
  return {
    data,
    replicators,
    meanwhile: (given: () => Promise<void>) => {
      way = given;
    },
    /** A client of that region writes. */
    write: (region: number, ...command: string[]) => {
      apply(region, command);
      const effects = effectsIn(writes[region] ?? noWrites(), command, ++time);
      for (const replicator of from[region] ?? []) replicator.see(effects);
    },
    settled: async () => {
      for (const replicator of replicators) await replicator.caughtUp();
    },
  };
}
