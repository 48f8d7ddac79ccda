/** The addresses that clients of a drill pretend to have: blocks that are reserved for documentation, a range for each kind. */

const shopperBlock = /^198\.51\.(\d+)\.(\d+)$/;

export const shopperAddress = (id: number): string => `198.51.${100 + (id >> 8)}.${id & 255}`;

/** The shopper with that address; null: somebody else has it. */
export function shopperAt(address: string): number | null {
  const [, block, last] = shopperBlock.exec(address) ?? [];
  return block === undefined || last === undefined ? null : ((Number(block) - 100) << 8) + Number(last);
}

const apiClients = 100;

/** @param client from 0 to 98 */
export const apiClientAddress = (client: number): string => `203.0.113.${client + 1}`;

export const isApiClient = (address: string): boolean =>
  address.startsWith('203.0.113.') && Number(address.slice('203.0.113.'.length)) < apiClients;

/** Clients that have a cart and only look at it. */
export const watcherAddress = (client: number): string => `203.0.113.${apiClients + client}`;

export const visitorAddress = (visitor: number): string => `203.0.113.${150 + visitor}`;

export const buyerAddress = (buyer: number): string => `203.0.113.${170 + buyer}`;

export const listenerAddress = (listener: number): string => `203.0.113.${190 + listener}`;

export const catalogueReaderAddress = '203.0.113.250';
