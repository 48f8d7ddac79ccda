import fs from 'node:fs';
import path from 'node:path';
import { locationsOf, type OnlyAsRead, type Placed } from '../request';
import { checkSameDeployment } from './applied';
import { type Json, regionOf } from './blocks';
import { mergeRegions } from './merge';

/**
 * Rewrites the one stack of a finished synth, so that only the regions named differ from what was applied.
 *
 * @param folder where the synth wrote `stacks/<label>/cdk.tf.json`
 * @returns what changes and what is left for later, in sentences
 * @throws InputError where nothing was applied, where it was another deployment, and where a region cannot go alone
 */
export function keepOthers(
  folder: string,
  asked: readonly Placed[],
  { regions, applied: given, document: applied }: OnlyAsRead,
): string[] {
  return asked.flatMap((one) => {
    const file = path.join(folder, 'stacks', one.label, 'cdk.tf.json');
    const next = JSON.parse(fs.readFileSync(file, 'utf8')) as Json;
    checkSameDeployment(applied, next, given);
    const locations = locationsOf(one);
    const { document, changing, later } = mergeRegions({ applied, next, locations, chosen: regions });
    fs.writeFileSync(file, JSON.stringify(document, null, 2));
    return [notes(regions, locations, changing, later)];
  });
}

function notes(
  chosen: readonly string[],
  locations: readonly string[],
  changing: readonly string[],
  later: readonly string[],
): string {
  const counted = (addresses: readonly string[], name: string) => {
    const count = addresses.filter((address) => (regionOf(address, locations) ?? 'what they share') === name).length;
    return count === 0 ? [] : [`${count} of ${name}`];
  };
  const places = [...locations, 'what they share'];
  const changes = places.flatMap((place) => counted(changing, place)).join(', ') || 'nothing';
  const rest = places.flatMap((place) => counted(later, place)).join(', ');
  return `${chosen.join(' and ')} alone. Blocks that differ from what was applied: ${changes}. ${
    rest === '' ? 'Nothing is left for later.' : `Left for later: ${rest}. Synthesize without --region for these.`
  }`;
}
