import { isUnknown } from '../../architecture/known';
import { isKeptIn } from '../sessions';
import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const slotSharedSecret: Rule = {
  id: 'slot-shared-secret',
  title: 'Let a slot seal cookies with the secret of production',
  severity: 'error',
  pillar: 'reliability',
  why: 'A swap takes settings along: with another secret in the slot it logs every client out.',
  source: 'https://learn.microsoft.com/azure/app-service/deploy-staging-slots',
  check: ({ regions }) =>
    eachOr(
      regions.flatMap(({ app }) => app.slots.map((slot) => ({ slot, app }))),
      'there is no deployment slot',
      ({ slot: { address, cookieSecret, secretStays }, app }) => {
        if (!isKeptIn(app.sessions, 'client') && (app.cookieSecret === null || isUnknown(app.cookieSecret)))
          return notApplicable(`${app.address} seals no cookie with a secret of its settings`);
        return whenKnown(address, [cookieSecret, app.cookieSecret], (own, production) => {
          // Whether two literals are equal is not kept.
          if (own === null || own === production) return compliant(address);
          return whenKnown(address, [secretStays], (stays) =>
            stays
              ? compliant(address)
              : finding(
                  address,
                  `It seals cookies with another secret than ${app.address}, and a swap takes the setting along: every client is logged out.`,
                  'Refer to the same secret, or name the setting in `sticky_settings.app_setting_names` of the app.',
                ),
          );
        });
      },
    ),
};
