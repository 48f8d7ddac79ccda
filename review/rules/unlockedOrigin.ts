import type { Restriction } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/model';
import { type Answer, cannotTell, compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

export const unlockedOrigin: Rule = {
  id: 'unlocked-origin',
  title: 'Let the app be reached through its entry only',
  severity: 'error',
  why: 'Around the entry there is no firewall; addresses of Front Door are shared with every other customer, so its id must be asked for.',
  source: 'https://learn.microsoft.com/azure/frontdoor/origin-security',
  check: ({ facts, entry }) =>
    eachOr(facts.apps, 'there is no app', ({ address, publicAccess, openByDefault, restrictions }) =>
      whenKnown(address, [entry, publicAccess], (kind, open) => {
        if (kind === 'app-service') return notApplicable(`${address} is its own entry`);
        if (!open) return compliant(address);
        return whenKnown(address, [openByDefault, restrictions], (byDefault, list) => {
          const closing = list.filter((one) => one.action !== 'Allow' && mayBeEverybody(one));
          const undecided = closing.map(openIn);
          const anybody = byDefault && undecided.every((one) => one !== undefined);
          if (anybody && undecided[0]) return cannotTell(address, undecided[0]);
          if (anybody)
            return finding(
              address,
              'The app answers anybody who knows its default host name, around the entry and its firewall.',
              kind === 'front-door'
                ? 'Set `ip_restriction_default_action = "Deny"` and allow the service tag AzureFrontDoor.Backend with your `x_azure_fdid`.'
                : 'Set `public_network_access_enabled = false` and reach the app by a private endpoint.',
            );
          return judgeDoors(address, list);
        });
      }),
    ),
};

/** What the restrictions of an app let in, of which nothing else gets in. */
function judgeDoors(address: string, restrictions: readonly Restriction[]): Answer {
  const doors = restrictions.filter(({ action }) => action !== 'Deny');
  const isTagged = ({ serviceTag }: Restriction) => serviceTag === 'AzureFrontDoor.Backend';
  const judged = doors.filter((one) => isTagged(one) || isWide(one));
  return whenKnown(
    address,
    judged.flatMap(({ frontDoorId, action }) => [frontDoorId, action]),
    () => {
      const unasked = judged.filter(({ frontDoorId }) => frontDoorId !== true);
      const wide = unasked.find(isWide);
      if (wide)
        return finding(
          address,
          `The restriction ${wide.name || 'without a name'} lets in ${wideOf(wide)}: anybody, around the entry and its firewall.`,
          'Remove it, or narrow it to the entry: `ip_restriction` allows what any one rule allows.',
        );
      if (unasked.length > 0)
        return finding(
          address,
          'The app lets in every Front Door, also those of other customers: the service tag alone is no lock.',
          'Add `headers { x_azure_fdid = [<resource_guid of your profile>] }` to the restriction.',
        );
      const open = doors.flatMap(({ addresses, serviceTag }) => [addresses, serviceTag]).find(isUnknown);
      return open ? cannotTell(address, open) : compliant(address);
    },
  );
}

const openIn = ({ action, addresses, serviceTag }: Restriction) => [action, addresses, serviceTag].find(isUnknown);

/** Denying a part of the addresses, such as those of Azure, leaves the rest. */
const mayBeEverybody = ({ serviceTag, addresses }: Restriction) =>
  [serviceTag, addresses].some((one) => isUnknown(one) || /^(Any|Internet)$|(^|[,\s])0\.0\.0\.0\/0/.test(one ?? ''));

/** What of it is as good as every address: of the Internet, or of all that runs in Azure, other customers' included. */
function wideOf({ serviceTag, addresses }: Restriction): string | undefined {
  const named = [serviceTag, addresses].flatMap((one) => (isUnknown(one) ? [] : (one ?? '').split(',')));
  return named.map((one) => one.trim()).find((one) => /^(Internet|Any|AzureCloud(\..*)?)$|\/0$/i.test(one));
}

const isWide = (one: Restriction) => wideOf(one) !== undefined;
