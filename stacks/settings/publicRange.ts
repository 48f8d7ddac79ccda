/** Ranges of which no address is public, by first address and prefix. @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
];

/**
 * Judges an address for the firewalls of Key Vault and Storage, which take public IPv4 addresses, and ranges up to /30:
 * a /31 or /32 is written as single addresses.
 *
 * @returns what the text must be, or nothing where it is right
 * @see https://learn.microsoft.com/azure/storage/common/storage-network-security
 */
export function publicRange(text: string): string | undefined {
  const rule = 'a public IPv4 address, or a range from /8 to /30, for instance 203.0.113.7 or 203.0.113.0/28';
  const given = range(text);
  if (!given) return rule;
  const { first, last, prefix } = given;
  if (prefix !== undefined && (prefix < 8 || prefix > 30)) return rule;
  const overlaps = notPublic.map(range).some((other) => other && first <= other.last && other.first <= last);
  return overlaps ? rule : undefined;
}

/** First and last address as numbers; undefined: it is not an address, or the range does not start on its own boundary. */
function range(text: string): { first: number; last: number; prefix: number | undefined } | undefined {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})(?:\/(\d{1,2}))?$/.exec(text);
  if (!match) return undefined;
  const octets = match.slice(1, 5).map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const prefix = match[5] === undefined ? undefined : Number(match[5]);
  if (prefix !== undefined && prefix > 32) return undefined;
  const size = 2 ** (32 - (prefix ?? 32));
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}
