import type { Request, Response } from 'express';
import { cookiesOf } from './cookies';

/**
 * The cookies by which each layer sends a browser to where it was before: App Service's front end, Application Gateway,
 * Front Door. They belong to those layers. The shop only reads their names, and removes them on request.
 */
const affinityCookies = [
  'ARRAffinity',
  'ARRAffinitySameSite',
  'ApplicationGatewayAffinity',
  'ApplicationGatewayAffinityCORS',
  'ASLBSA',
  'ASLBSACORS',
];

/** Names of the affinity cookies that the browser sent. */
export const affinityCookiesOf = (request: Request): readonly string[] => {
  const held = cookiesOf(request);
  return affinityCookies.filter((name) => held.has(name));
};

/** Takes every affinity cookie from the browser, so that the next request goes wherever the layers in front choose. */
export function dropAffinity(request: Request, response: Response): void {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const secure = request.secure ? '; Secure' : '';
  for (const name of affinityCookiesOf(request)) {
    const gone = `${name}=; Path=/; Max-Age=0; HttpOnly${secure}`;
    // App Service sets its cookies with the host as Domain, which is another cookie than one without.
    response.append('Set-Cookie', gone);
    if (/^[a-z0-9.-]+$/i.test(host)) response.append('Set-Cookie', `${gone}; Domain=${host}`);
  }
  // Without this header, App Service's front end may set its cookie again on this very answer.
  // @see https://azure.microsoft.com/blog/disabling-arrs-instance-affinity-in-windows-azure-web-sites/
  response.set('Arr-Disable-Session-Affinity', 'True');
}
