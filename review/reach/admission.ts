import type { Access, AccessRestriction } from '../../architecture/deployment';
import { isUnknown, type Known } from '../../architecture/known';

/** Whether a restriction is about a caller. */
export type Match = (restriction: AccessRestriction) => Known<boolean>;

export interface Admission {
  readonly allowed: boolean;
  /** The restriction that decides; null: the default action. */
  readonly by: AccessRestriction | null;
}

/**
 * Whether access restrictions let a caller in: the first one that is about the caller decides, lower priorities first.
 *
 * @see https://learn.microsoft.com/azure/app-service/overview-access-restrictions
 */
export function admission(
  { restrictions, openByDefault }: Omit<Access, 'publicAccess'>,
  match: Match,
): Known<Admission> {
  if (isUnknown(restrictions)) return restrictions;
  const doubts: { readonly allows: boolean; readonly why: Known<unknown> }[] = [];
  const decided = (allowed: boolean, by: AccessRestriction | null): Known<Admission> => {
    // What may decide before it in the same way changes nothing.
    const doubt = doubts.find(({ allows }) => allows !== allowed)?.why;
    return isUnknown(doubt) ? doubt : { allowed, by };
  };
  for (const one of restrictions) {
    const matches = match(one);
    if (matches === false) continue;
    if (isUnknown(one.action)) {
      doubts.push({ allows: true, why: one.action }, { allows: false, why: one.action });
      continue;
    }
    const allows = one.action === 'Allow';
    if (matches === true) return decided(allows, one);
    doubts.push({ allows, why: matches });
  }
  return isUnknown(openByDefault) ? openByDefault : decided(openByDefault, null);
}

/** The restrictions that can decide: none behind one that denies everybody. */
export function inForce(restrictions: readonly AccessRestriction[]): readonly AccessRestriction[] {
  const last = restrictions.findIndex((one) => one.action === 'Deny' && isEverybody(one) && !asksForHeaders(one));
  return last < 0 ? restrictions : restrictions.slice(0, last + 1);
}

const asksForHeaders = ({ frontDoorId, probesOnly, otherHeaders }: AccessRestriction) =>
  frontDoorId !== false || probesOnly !== false || otherHeaders;

/** Whether it is about any address of the Internet. */
export const isEverybody = ({ serviceTag, addresses }: AccessRestriction): boolean =>
  [serviceTag, addresses].some((one) => !isUnknown(one) && /^(Any|Internet)$|(^|[,\s])0\.0\.0\.0\/0/i.test(one ?? ''));
