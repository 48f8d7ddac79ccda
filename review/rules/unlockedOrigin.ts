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
          const doors = list.filter(({ serviceTag }) => serviceTag === 'AzureFrontDoor.Backend');
          return whenKnown(
            address,
            doors.map(({ frontDoorId }) => frontDoorId),
            () => {
              const unasked = doors.filter(({ frontDoorId }) => frontDoorId !== true);
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
