/** Classes of the tag that shows how a variant came out of the rules. */
export const standingClass = { 'nothing found': 'none', unknown: 'unknown', warning: 'some', error: 'much' } as const;
