import { sealData, unsealData } from 'iron-session';
import { ownCookie, setOwnCookie } from '../cookies';
import { halfwaySeconds, type SignIns } from './signIns';

const cookie = 'shop.signin';

interface Sealed {
  readonly state?: string;
  readonly name?: string;
}

/**
 * In a sealed cookie: the browser carries it past the step in between. A second sign-in begun in the same browser takes
 * the place of the first. Nothing at the server knows that one was used, so the cookie is removed.
 *
 * @param secrets the first seals, all open
 */
export const signInsInCookie = (secrets: readonly string[]): SignIns => ({
  async begin(_request, response, state, name) {
    const [password = ''] = secrets;
    setOwnCookie(response, cookie, await sealData({ state, name }, { password, ttl: halfwaySeconds }), halfwaySeconds);
  },
  async end(request, response, state) {
    const seal = ownCookie(request, cookie);
    // The library would take a good seal with anything behind it.
    if (seal === undefined || !/^[^~]+~2$/.test(seal)) return undefined;
    for (const password of secrets) {
      const begun = await unsealData<Sealed>(seal, { password, ttl: halfwaySeconds }).catch((): Sealed => ({}));
      if (begun.state !== state) continue;
      setOwnCookie(response, cookie, '', 0);
      return begun.name;
    }
    return undefined;
  },
});
