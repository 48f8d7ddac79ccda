import type { Deployment } from '../architecture/deployment';
import { printable } from '../report/printable';
import { assumedUsage, readUsage, type Usage, unmatched } from '../review/cost/use/usage';

interface UsageOptions {
  /** A usage file. */
  readonly usage?: string;
  /** Requests a month; they win over those of the file. */
  readonly requests?: number;
}

/**
 * The usage that the options of a command give. What a file says that counts for nothing is named on stderr.
 *
 * @throws InputError for a file that cannot be read or has another shape
 */
export function usageFor({ usage: file, requests }: UsageOptions, deployments: readonly Deployment[]): Usage {
  const ignored: string[] = [];
  const usage = file === undefined ? assumedUsage : readUsage(file, (what) => ignored.push(what));
  const addresses = new Set(deployments.flatMap(({ resources }) => resources.map(({ address }) => address)));
  if (ignored.length > 0) warn(`${file}: no price of this use is kept here: ${ignored.join(', ')}`);
  const strangers = unmatched(usage, addresses);
  if (strangers.length > 0) warn(`${file}: nothing that is reviewed has this address: ${strangers.join(', ')}`);
  if (requests === undefined) return usage;
  return {
    ...usage,
    traffic: { ...usage.traffic, monthlyRequests: requests },
    stated: [...new Set([...usage.stated, 'monthlyRequests' as const])],
  };
}

const warn = (text: string) => process.stderr.write(`warning: ${printable(text)}\n`);
