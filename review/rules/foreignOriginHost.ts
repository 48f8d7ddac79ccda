import { compliant, eachOr, finding, type Rule, whenKnown } from './rule';

export const foreignOriginHost: Rule = {
  id: 'foreign-origin-host',
  title: "Send no region another region's host name",
  severity: 'error',
  why: 'App Service routes by host name: a secondary that is sent the host of the primary answers 404, once it is needed.',
  source: 'https://learn.microsoft.com/azure/frontdoor/origin',
  check: ({ facts }) =>
    eachOr(facts.frontDoor?.origins ?? [], 'there is no Front Door', ({ address, app, hostHeaderOf }) =>
      whenKnown(address, [hostHeaderOf], (of) =>
        of === null || of === app || !facts.apps.some((one) => one.address === of)
          ? compliant(address)
          : finding(
              address,
              `The origin leads to ${app} and sends it the host name of ${of}.`,
              'Leave `origin_host_header` out, so that the host which the client typed is passed on, and bind that host to both apps.',
            ),
      ),
    ),
};
