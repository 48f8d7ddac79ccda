import type { Fault } from './fault';

/**
 * One instance dies without a word (SIGKILL), one of those that carts depend on, chosen by the seed.
 *
 * On the wire: connections of requests in flight are reset, and the front end answers those with 502; a request that
 * comes before the front end knows meets a closed port, also 502; every later one goes elsewhere. In Azure a front end
 * without a health check can go on longer; that timer is not emulated yet, hence `platformSeconds` 0.
 *
 * undo: the platform's replacement, with another instance id. (A process that crashes on a healthy machine is restarted
 * there, under the same id. Memory is lost in both; only the stale cookie differs: it would pin to the restarted one.)
 */
export const instanceCrash: Fault = {
  name: 'instance-crash',
  description: 'one instance is killed; the platform starts another in its place',
  platformSeconds: 0,
  async start({ fleet, random, holders }) {
    const victim = random.pick(holders.length > 0 ? holders : fleet.instances());
    await victim.kill();
    return {
      destroyed: new Set([victim.id]),
      undo: async () => void (await fleet.replace(victim)),
    };
  },
};
