/** What the help of a drill names, apart from what needs longer to load. */

/** What a drill without words shows: the usual start, the recommended variant, and the one that loses least. */
export const headlineVariants = ['single-zone', 'zone-redundant', 'multi-region-active-active'];

/** The engines of load that it knows. */
export const exportTargets: readonly string[] = ['azure-load-testing'];
