import type { Restriction } from '../../architecture/deployment';
import { isUnknown } from '../../architecture/model';
import { compliant, eachOr, finding, notApplicable, type Rule, whenKnown } from './rule';

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
        return whenKnown(address, [openByDefault, restrictions], (anybody, list) => {
          if (anybody)
            return finding(
              address,
              'The app answers anybody who knows its default host name, around the entry and its firewall.',
              kind === 'front-door'
                ? 'Set `ip_restriction_default_action = "Deny"` and allow the service tag AzureFrontDoor.Backend with your `x_azure_fdid`.'
                : 'Set `public_network_access_enabled = false` and reach the app by a private endpoint.',
            );
          const doors = list.filter(
            (one) => one.action !== 'Deny' && (one.serviceTag === 'AzureFrontDoor.Backend' || isWide(one)),
          );
          return whenKnown(
            address,
            doors.flatMap(({ frontDoorId, action }) => [frontDoorId, action]),
            () => {
              const unasked = doors.filter(({ frontDoorId }) => frontDoorId !== true);
              const wide = unasked.find(isWide);
              if (wide)
                return finding(
                  address,
                  `The restriction ${wide.name || 'without a name'} lets in ${String(wide.addresses ?? wide.serviceTag)}: anybody, around the entry and its firewall.`,
                  'Remove it, or narrow it to the entry: `ip_restriction` allows what any one rule allows.',
                );
              return unasked.length === 0
                ? compliant(address)
                : finding(
                    address,
                    'The app lets in every Front Door, also those of other customers: the service tag alone is no lock.',
                    'Add `headers { x_azure_fdid = [<resource_guid of your profile>] }` to the restriction.',
                  );
            },
          );
        });
      }),
    ),
};

/** Whether it names as good as every address: of the Internet, or of all that runs in Azure, other customers' included. */
const isWide = ({ serviceTag, addresses }: Restriction) =>
  (!isUnknown(serviceTag) && /^(Internet|AzureCloud(\..*)?)$/i.test(serviceTag ?? '')) ||
  (!isUnknown(addresses) && (addresses ?? '').split(',').some((range) => /\/0$/.test(range.trim())));
