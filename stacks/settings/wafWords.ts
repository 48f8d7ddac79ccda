/** Words of the firewall, apart from its schema: that takes longer to load than a command's help may take. */

/** What a condition looks at, and the comparisons that both kinds of firewall make in the same way. */
export const comparisons = {
  address: ['IPMatch'],
  country: ['GeoMatch'],
  method: ['Equal'],
  // Front Door compares the whole address with scheme and host, and whether a gateway does is not documented: docs/waf.md, Paths.
  path: ['Contains', 'EndsWith', 'RegEx'],
  query: ['Contains', 'EndsWith', 'RegEx'],
  header: ['Equal', 'Contains', 'BeginsWith', 'EndsWith', 'RegEx'],
  cookie: ['Equal', 'Contains', 'BeginsWith', 'EndsWith', 'RegEx'],
} as const satisfies Record<string, readonly string[]>;

/** Name and priority of the rule that limits the rate. */
export const rateLimitRule = { name: 'RateLimit', priority: 100 } as const;
