import type { Settings } from '../../stacks/settings';
import { synthesized, withoutMetadata } from '../support/snapshots';

export type Block = Readonly<Record<string, unknown>>;

/** What a path such as `probe.0.match.status_code` leads to. */
export const at = (block: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Block | undefined)?.[key], block);

let all: Map<string, string> | undefined;
const everyVariant = () => {
  all ??= synthesized();
  return all;
};

/** The synthesized Terraform of one variant, asked by resource type without `azurerm_`. */
export class Declared {
  readonly json: Block;

  /** @param given settings to synthesize with; without them, those of settings.ts, and all variants at once */
  constructor(variant: string, given?: Settings) {
    const text = given ? synthesized([variant], given).get(variant) : everyVariant().get(variant);
    this.json = withoutMetadata(JSON.parse(text as string)) as Block;
  }

  /** Resources of a type by address; none is an empty map. */
  named(type: string): Map<string, Block> {
    return new Map(Object.entries((at(this.json, `resource.azurerm_${type}`) ?? {}) as Record<string, Block>));
  }

  all(type: string): Block[] {
    return [...this.named(type).values()];
  }

  /** The only resource of its type. */
  one(type: string): Block {
    const [first, ...others] = this.all(type);
    if (!first || others.length > 0) throw new Error(`expected one ${type}, got: ${others.length + (first ? 1 : 0)}`);
    return first;
  }
}

interface Claim {
  readonly text: string;
  readonly holds: (declared: Declared) => boolean;
}

/**
 * The claims of a cell, which are code spans of two kinds: `service_plan.worker_count = 3` holds where every resource of
 * that type, and there is one, has that value; `no mssql_server` where there is no such resource.
 */
export function claimsIn(cell: string): Claim[] {
  return [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, text = '']) => {
    const absent = /^no ([a-z_]+)$/.exec(text);
    if (absent) return [{ text, holds: (declared: Declared) => declared.all(absent[1] as string).length === 0 }];
    const equal = /^([a-z_]+)\.(\S+) = (.+)$/.exec(text);
    if (!equal) {
      if (text.includes(' = ')) throw new Error(`a claim that cannot be read: ${text}`);
      return [];
    }
    const [, type = '', path = '', value = ''] = equal;
    return [
      {
        text,
        holds: (declared: Declared) => {
          const found = declared.all(type).map((block) => at(block, path));
          return found.length > 0 && found.every((one) => written(one) === value);
        },
      },
    ];
  });
}

const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Claims of a cell that do not hold. */
export const falseClaims = (cell: string, declared: Declared): string[] =>
  claimsIn(cell)
    .filter(({ holds }) => !holds(declared))
    .map(({ text }) => text);
