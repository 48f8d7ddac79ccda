import type { LinuxWebAppSiteConfig } from '@cdktf/provider-azurerm/lib/linux-web-app';

/**
 * Who may call the app.
 *
 * `private-endpoint`: the region's network alone, over an endpoint that the region declares. `private-link`: an entry over
 * an endpoint of its own. `service-tag`: the public addresses of an Azure service, whose requests must also carry the
 * headers given.
 */
export type Ingress =
  | { readonly from: 'anyone' }
  | { readonly from: 'private-endpoint' }
  | { readonly from: 'private-link' }
  | {
      readonly from: 'service-tag';
      /** Name of the access restriction. */
      readonly name: string;
      /** As in `AzureFrontDoor.Backend`. */
      readonly serviceTag: string;
      /** Values of which each header must carry one. */
      readonly headers: {
        readonly xAzureFdid?: readonly string[];
        readonly xFdHealthProbe?: readonly string[];
        readonly xForwardedFor?: readonly string[];
        readonly xForwardedHost?: readonly string[];
      };
    };

/** Whether the app has a public address. */
export const isPublic = ({ from }: Ingress): boolean => from === 'anyone' || from === 'service-tag';

/** Access restrictions of the app itself. */
export function callers(ingress: Ingress): Partial<LinuxWebAppSiteConfig> {
  if (ingress.from !== 'service-tag')
    return { ipRestrictionDefaultAction: ingress.from === 'anyone' ? 'Allow' : 'Deny' };
  const { name, serviceTag, headers } = ingress;
  const values = (header: keyof typeof headers) => [...(headers[header] ?? [])];
  return {
    ipRestrictionDefaultAction: 'Deny',
    ipRestriction: [
      {
        name,
        action: 'Allow',
        priority: 100,
        serviceTag,
        // azurerm wants all four lists.
        headers: [
          {
            xAzureFdid: values('xAzureFdid'),
            xFdHealthProbe: values('xFdHealthProbe'),
            xForwardedFor: values('xForwardedFor'),
            xForwardedHost: values('xForwardedHost'),
          },
        ],
      },
    ],
  };
}
