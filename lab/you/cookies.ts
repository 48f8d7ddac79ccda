/** The cookies that the shop and the layers in front of it gave to the person at the page, and what each is for. */

import type { YourShopper } from '../messages';

const shownLetters = 12;

/** By begin of the name: `__Host-` stands before the shop's own over https. */
const meanings: readonly (readonly [name: RegExp, means: string])[] = [
  [/^ARRAffinity/, 'App Service: holds you to one instance'],
  [/^ApplicationGatewayAffinity/, 'Application Gateway: has one backend to choose from, so it changes nothing'],
  [/^ASLBSA/, 'Front Door: holds you to one region'],
  [/shop\.(sid|next)$/, 'names your session, which is kept elsewhere'],
  [/shop\.form$/, 'protects forms, and holds no cart'],
  [/shop\.last$/, 'names the instance that answered last, for the strip above the shop'],
  [/shop\./, 'the shop’s own'],
];

/** @param header as a browser sends it */
export function cookiesIn(header: string): YourShopper['cookies'] {
  return header
    .split('; ')
    .filter((pair) => pair.includes('='))
    .map((pair) => {
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const [, means = 'unknown'] = meanings.find(([pattern]) => pattern.test(name)) ?? [];
      return { name, value: value.length > shownLetters ? `${value.slice(0, shownLetters)}…` : value, means };
    });
}
