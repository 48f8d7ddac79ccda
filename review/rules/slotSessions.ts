import { isUnknown } from '../../architecture/known';
import { usesRedis } from '../../sessions/stores';
import { cannotTell, compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const slotSessions: Rule = {
  id: 'slot-sessions',
  title: 'Let a slot keep sessions where production keeps them',
  severity: 'error',
  pillar: 'reliability',
  why: 'A swap takes settings along: production then keeps sessions where the slot did, and every client is logged out.',
  source: 'https://learn.microsoft.com/azure/app-service/deploy-staging-slots',
  check: ({ regions }) =>
    eachOr(
      regions.flatMap(({ app, redis }) => app.slots.map((slot) => ({ slot, app, redis }))),
      'there is no deployment slot',
      ({ slot: { address, sessions, redis, sessionsStay }, app, redis: production }) => {
        if (isUnknown(app.sessions)) return notApplicable(`where ${app.address} keeps sessions is unknown`);
        const kept = app.sessions;
        return whenKnown(address, [sessionsStay], (stay) => {
          if (stay) return compliant(address);
          if (sessions !== null && isUnknown(sessions)) return cannotTell(address, sessions);
          const move = (where: string) =>
            finding(
              address,
              `It ${where}, and a swap takes the setting along: every client of ${app.address} is logged out.`,
              'Give the slot the same setting, or name it in `sticky_settings.app_setting_names` of the app.',
            );
          if (sessions === null) return move('has no setting that says where sessions are, and production has one');
          if (sessions !== kept) return move('keeps sessions elsewhere than production');
          if (!usesRedis(kept) || !production) return compliant(address);
          return whenKnown(address, [redis], (own) =>
            own === production.address ? compliant(address) : move('keeps sessions in another Redis than production'),
          );
        });
      },
    ),
};
