/** The five scenes of the story, in order: each a deployment, what happens to it, and the sentence that it proves. */

import type { FaultName } from '../../drill/faults';
import { howToGetRedis } from '../../drill/redis/server';
import type { CompletedRun } from '../../drill/report/result';
import type { SceneCard } from '../messages';

export interface StoryScene {
  readonly title: string;
  readonly question: string;
  /** As on the command line. */
  readonly word: string;
  readonly fault: FaultName;
  readonly needsRedis: boolean;
  /** What stands beside the picture: while it starts, before the fault, and after it. */
  readonly steps: { readonly begin: string; readonly before: string; readonly after: string };
  /** The sentence that it proves, with the figures of this run. */
  readonly proof: (run: CompletedRun) => string;
}

const of = ({ cartsLost, shoppers }: CompletedRun): string =>
  `${cartsLost === 0 ? 'none' : cartsLost} of ${shoppers} shoppers lost ${cartsLost === 0 ? 'a' : 'their'} cart`;

export const storyScenes: readonly StoryScene[] = [
  {
    title: 'HTTP is stateless',
    question: 'Where is a cart between two requests?',
    ...{ word: 'single-zone,appService=off', fault: 'none', needsRedis: false },
    steps: {
      begin: 'Two instances of the shop start. Each keeps carts in its own memory, and affinity is off.',
      before: 'Each request goes to the instance that has least to do. A ring is an answer without the shopper’s cart.',
      after: 'Nothing breaks. Every shopper looks into the cart once more.',
    },
    proof: (run) => `HTTP is stateless: nothing broke, and ${of(run)}, since the next request met another instance.`,
  },
  {
    title: 'Affinity hides it',
    question: 'What does the affinity cookie change?',
    ...{ word: 'single-zone', fault: 'none', needsRedis: false },
    steps: {
      begin: 'The same two instances, now with affinity: App Service sets a cookie that names the instance.',
      before: 'Each browser comes back to one instance, so it finds its cart. The carts are still in two processes.',
      after: 'Nothing breaks. Every shopper looks into the cart once more.',
    },
    proof: (run) => `Affinity hides it: nothing broke, and ${of(run)}. The state is still in one process.`,
  },
  {
    title: 'The server leaves, and so does the cart',
    question: 'What does one crash cost?',
    ...{ word: 'single-zone', fault: 'instance-crash', needsRedis: false },
    steps: {
      begin: 'The same deployment: two instances, affinity on, carts in their memory.',
      before: 'Look at the carts in each instance. One of the two is about to crash.',
      after: 'One instance is gone. Its shoppers are sent to the other one, which has never seen their carts.',
    },
    proof: (run) => `The server leaves, and so does the cart: one crash, and ${of(run)}.`,
  },
  {
    title: 'Redis keeps it',
    question: 'What if the carts are outside every process?',
    ...{ word: 'zone-redundant', fault: 'instance-crash', needsRedis: true },
    steps: {
      begin: 'Three instances over three zones, no affinity, and the carts in Redis.',
      before: 'Any instance answers any shopper, because all of them ask the same Redis. One is about to crash.',
      after: 'One instance is gone. The others go on with the same carts.',
    },
    proof: (run) => `Redis keeps it: the same crash, and ${of(run)}.`,
  },
  {
    title: 'A region goes',
    question: 'What outlives a region?',
    ...{ word: 'multi-region-active-active', fault: 'region-loss', needsRedis: true },
    steps: {
      begin: 'Two regions behind Front Door, each with three instances. Their Redis replicate to each other.',
      before: 'Shoppers are served by the region nearest to them. One region is about to go dark.',
      after: 'Front Door’s probes notice it, and the other region takes over, with the same carts.',
    },
    proof: (run) =>
      `A region goes, and ${of(run)}: every cart was in the other region, too${
        run.writesLost > 0 ? `. ${run.writesLost} single adds inside the replication lag are gone` : ''
      }.`,
  },
];

/** @param hasRedis whether this machine can start one */
export const sceneCards = (hasRedis: boolean): readonly SceneCard[] =>
  storyScenes.map(({ title, question, needsRedis }) => ({
    title,
    question,
    refused: needsRedis && !hasRedis ? `This scene needs Redis, and there is ${howToGetRedis}.` : null,
  }));

/** Repeats a scene as a drill with figures. */
export const commandOf = ({ word, fault }: StoryScene, seed: number): string =>
  `npm run drill ${word} ${fault}${seed === 1 ? '' : ` seed=${seed}`}`;
