import { refuse } from '../../inputError';
import type { EntryKind } from './entry';
import { applicationGateway } from './kinds/applicationGateway';
import { appService } from './kinds/appService';
import { frontDoor } from './kinds/frontDoor';

/** Every kind of entry, by the name that a variant gives it. A new one is a file in `kinds/` and a line here. */
export const entries = {
  'app-service': appService,
  'application-gateway': applicationGateway,
  'front-door': frontDoor,
} as const satisfies Record<string, EntryKind>;

export type EntryId = keyof typeof entries;

/** A layer of cookie affinity that some entry adds. */
export type AffinityLayer = (typeof entries)[EntryId]['affinityLayers'][number];

/** Every kind of entry, with its id. */
export const allEntries = (): readonly (readonly [id: string, kind: EntryKind])[] => Object.entries(entries);

/** Every layer of cookie affinity that an entry can add, in the order of the entries. */
export const affinityLayers = (): readonly string[] => allEntries().flatMap(([, kind]) => kind.affinityLayers);

/** @throws InputError for an id that is not in the list */
export function entryKind(id: string): EntryKind {
  const kind = allEntries().find(([known]) => known === id)?.[1];
  if (!kind)
    throw refuse('entry', `one of ${Object.keys(entries).join(', ')}`, id, 'stacks/entry/entries.ts lists them.');
  return kind;
}
