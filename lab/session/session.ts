/** A lab: one or two sides under the same faults, and what the page asks of them. */

import type { Deployment } from '../../architecture/deployment';
import { faultNames, faults, isFaultName } from '../../drill/faults';
import type { DrillResult, DrillRun } from '../../drill/report/result';
import type { SceneOptions } from '../../drill/running/scene';
import type { Ask, Message, Recorded, SideIndex, YourShopper } from '../messages';
import { type Side, startSide } from '../side/side';
import { sceneCards, storyScenes } from '../story/scenes';
import { playScene } from '../story/story';
import { openYourShop, type YourShop } from '../you/yourShop';
import { type Playable, playable } from './deployment';
import { openHub } from './hub';
import { switchesOf, withChoice } from './switches';

export interface SessionOptions extends Omit<SceneOptions, 'onProgress'> {
  /** One or two, as on the command line, with what they declare. */
  readonly deployments: readonly (readonly [word: string, deployment: Deployment])[];
  /** Reads what another word declares. @throws InputError for one that is refused */
  readonly deploymentOf: (word: string) => Promise<Deployment>;
  /** Words to offer where there is no Redis. */
  readonly withoutRedis: readonly string[];
  /** Real milliseconds that a sentence of the story stands. */
  readonly readingMs: number;
  /** Secret of the addresses of this lab. */
  readonly token: string;
  /** Where the page is, which shows the shop in a frame. */
  readonly origin: string;
}

export interface Session {
  /** @throws RangeError for what cannot be done now, InputError for a word that is refused */
  ask(ask: Ask): Promise<void>;
  follow(take: (message: Message) => void): () => void;
  recording(): readonly Recorded[];
  /** Every run so far, as a drill reports them. */
  result(): DrillResult;
  readonly sides: () => readonly Side[];
  /** Ends every process. Safe to call twice. */
  end(reason: string): Promise<void>;
}

