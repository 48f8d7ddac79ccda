/** A JSON object of Terraform. */
export type Json = Readonly<Record<string, unknown>>;

/** Blocks of a `cdk.tf.json` by address, as in `azurerm_subnet.app` or `data.azurerm_subscription.current`. */
export type Blocks = ReadonlyMap<string, Json>;

/** What stands before the type in an address, by the section of the document. */
const sections = { data: 'data.', resource: '', ephemeral: 'ephemeral.' } as const;

type Section = keyof typeof sections;

export const sectionNames = Object.keys(sections) as readonly Section[];

type Typed = Record<string, Record<string, Json>>;

export function blocksOf(document: Json): Map<string, Json> {
  return new Map(
    sectionNames.flatMap((section) =>
      Object.entries((document[section] ?? {}) as Typed).flatMap(([type, named]) =>
        Object.entries(named).map(([name, block]) => [`${sections[section]}${type}.${name}`, block] as const),
      ),
    ),
  );
}

/** The sections of a document that holds these blocks; a section without any is left out. */
export function documentOf(blocks: Blocks): Partial<Record<Section, Typed>> {
  const document: Partial<Record<Section, Typed>> = {};
  for (const [address, block] of blocks) {
    const { section, type, name } = partsOf(address);
    const typed = document[section] ?? {};
    typed[type] = { ...typed[type], [name]: block };
    document[section] = typed;
  }
  return document;
}

function partsOf(address: string): { section: Section; type: string; name: string } {
  const [name = '', type = '', prefix] = address.split('.').toReversed();
  const section = sectionNames.find((one) => sections[one] === (prefix === undefined ? '' : `${prefix}.`));
  return { section: section ?? 'resource', type, name };
}

/** The region that a block belongs to: the path of its construct begins with it. undefined: it is shared. */
export function regionOf(address: string, locations: readonly string[]): string | undefined {
  const { name } = partsOf(address);
  return locations.find((location) => name === location || name.startsWith(`${location}_`));
}

/** Addresses that a value names, in expressions, `depends_on` and `lifecycle`. CDKTF's own metadata is no part of it. */
export function referencesOf(value: unknown): Set<string> {
  const found = new Set<string>();
  const visit = (member: unknown): void => {
    if (typeof member === 'string')
      for (const [address] of member.matchAll(/(?<![\w."/-])(?:data\.|ephemeral\.)?azurerm_\w+\.[\w-]+/g))
        found.add(address);
    else if (typeof member === 'object' && member !== null)
      for (const [key, inner] of Object.entries(member)) if (key !== '//') visit(inner);
  };
  visit(value);
  return found;
}
