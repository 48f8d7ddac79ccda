import type { SignIn } from '../architecture/deployment';
import { isUnknown, type Known } from '../architecture/known';

/** Whether App Service asks for a sign-in at a path. */
export function asksAt(signIn: Known<SignIn | null>, path: string): Known<boolean> {
  if (isUnknown(signIn) || signIn === null) return isUnknown(signIn) ? signIn : false;
  const { required, excludedPaths } = signIn;
  if (isUnknown(required) || !required) return required;
  return isUnknown(excludedPaths) ? excludedPaths : !excludedPaths.some((one) => covers(one, path));
}

function covers(excluded: string, path: string): boolean {
  const [own, asked] = [excluded.toLowerCase().replace(/(.)\/$/, '$1'), path.toLowerCase().replace(/\?.*$/, '')];
  return own.endsWith('*') ? asked.startsWith(own.slice(0, -1)) : asked === own || asked.startsWith(`${own}/`);
}
