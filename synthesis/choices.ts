import { InputError, refuse } from '../inputError';
import { sessionStoreIds } from '../sessions/stores';
import { affinityLayers, allEntries, entryKind } from '../stacks/entry/entries';
import type { Variant } from '../stacks/variant';
import type { DeclaredVariant, Variants } from './variants';

/** A variant as asked for on the command line: a name from `main.ts` and the choices overridden. */
export interface Asked {
  /** Name, environment and overrides in the order of the table below: `zone-redundant@dev,appService=on`. */
  readonly label: string;
  /** Name in `main.ts`. */
  readonly base: string;
  /** The environment named, whose settings apply; undefined: those of `settings.ts`. */
  readonly environment: string | undefined;
  readonly variant: Variant;
}

type Overrides = ReadonlyMap<string, string>;
/** What a choice takes: in words for messages, and as a check. */
interface Choice {
  readonly rule: string;
  accepts(text: string): boolean;
}

const oneOf = (...allowed: string[]) => ({
  rule: allowed.join(' or '),
  accepts: (text: string) => allowed.includes(text),
});
const between = (least: number, most: number) => ({
  rule: `a whole number from ${least} to ${most}`,
  accepts: (text: string) => /^[1-9]\d{0,2}$/.test(text) && Number(text) >= least && Number(text) <= most,
});

/** Every choice that can be overridden, with what it takes. */
export const choices: Readonly<Record<string, Choice>> = {
  entry: oneOf(...allEntries().map(([id]) => id)),
  regions: between(1, 99),
  routing: oneOf('active-active', 'active-passive'),
  instances: between(1, 30),
  zoneRedundant: oneOf('on', 'off'),
  appService: oneOf('on', 'off'),
  ...Object.fromEntries(affinityLayers().map((layer) => [layer, oneOf('on', 'off', 'absent')])),
  sessions: oneOf(...sessionStoreIds()),
};

/**
 * Reads the positional words of a command: `zone-redundant-sticky,appService=off`.
 *
 * A word without a name (`appService=off`) belongs to the variant before it: PowerShell passes a comma on as a space.
 *
 * @param words as typed; none asks for every variant as declared
 * @param regionCount number of regions in the settings of an environment, which is what `all` means
 * @param environment of words that name none
 * @throws InputError for an unknown variant or choice, or a value that the choice does not take
 */
export function ask(
  words: readonly string[],
  variants: Variants,
  regionCount: (environment: string | undefined) => number,
  environment?: string,
): Asked[] {
  const named = (base: string, of: string | undefined, overrides: Overrides) =>
    override(base, of, overrides, variants, regionCount(of));
  if (words.length === 0) return Object.keys(variants).map((base) => named(base, environment, new Map()));
  const asked: { base: string; environment: string | undefined; overrides: Map<string, string> }[] = [];
  for (const part of words.flatMap((word) => word.split(',')).filter((part) => part !== '')) {
    const equals = part.indexOf('=');
    if (equals < 0) {
      const [name = '', of = environment] = part.split('@', 2);
      asked.push({ base: knownVariant(name, variants), environment: of, overrides: new Map() });
      continue;
    }
    const last = asked.at(-1);
    if (!last)
      throw new InputError(
        `\`${part}\` overrides no variant. Name the variant first, as in ${Object.keys(variants)[0]},${part}.`,
      );
    const [choice, value] = knownChoice(part.slice(0, equals), part.slice(equals + 1));
    last.overrides.set(choice, value);
  }
  if (asked.length === 0)
    throw new InputError(
      `No variant is named in ${JSON.stringify(words.join(' '))}. Name one of ${Object.keys(variants).join(', ')}, or leave the words out for all.`,
    );
  const all = asked.map(({ base, environment: of, overrides }) => named(base, of, overrides));
  return [...new Map(all.map((one) => [one.label, one])).values()];
}

function knownVariant(name: string, variants: Variants): string {
  if (Object.hasOwn(variants, name)) return name;
  throw refuse(
    'variant',
    `one of ${Object.keys(variants).join(', ')}`,
    name,
    'main.ts lists them; choices are overridden as in zone-redundant,appService=on.',
  );
}

function knownChoice(name: string, value: string): [string, string] {
  const choice = Object.hasOwn(choices, name) ? choices[name] : undefined;
  if (!choice)
    throw refuse('choice', `one of ${Object.keys(choices).join(', ')}`, name, 'A choice is written name=value.');
  if (!choice.accepts(value)) throw refuse(name, choice.rule, value, `Write it as in ${name}=${example(choice)}.`);
  return [name, value];
}

const example = ({ rule }: Choice) =>
  rule
    .split(' or ')
    .at(-1)
    ?.replace(/^.* to /, '');

function override(
  base: string,
  environment: string | undefined,
  overrides: Overrides,
  variants: Variants,
  regionCount: number,
): Asked {
  const declared = variants[base] as DeclaredVariant;
  const entry = overrides.get('entry') ?? declared.entry;
  const { affinityLayers: own, regions } = entryKind(entry);
  const declaredLayers: Readonly<Record<string, string>> = declared.affinity;
  // Another entry brings other layers: those it lacks become absent, one it adds starts without affinity.
  const layer = (name: string) => {
    const before = declaredLayers[name] ?? 'absent';
    return overrides.get(name) ?? (own.includes(name) ? (before === 'absent' ? 'off' : before) : 'absent');
  };
  const variant = {
    entry,
    regions: Number(overrides.get('regions') ?? (declared.regions === 'all' ? regionCount : declared.regions)),
    routing: overrides.get('routing') ?? (regions === 'several' ? declared.routing : undefined) ?? 'active-active',
    instances: Number(overrides.get('instances') ?? declared.instances),
    zoneRedundant: overrides.has('zoneRedundant') ? overrides.get('zoneRedundant') === 'on' : declared.zoneRedundant,
    affinity: {
      appService: overrides.get('appService') ?? declared.affinity.appService,
      ...Object.fromEntries(affinityLayers().map((name) => [name, layer(name)])),
    },
    sessions: overrides.get('sessions') ?? declared.sessions,
  } as Variant;
  const written = Object.keys(choices)
    .filter((choice) => overrides.has(choice))
    .map((choice) => `,${choice}=${overrides.get(choice)}`);
  const at = environment === undefined ? '' : `@${environment}`;
  return { label: base + at + written.join(''), base, environment, variant };
}
