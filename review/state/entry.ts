import { isUnknown, type Known } from '../../architecture/known';

/** Whether a component keeps something about a client from one request to the next. */
export type StateKind = 'stateless' | 'stateful' | 'stateless with a cookie';

export interface StateEntry {
  readonly component: string;
  /** What it keeps about a client. */
  readonly keeps: string;
  readonly where: string;
  readonly howLong: string;
  /** Who loses it, and when. */
  readonly lostWith: string;
  readonly kind: Known<StateKind>;
  readonly source: string;
}

/** An entry for a component whose kind is unknown. */
export const unsettled = (component: string, value: Known<unknown>, source: string): StateEntry => ({
  component,
  keeps: 'cannot tell',
  where: 'cannot tell',
  howLong: 'cannot tell',
  lostWith: 'cannot tell',
  kind: isUnknown(value) ? value : { unknown: `the Terraform does not show what ${component} keeps` },
  source,
});

/** A component that keeps nothing between requests. */
export const remembersNothing = (component: string, source: string, lostWith = 'nothing to lose'): StateEntry => ({
  component,
  keeps: 'nothing: each request by itself',
  where: 'nowhere',
  howLong: '-',
  lostWith,
  kind: 'stateless',
  source,
});
