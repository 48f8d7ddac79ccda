/**
 * The arithmetic of a region's private IPv4 range. Subnets are computed, never typed, so that they cannot overlap.
 */

export interface AddressRange {
  /** First address as an unsigned 32-bit number. */
  readonly first: number;
  /** Length of the prefix, from 8. */
  readonly prefix: number;
}

/** Room for a /24 of gateway instances, a /24 of App Service workers and a /24 of private endpoints. */
const longestPrefix = 22;

/** Prefix of the smallest subnet that Azure makes. */
export const smallestSubnet = 29;

const privateRanges = [
  [0x0a000000, 8],
  [0xac100000, 12],
  [0xc0a80000, 16],
] as const;

/**
 * Reads `10.0.0.0/16`.
 *
 * @param longest prefix of the smallest range that is taken; left out: of one that holds a region's own network
 * @returns the range; or, if a region cannot use it, a string that says what the text must be
 */
export function addressRange(text: string, longest = longestPrefix): AddressRange | string {
  const rule = `an RFC 1918 range between /8 and /${longest} that starts on its own boundary, for instance 10.0.0.0/16`;
  // Without leading zeros, which Terraform refuses.
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\/([1-9]\d?)$/.exec(text);
  if (!match) return rule;
  const octets = match.slice(1, 5).map(Number);
  const prefix = Number(match[5]);
  if (octets.some((octet) => octet > 255) || prefix < 8 || prefix > longest) return rule;
  const first = octets.reduce((sum, octet) => sum * 256 + octet, 0);
  if (first % size(prefix) !== 0) return rule;
  return privateRanges.some(([base, bits]) => prefix >= bits && first - (first % size(bits)) === base)
    ? { first, prefix }
    : rule;
}

/** Whether two ranges, each valid by `addressRange`, share an address. Invalid ones overlap nothing. */
export function overlaps(a: string, b: string): boolean {
  const [left, right] = [addressRange(a, 32), addressRange(b, 32)];
  if (typeof left === 'string' || typeof right === 'string') return false;
  return left.first < right.first + size(right.prefix) && right.first < left.first + size(left.prefix);
}

/** Whether one range, or one address, lies within another. Invalid ones lie nowhere. */
export function liesWithin(inner: string, outer: string): boolean {
  const [part, whole] = [addressRange(inner.includes('/') ? inner : `${inner}/32`, 32), addressRange(outer, 32)];
  if (typeof part === 'string' || typeof whole === 'string') return false;
  return part.prefix >= whole.prefix && part.first - (part.first % size(whole.prefix)) === whole.first;
}

/** How many addresses of a subnet can be used: Azure keeps five. @see https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
export function usableAddresses(text: string): number {
  const range = addressRange(text, 32);
  return typeof range === 'string' ? 0 : size(range.prefix) - 5;
}

/** Prefix of the smallest subnet with room for so many addresses. */
export const prefixFor = (addresses: number): number => 32 - Math.ceil(Math.log2(addresses + 5));

/** The `index`-th /24 of a range, as text. */
export function subnet24(text: string, index: number): string {
  const range = addressRange(text);
  if (typeof range === 'string') throw new RangeError(`address space must be ${range}, got: ${text}`);
  const first = range.first + index * 256;
  return `${[24, 16, 8, 0].map((shift) => (first >>> shift) & 255).join('.')}/24`;
}

const size = (prefix: number) => 2 ** (32 - prefix);
