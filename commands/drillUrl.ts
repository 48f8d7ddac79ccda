/** `npm run drill -- --url`: the same shoppers at a deployed address. */

import { createInterface } from 'node:readline';
import type { DrillReport } from '../drill/report/result';
import { isLoopback, mostRequests } from '../drill/url/limits';
import { InputError, refuse } from '../inputError';

export interface UrlOptions {
  readonly seed: number;
  /** Says that one may load a host that is not this machine. */
  readonly mine?: boolean;
  readonly rate: number;
  readonly seconds: number;
  /** How long shoppers go on while an operator breaks things, such as `30m`. */
  readonly watch?: string;
  readonly shoppers?: number;
}

/** Fewer than in a local drill: a deployed address is asked slowly. */
const usualShoppers = 12;

const mostAtAddress = 200;

const unitSeconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of a duration as it is typed. @throws InputError */
export function secondsOf(typed: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([smh])$/.exec(typed) ?? [];
  const seconds = Number(count) * (unitSeconds[unit] ?? Number.NaN);
  if (seconds >= 60 && seconds <= 24 * 3600) return seconds;
  throw refuse('--watch', 'a duration from 1m to 24h, as 30m', typed, 'Write a whole number and s, m or h.');
}

/** @throws InputError for what is not an address of a shop */
export function addressOf(option: string, address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '') return url;
  throw refuse(
    option,
    'an http:// or https:// address without a password',
    url?.protocol ?? address,
    'Try https://shop.example.com.',
  );
}

/**
 * @throws InputError for an address or limits that cannot be, before anything is asked
 * @returns the work, which ends with the report
 */
export function drillUrl(
  words: readonly string[],
  address: string,
  { seed, mine, rate: requestsPerSecond, seconds: usually, watch, shoppers = usualShoppers }: UrlOptions,
  onProgress: ((line: string) => void) | undefined,
): (signal: AbortSignal) => Promise<DrillReport> {
  if (words.length > 0) {
    throw refuse(
      '--url',
      'alone',
      words.join(' '),
      'Leave out variants and faults: with --url, you decide what is deployed and what breaks.',
    );
  }
  const url = addressOf('--url', address);
  const seconds = watch === undefined ? usually : secondsOf(watch);
  if (shoppers > mostAtAddress)
    throw refuse(
      '--shoppers',
      `1 to ${mostAtAddress} with --url`,
      shoppers,
      'For larger crowds see --export azure-load-testing.',
    );
  if (!isLoopback(url) && !mine) {
    throw new InputError(
      `${url.host} is not this machine. A drill sends it up to ${requestsPerSecond} requests a second for ${seconds} s; if you may do that, say so with --mine (or the word mine).`,
    );
  }
  const requests = mostRequests(shoppers);
  if (requests.inAll > requestsPerSecond * seconds) {
    throw refuse(
      watch === undefined ? '--seconds' : '--watch',
      `at least ${Math.ceil(requests.inAll / requestsPerSecond)} at ${requestsPerSecond} requests a second, as ${shoppers} shoppers send up to ${requests.inAll}`,
      seconds,
      `Or raise --rate to ${Math.ceil(requests.inAll / seconds)}.`,
    );
  }
  return async (signal) => {
    const { drillAddress } = await import('../drill/url/remote');
    const lines = createInterface({ input: process.stdin });
    const onMark = (mark: (label: string) => void) => void lines.on('line', mark);
    try {
      return await drillAddress(url, {
        ...{ seed, requestsPerSecond, seconds, shoppers, signal, onMark, watches: watch !== undefined },
        ...(onProgress && { onProgress }),
      });
    } finally {
      lines.close();
      // An open pipe would keep the process.
      process.stdin.unref?.();
    }
  };
}