/** @throws InputError before anything starts; otherwise if a side does not come up, and then nothing stays behind */
export async function openSession(options: SessionOptions): Promise<Session> {
  const begun = performance.now();
  const hub = openHub(() => performance.now() - begun);
  const hasRedis = options.redisServer !== null;
  const runs: DrillRun[] = [];
  const sides: Side[] = [];
  const shops: YourShop[] = [];
  let { timeScale } = options;
  let changing: Promise<void> | null = null;
  let playing: AbortController | null = null;
  let preparing = false;

  const news = (text: string): void => hub.say({ kind: 'news', side: null, text });
  const asked = options.deployments.map(([word, deployment]) =>
    playable(word, deployment, hasRedis, options.withoutRedis),
  );
  let own: readonly Playable[] = asked;

  const introduce = (count: number): void =>
    hub.say({
      ...{ kind: 'lab', seed: options.seed, shoppers: options.shoppers, timeScale, sides: count },
      scenes: sceneCards(hasRedis),
    });

  const offerFaults = (): void =>
    hub.say({
      kind: 'faults',
      faults: faultNames.map((id) => ({
        ...{ id, description: faults[id].description, source: faults[id].source, isGrey: faults[id].isGrey === true },
        inapplicable: sides.map((side) => side.inapplicable(id)),
      })),
    });

  async function start({ word, architecture, plan }: Playable, index: SideIndex): Promise<void> {
    const scene = { ...options, timeScale };
    const onRun = (run: DrillRun): void => {
      runs.push(run);
      offerFaults();
    };
    const side = await startSide({ index, word, architecture, plan, scene, say: hub.say, onRun });
    sides[index] = side;
    const say = (you: YourShopper): void => hub.say({ kind: 'you', side: index, you });
    shops[index] = await openYourShop({ side, token: options.token, origin: options.origin, say });
    hub.say({ kind: 'switches', side: index, switches: switchesOf(plan, hasRedis) });
  }

  async function stop(index: number): Promise<void> {
    await shops[index]?.close();
    await sides[index]?.end();
  }

  /** Ends what plays, and plays these: on the left first. */
  async function replace(next: readonly Playable[]): Promise<void> {
    await Promise.all(sides.map((_, index) => stop(index)));
    sides.splice(0);
    shops.splice(0);
    introduce(next.length);
    await Promise.all(next.map((each, index) => start(each, index as SideIndex)));
    offerFaults();
  }

  /** One change of what plays at a time. */
  async function change(work: () => Promise<void>): Promise<void> {
    if (changing) throw new RangeError('A side is being started. Wait until it is there.');
    changing = work();
    try {
      await changing;
    } finally {
      changing = null;
    }
  }

  async function choose(index: SideIndex, choice: string, value: string): Promise<void> {
    const side = sides[index];
    const current = side && switchesOf(side.options.plan, hasRedis).find((each) => each.choice === choice);
    if (!side || !current) throw new RangeError(`No side has a choice ${JSON.stringify(choice)}.`);
    if (!current.values.includes(value))
      throw new RangeError(`${choice} must be ${current.values.join(' or ')}, got: ${JSON.stringify(value)}.`);
    if (current.refused[value]) throw new RangeError(`${choice}=${value} cannot be chosen: ${current.refused[value]}.`);
    const word = withChoice(side.options.word, choice, value);
    const next = playable(word, await options.deploymentOf(word), hasRedis, options.withoutRedis);
    news(`${side.options.word}: ${choice} ${current.value} → ${value}. The side starts again as ${word}.`);
    await stop(index);
    await start(next, index);
    own = own.map((each, at) => (at === index ? next : each));
    offerFaults();
  }

  /** What a side waits for, or its new start where a run has failed half-way. */
  async function act(index: SideIndex | null): Promise<void> {
    for (const [at, side] of sides.entries()) {
      if (index !== null && at !== index) continue;
      const { is } = side.phase();
      if (is === 'broken') await change(() => restart(at as SideIndex, side));
      else if (is === 'waiting' || index !== null) side.act();
    }
  }

  async function restart(index: SideIndex, { options: { word, architecture, plan } }: Side): Promise<void> {
    await stop(index);
    await start({ word, architecture, plan }, index);
    offerFaults();
  }

  const chosen = (index: SideIndex | null): readonly Side[] =>
    index === null ? sides : sides.filter((_, at) => at === index);

  function strike(ask: Ask & { readonly do: 'fault' }): void {
    const { fault, aim } = ask;
    if (!isFaultName(fault)) throw new RangeError(`\`fault\` must be one of ${faultNames.join(', ')}, got: ${fault}.`);
    const able = chosen(ask.side).filter((side) => side.inapplicable(fault) === null);
    const busy = able.find((side) => side.phase().is !== 'ready');
    if (preparing) throw new RangeError('Shoppers fill their carts for the last thing that you broke.');
    if (busy) throw new RangeError(`${busy.options.word} is busy: ${busy.phase().words}`);
    for (const side of chosen(ask.side)) {
      const reason = side.inapplicable(fault);
      if (reason !== null) news(`${side.options.word}: ${fault} does not apply, ${reason}.`);
    }
    // One that needs time to get ready must not come later than the other.
    preparing = true;
    void Promise.all(able.map((side) => side.prepare(fault)))
      .finally(() => {
        preparing = false;
      })
      .then(() => Promise.all(able.map((side) => side.strike(fault, aim))))
      .catch(unexpected);
  }

  /** A side that ends while something goes on is not news. */
  function unexpected(error: unknown): void {
    if (!options.signal.aborted && !changing) news(error instanceof Error ? error.message : String(error));
  }

  async function scene(index: number): Promise<void> {
    const told = storyScenes[index];
    if (!told) throw new RangeError(`\`scene\` must be from 0 to ${storyScenes.length - 1}, got: ${index}.`);
    const refused = sceneCards(hasRedis)[index]?.refused;
    if (refused) throw new RangeError(refused);
    playing?.abort();
    const abort = new AbortController();
    await change(async () => {
      news(`Story: ${told.title}`);
      hub.say({ kind: 'story', story: { scene: index, title: told.title, step: told.steps.begin, proof: null } });
      const next = playable(told.word, await options.deploymentOf(told.word), hasRedis, options.withoutRedis);
      await replace([next]);
    });
    playing = abort;
    const [side] = sides;
    const signal = AbortSignal.any([abort.signal, options.signal]);
    if (side) playScene(told, index, { side, say: hub.say, readingMs: options.readingMs, signal }).catch(unexpected);
  }

  async function leave(): Promise<void> {
    playing?.abort();
    playing = null;
    hub.say({ kind: 'story', story: null });
    await change(() => replace(own));
  }

  async function end(reason: string): Promise<void> {
    playing?.abort();
    await changing?.catch(() => undefined);
    await Promise.all(sides.map((_, index) => stop(index)));
    hub.say({ kind: 'end', reason });
  }

  try {
    await replace(own);
  } catch (error) {
    await end('It did not come up.');
    throw error;
  }
  return {
    ask: async (ask) => {
      if (ask.do === 'fault') return strike(ask);
      if (ask.do === 'scene') return scene(ask.scene);
      if (ask.do === 'leave story') return leave();
      if (ask.do === 'choose') return change(() => choose(ask.side, ask.choice, ask.value));
      if (ask.do === 'act') await act(ask.side);
      else if (ask.do === 'refill') await Promise.all(chosen(ask.side).map((side) => side.refill()));
      else if (ask.do === 'link') {
        for (const side of chosen(ask.side)) if (ask.side !== null || side.hasLink) side.cutLink(ask.cut);
      } else {
        if (!(ask.timeScale >= 1 && ask.timeScale <= 600))
          throw new RangeError(`\`timeScale\` must be a number from 1 to 600, got: ${ask.timeScale}.`);
        for (const side of sides) side.setTimeScale(ask.timeScale);
        timeScale = ask.timeScale;
        introduce(sides.length);
      }
    },
    follow: hub.follow,
    recording: hub.recording,
    result: () => ({ timeScale, seed: options.seed, runs }),
    sides: () => sides,
    end,
  };
}
