/** What a reader may say of a rule. */
export const statedSeverities = ['error', 'warning', 'off'] as const;

/** By id of the rule. */
export type Severities = Readonly<Record<string, (typeof statedSeverities)[number]>>;
