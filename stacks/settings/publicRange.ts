/**
 * Judges an address for the firewalls of Key Vault and Storage, which take public IPv4 addresses, and ranges up to /30:
 * a /31 or /32 is written as single addresses.
 *
 * @returns what the text must be, or nothing where it is right
 * @see https://learn.microsoft.com/azure/storage/common/storage-network-security
 */
export function publicRange(text: string): string | undefined {
  const rule = 'a public IPv4 address, or a range from /8 to /30, for instance 203.0.113.7 or 203.0.113.0/28';
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) return rule;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1, 5).map(Number);
  const prefix = match[5] === undefined ? undefined : Number(match[5]);
  if ([a, b, c, d].some((octet) => octet > 255)) return rule;
  if (prefix !== undefined && (prefix < 8 || prefix > 30)) return rule;
  const notPublic =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254);
  return notPublic ? rule : undefined;
}
