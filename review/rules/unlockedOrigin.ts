import type { Access, AccessRestriction } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/known';
import { inForce } from '../reach/admission';
import {
  type Answer,
  cannotTell,
  compliant,
  eachOr,
  eachService,
  finding,
  notApplicable,
  type Rule,
  whenKnown,
} from './rule';

export const unlockedOrigin: Rule = {
  id: 'unlocked-origin',
  title: 'Allow traffic to the app through its entry only',
  severity: 'error',
  pillar: 'security',
  why: 'Traffic around the entry passes no firewall; all customers share the addresses of Front Door, so the app must require the id of your profile.',
  source: 'https://learn.microsoft.com/azure/frontdoor/origin-security',
  check: (whole) =>
    eachService(whole, ({ regions, entry }) =>
      eachOr(
        regions.flatMap(({ app }): Site[] => [
          { ...app, besideLocked: false },
          ...app.slots.map((slot) => ({ ...slot, besideLocked: isLocked(app) })),
        ]),
        'there is no app',
        ({ address, publicAccess, openByDefault, restrictions, besideLocked }) =>
          whenKnown(address, [entry === 'app-service' && !besideLocked ? false : publicAccess, entry], (open, kind) => {
            if (kind === 'app-service' && !besideLocked) return notApplicable(`${address} is its own entry`);
            if (!open) return compliant(address);
            return whenKnown(address, [openByDefault, restrictions], (byDefault, all) => {
              const list = inForce(all);
              const closing = list.filter((one) => one.action !== 'Allow' && mayBeEverybody(one));
              const undecided = closing.map(openIn);
              const anybody = byDefault && undecided.every((one) => one !== undefined);
              if (anybody && undecided[0]) return cannotTell(address, undecided[0]);
              if (anybody)
                return kind === 'app-service'
                  ? finding(
                      address,
                      'The slot answers anybody, while its app lets in only whom its restrictions name: a slot takes over none of them.',
                      'Give the slot the restrictions of the app, and `ip_restriction_default_action = "Deny"`.',
                    )
                  : finding(
                      address,
                      `${/_slot\.[^.]*$/.test(address) ? 'The slot' : 'The app'} answers anybody who knows its default host name, so clients can avoid the entry and its firewall.`,
                      kind === 'front-door'
                        ? 'Set `ip_restriction_default_action = "Deny"` and allow the service tag AzureFrontDoor.Backend with your `x_azure_fdid`.'
                        : 'Set `public_network_access_enabled = false` and reach the app by a private endpoint.',
                    );
              return judgeAllowed(address, list);
            });
          }),
      ),
    ),
};

interface Site extends Access {
  readonly address: string;
  /** Whether it is a slot of an app that does not let everybody in. */
  readonly besideLocked: boolean;
}

/** A list without a rule says nothing of whom the author means. */
const isLocked = ({ publicAccess, openByDefault, restrictions }: Access): boolean =>
  publicAccess === false || (openByDefault === false && !isUnknown(restrictions) && restrictions.length > 0);

/** Judges the restrictions that allow traffic, where everything else is denied. */
function judgeAllowed(address: string, restrictions: readonly AccessRestriction[]): Answer {
  const allowed = restrictions.filter(({ action }) => action !== 'Deny');
  const isTagged = ({ serviceTag }: AccessRestriction) => serviceTag === 'AzureFrontDoor.Backend';
  const judged = allowed.filter((one) => isTagged(one) || isWide(one));
  return whenKnown(
    address,
    judged.flatMap(({ frontDoorId, action }) => [frontDoorId, action]),
    () => {
      const unasked = judged.filter(({ frontDoorId }) => frontDoorId !== true);
      const wide = unasked.find(isWide);
      if (wide)
        return finding(
          address,
          `The restriction ${wide.name || 'without a name'} allows ${wideOf(wide)}: anybody can avoid the entry and its firewall.`,
          'Remove it, or narrow it to the entry: `ip_restriction` allows what any one rule allows.',
        );
      if (unasked.length > 0)
        return finding(
          address,
          'The app allows every Front Door, also those of other customers: the service tag alone does not identify yours.',
          'Add `headers { x_azure_fdid = [<resource_guid of your profile>] }` to the restriction.',
        );
      const open = allowed.flatMap(({ addresses, serviceTag }) => [addresses, serviceTag]).find(isUnknown);
      return open ? cannotTell(address, open) : compliant(address);
    },
  );
}

const openIn = ({ action, addresses, serviceTag }: AccessRestriction) =>
  [action, addresses, serviceTag].find(isUnknown);

/** A rule that denies some of the addresses, such as those of Azure, leaves the others open. */
const mayBeEverybody = ({ serviceTag, addresses }: AccessRestriction) =>
  [serviceTag, addresses].some((one) => isUnknown(one) || /^(Any|Internet)$|(^|[,\s])0\.0\.0\.0\/0/.test(one ?? ''));

/** The part of it that means any address: of the Internet, or of all of Azure, other customers included. */
function wideOf({ serviceTag, addresses }: AccessRestriction): string | undefined {
  const named = [serviceTag, addresses].flatMap((one) => (isUnknown(one) ? [] : (one ?? '').split(',')));
  return named.map((one) => one.trim()).find((one) => /^(Internet|Any|AzureCloud(\..*)?)$|\/0$/i.test(one));
}

const isWide = (one: AccessRestriction) => wideOf(one) !== undefined;
