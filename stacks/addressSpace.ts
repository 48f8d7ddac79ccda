/**
 * The arithmetic of a region's private IPv4 range. Subnets are computed, never typed, so that they cannot overlap.
 */

export interface AddressRange {
  /** First address as an unsigned 32-bit number. */
  readonly first: number;
  /** Length of the prefix, 8 to 22. */
  readonly prefix: number;
}

/** Room for a /24 of gateway instances, a /24 of App Service workers and a /24 of private endpoints. */
const longestPrefix = 22;

const privateRanges = [
  [0x0a000000, 8],
  [0xac100000, 12],
  [0xc0a80000, 16],
] as const;

/**
 * Reads `10.0.0.0/16`.
 *
 * @returns the range; or, if a region cannot use it, a string that says what the text must be
 */
export function addressRange(text: string): AddressRange | string {
  const rule = 'an RFC 1918 range between /8 and /22 that starts on its own boundary, for instance 10.0.0.0/16';
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return rule;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (octets.some((octet) => octet > 255) || prefix < 8 || prefix > longestPrefix) return rule;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  if (first % size(prefix) !== 0) return rule;
  return privateRanges.some(([base, bits]) => prefix >= bits && first - (first % size(bits)) === base)
    ? { first, prefix }
    : rule;
}

/** Whether two ranges, each valid by `addressRange`, share an address. Invalid ones overlap nothing. */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [addressRange(a), addressRange(b)];
  if (typeof left === 'string' || typeof right === 'string') return false;
  return left.first < right.first + size(right.prefix) && right.first < left.first + size(left.prefix);
}

/** The `index`-th /24 of a range, as text. */
export function subnet24(text: string, index: number): string {
  const range = addressRange(text);
  if (typeof range === 'string') throw new RangeError(`address space must be ${range}, got: ${text}`);
  const first = range.first + index * 256;
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join('.')}/24`;
}

const size = (prefix: number) => 2 ** (32 - prefix);
