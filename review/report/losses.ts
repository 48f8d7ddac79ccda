/** How reports word what a loss costs: as a drill counted it, or as a share where it is derived from the facts. */

import { isUnknown } from '../../architecture/known';
import { type Risk, riskOf } from '../../report/risk';
import { type Loss, parts } from '../losses';
import { shareOf } from '../recommendation';
import type { ReviewedVariant } from '../review';

/** Nothing in Azure takes over: nobody is served before somebody does something. */
export const untilPeople = 'away until people act';

export interface WordedLoss {
  readonly lost: string;
  /** What else to know, a few words each. */
  readonly remarks: readonly string[];
  readonly risk: Risk;
}

/** @param mixed whether other losses beside it were counted, so that one that was not says so */
export function wordedLoss(loss: Loss, mixed: boolean): WordedLoss {
  const { share, needsPeople, measured } = loss;
  const remarks = [
    ...(measured && measured.writesLost > 0 ? [counted(measured.writesLost, 'add')] : []),
    ...(measured && measured.cartsResurrected > 0 ? [`${measured.cartsResurrected} come back`] : []),
    ...(measured && !measured.met ? ['not as predicted'] : []),
    ...(needsPeople === true ? [untilPeople] : []),
    ...(mixed && !measured ? ['not drilled'] : []),
  ];
  return {
    lost: measured ? lostOf(measured.cartsLost, measured.shoppers) : isUnknown(share) ? 'unknown' : shareWords(share),
    remarks,
    risk: riskOf(shareOf(loss), (measured?.writesLost ?? 0) > 0),
  };
}

const lostOf = (lost: number, of: number) => (lost === 0 ? 'none' : `${lost} of ${of}`);

/** `none`, `all`, `1 in 3`, or a percentage. */
export function shareWords(share: number): string {
  if (share <= 0) return 'none';
  if (share >= 1) return 'all';
  const one = 1 / share;
  return Math.abs(one - Math.round(one)) < 1e-9 ? `1 in ${Math.round(one)}` : `${Math.round(share * 100)}%`;
}

export const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** How many of all losses a drill counted. */
export function basisOf(variants: readonly ReviewedVariant[]): 'drill' | 'facts' | 'both' {
  const all = variants.flatMap(({ losses }) => parts.map((part) => losses[part].measured !== undefined));
  return all.every(Boolean) && all.length > 0 ? 'drill' : all.some(Boolean) ? 'both' : 'facts';
}

/** What the short word of a column means; empty where it is not there. */
export const peopleWords = (variants: readonly ReviewedVariant[]): string =>
  variants.some(({ losses }) => parts.some((part) => losses[part].needsPeople === true))
    ? 'People: nobody is served until people act.'
    : '';

/** Where the losses are from. */
export function basisWords(variants: readonly ReviewedVariant[]): string {
  const shoppers = variants.flatMap(({ losses }) => parts.flatMap((part) => losses[part].measured?.shoppers ?? []));
  const most = Math.max(0, ...shoppers);
  const drilled = `Carts lost are counted by a drill with ${most} shoppers on one machine`;
  const derived = 'derived from the Terraform, with shoppers spread evenly over instances';
  const basis = basisOf(variants);
  if (basis === 'drill') return `${drilled}.`;
  return basis === 'both'
    ? `${drilled}; where it says “not drilled” they are ${derived}.`
    : `Carts lost are ${derived}. Nothing was drilled: npm run drill counts them.`;
}
