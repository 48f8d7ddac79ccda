import type { Fault } from './fault';
import { holder, keysOf, outOfRotation, unknownHealthCheck } from './parts';

/** Azure's seconds of an outage that shoppers meet before people act, where nothing takes the instance out. */
const seenSeconds = 60;

/**
 * One process restarts while Key Vault cannot be reached. Documented: App Service then passes the reference itself in place of
 * the secret, until the app is restarted after the cause is gone. So this instance cannot sign or open a session: the shop answers 503 to
 * everything, health check takes the instance out, and people restart it when Key Vault is back.
 *
 * On the wire: as for `instance-restart`; then 503 from that instance.
 */
export const secretAway: Fault<'secret-away'> = {
  id: 'secret-away',
  isGrey: true,
  failsProbes: true,
  description:
    'one process restarts while Key Vault cannot be reached, and has no session secret until people restart it',
  takes: { processes: 'instance', redis: 'none', region: false },
  source: 'https://learn.microsoft.com/azure/app-service/app-service-key-vault-references',
  inapplicable(plan) {
    const literal = plan.regions.find(({ secretFromVault }) => !secretFromVault);
    return literal
      ? `SESSION_SECRET of region ${literal.name} is not a reference to Key Vault, so nothing is read from there at a restart`
      : unknownHealthCheck(plan);
  },
  remark: () => 'App Service reads the secret again when the app is restarted, which people do.',
  async start(stage) {
    const { fleet, clock, region } = stage;
    const victim = holder(stage);
    const next = await fleet.restart(victim, { isSecretAway: true });
    const isAlone = fleet.instances().filter((each) => each.region === next.region).length === 1;
    return {
      destroyed: keysOf([victim]),
      ailment: { symptom: 'failed', hitsAll: false, processes: keysOf([victim, next]) },
      ...((isAlone || region.healthCheck === null) && { endedByPeople: true as const }),
      undo: async () => {
        if (!(await outOfRotation(stage, next))) await clock.wait(seenSeconds);
        await fleet.restart(next);
      },
    };
  },
};
