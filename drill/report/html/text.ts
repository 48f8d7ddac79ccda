/** The anchor of a run. */
export const anchorOf = ({ variant, fault }: { readonly variant: string; readonly fault: string }): string =>
  `${variant}-${fault}`.replace(/[^a-z0-9]+/gi, '-');
