import fs from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { InputError } from '../../../inputError';
import { keysOf, type UsageKey } from './keys';
import { assumedTraffic, type Traffic } from './traffic';

/** What is said of how a deployment is used, and what is assumed where nothing is said. */
export interface Usage {
  readonly traffic: Traffic;
  /** Which parts of `traffic` somebody said. */
  readonly stated: readonly (keyof Traffic)[];
  /** By resource address, as in `azurerm_private_endpoint.app`; `[*]` stands for any key of `count` or `for_each`. */
  readonly resources: Readonly<Record<string, Amounts>>;
  /** By resource type, for resources of which nothing is said by address. */
  readonly types: Readonly<Record<string, Amounts>>;
}

export type Amounts = Readonly<Partial<Record<UsageKey, number>>>;

export const assumedUsage: Usage = { traffic: assumedTraffic, stated: [], resources: {}, types: {} };

const amount = z.number({ error: 'must be a number' }).nonnegative({ error: 'must be 0 or more' });

const trafficKeys = {
  monthly_requests: 'monthlyRequests',
  request_kb: 'requestKb',
  response_kb: 'responseKb',
  session_kb: 'sessionKb',
} as const satisfies Record<string, keyof Traffic>;

const section = z.record(z.string(), z.record(z.string(), z.unknown()).nullable());

const fileSchema = z.strictObject({
  version: z.union([z.number(), z.string()]).optional(),
  traffic: z
    .strictObject(Object.fromEntries(Object.keys(trafficKeys).map((key) => [key, amount.optional()])))
    .nullish(),
  resource_usage: section.nullish(),
  resource_type_default_usage: section.nullish(),
});

const shape =
  'A usage file holds traffic (monthly_requests, request_kb, response_kb, session_kb), resource_usage (by resource address) and resource_type_default_usage (by type), in YAML or JSON.';

/**
 * Reads a usage file as Infracost has it, in YAML or JSON. What it says of types or keys that are not priced here is left out.
 *
 * @param ignored called with what was left out, as in `azurerm_storage_account.a.storage_gb`
 * @throws InputError when it cannot be read or has another shape, and for a misspelt key
 */
export function readUsage(file: string, ignored: (what: string) => void = () => undefined): Usage {
  return parseUsage(textOf(file), file, ignored);
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new InputError(
      `The usage file ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}. Give one with --usage.`,
    );
  }
}

/** @param source what to call the text in a message */
export function parseUsage(text: string, source: string, ignored: (what: string) => void = () => undefined): Usage {
  let content: unknown;
  try {
    content = parse(text, { maxAliasCount: 10 });
  } catch (error) {
    const [line = ''] = (error as Error).message.split('\n');
    throw new InputError(`${source} is not YAML or JSON: ${line} ${shape}`);
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(`${source}: ${issue?.path.join('.') || 'it'}: ${issue?.message}. ${shape}`);
  }
  const { traffic, resource_usage, resource_type_default_usage } = parsed.data;
  const said = Object.entries(traffic ?? {}).filter(([, value]) => value !== undefined);
  const named = said.map(([key, value]) => [trafficKeys[key as keyof typeof trafficKeys], value] as const);
  return {
    traffic: { ...assumedTraffic, ...Object.fromEntries(named) },
    stated: named.map(([key]) => key),
    resources: amountsOf(resource_usage ?? {}, source, ignored),
    types: amountsOf(resource_type_default_usage ?? {}, source, ignored),
  };
}

type Section = z.infer<typeof section>;

function amountsOf(entries: Section, source: string, ignored: (what: string) => void): Record<string, Amounts> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, given]) => {
      const keys = keysOf(typeIn(name));
      const amounts = Object.entries(given ?? {}).flatMap(([key, value]): [string, number][] => {
        // Infracost writes a key without a value where nothing is known yet.
        if (value === null) return [];
        if (!keys || notPriced.has(key)) {
          ignored(`${name}.${key}`);
          return [];
        }
        if (!keys.includes(key))
          throw new InputError(
            `${source}: ${name}.${key} is not a usage that is known. Of ${typeIn(name)} it may say: ${keys.join(', ')}.`,
          );
        const checked = amount.safeParse(value);
        if (!checked.success)
          throw new InputError(
            `${source}: ${name}.${key} ${checked.error.issues[0]?.message}, got: ${JSON.stringify(value)}.`,
          );
        return [[key, checked.data]];
      });
      return [name, Object.fromEntries(amounts)];
    }),
  );
}

/** Keys of Infracost's for the types above that are of another size or plan, or of which no price is kept here. */
const notPriced: ReadonlySet<string> = new Set([
  'monthly_data_processed_gb',
  ...['export', 'restored', 'searched'].map((what) => `monthly_archive_data_${what}_gb`),
  ...['monthly_archive_data_gb', 'monthly_basic_log_data_ingestion_gb', 'monthly_basic_log_search_gb'],
  ...['monthly_additional_log_data_retention_gb', 'monthly_log_data_export_gb', 'monthly_sentinel_data_ingestion_gb'],
]);

/** `azurerm_x` of `module.m["a"].azurerm_x.name[0]`, or of a type alone. */
const typeIn = (name: string): string =>
  name
    .replace(/\[[^\]]*\]/g, '')
    .replace(/^(module\.[^.]+\.)+/, '')
    .split('.')[0] ?? '';

/** What is said of one resource, by its address first and by its type otherwise. */
export function amountsFor({ resources, types }: Usage, address: string, type: string): Amounts {
  const any = address.replace(/\[[^\]]*\]/g, '[*]');
  return { ...types[type], ...resources[any], ...resources[address] };
}

/** Addresses of a usage file that none of the resources has: nothing of what it says of them counts. */
export function unmatched({ resources }: Usage, addresses: ReadonlySet<string>): string[] {
  const any = new Set([...addresses].map((address) => address.replace(/\[[^\]]*\]/g, '[*]')));
  return Object.keys(resources).filter((name) => keysOf(typeIn(name)) && !addresses.has(name) && !any.has(name));
}
