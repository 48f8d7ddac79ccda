/** One deployment of the lab: its processes, its shoppers, and what is done to it. */

import type { Deployment } from '../../architecture/deployment';
import { type FaultName, faults } from '../../drill/faults';
import type { FleetPlan } from '../../drill/plan/fleetPlan';
import type { DrillRun } from '../../drill/report/result';
import { verdictOf } from '../../drill/report/verdict';
import { type PeoplesWork, rehearse } from '../../drill/running/run';
import { onScene, type Scene, type SceneOptions } from '../../drill/running/scene';
import { isGeoReplicated, usesRedis } from '../../sessions/stores';
import type { Aim, Message, Phase, SideIndex } from '../messages';
import { aimedAt } from './aim';
import { goLive } from './liveScene';
import { pictureOf } from './picture';
import { goShopping, nobody, type Shopping } from './shopping';
import { watchRequests } from './watchedRequests';

export interface SideOptions {
  readonly index: SideIndex;
  /** Variant with its overrides, as on the command line. */
  readonly word: string;
  readonly architecture: Deployment;
  readonly plan: FleetPlan;
  readonly scene: Omit<SceneOptions, 'onProgress'>;
  readonly say: (message: Message) => void;
  /** Called with each run once it is judged, or could not be. */
  readonly onRun: (run: DrillRun) => void;
}

export interface Side {
  readonly options: SideOptions;
  readonly phase: () => Phase;
  /** Why the fault does not apply; null: it does. */
  inapplicable(fault: FaultName): string | null;
  /**
   * Gets ready for the fault: shoppers who met another one leave, and others fill new carts. `strike` does it by itself; two
   * sides that are to be struck at the same moment do it before. @throws RangeError while something else goes on
   */
  prepare(fault: FaultName): Promise<void>;
  /** Resolves with the run when it is judged, or could not be. @throws RangeError while something else goes on */
  strike(fault: FaultName, aim?: Aim): Promise<DrillRun>;
  /** People do what the side waits for. @throws RangeError if it waits for nothing */
  act(): void;
  /** Everybody leaves, and others fill new carts. @throws RangeError while something else goes on */
  refill(): Promise<void>;
  /** Whether Redis replicates between its regions. */
  readonly hasLink: boolean;
  /** Cuts the link by which Redis replicates between regions, or joins it. @throws RangeError where there is none */
  cutLink(cut: boolean): void;
  /** @throws RangeError while something else goes on */
  setTimeScale(timeScale: number): void;
  readonly scene: Scene;
  readonly requests: ReturnType<typeof watchRequests>;
  /** Ends every process. Safe to call twice. */
  end(): Promise<void>;
}

const dotsEveryMs = 100;
const pictureEveryMs = 200;

const peoplesWords: Readonly<Record<PeoplesWork, { readonly words: string; readonly act: string }>> = {
  repair: { words: 'Nothing in Azure ends this. It lasts until people repair it.', act: 'Repair it' },
  'bring the region back': { words: 'The region is away, and its carts were counted.', act: 'Bring the region back' },
};

/** Starts everything and lets shoppers fill their carts. @throws if it does not come up; then nothing stays behind */
export async function startSide(options: SideOptions): Promise<Side> {
  const { index, word, architecture, plan, say, onRun } = options;
  const ended = new AbortController();
  const signal = AbortSignal.any([options.scene.signal, ended.signal]);
  const { scene, over } = await opened(plan, {
    ...{ ...options.scene, signal },
    // A fault may act on the way to Redis, and nobody knows before which will come.
    ...{ throughLinks: usesRedis(plan.store), onProgress: () => {} },
  });
  const requests = watchRequests();
  const live = goLive(scene, requests);
  let shopping: Shopping = nobody;
  let phase: Phase = { is: 'starting', words: 'Processes are starting.' };
  let acted: () => void = () => {};
  let cutByHand = false;
  let broken = false;
  let drawn = '';
  let noted = 0;

  const news = (text: string): void => say({ kind: 'news', side: index, text: `${word}: ${text}` });
  const enter = (next: Phase): void => {
    phase = next;
    say({ kind: 'phase', side: index, phase });
  };
  const round = (until = signal) =>
    live.round(until, (line) => line === 'audit' && enter({ is: 'auditing', words: audits }));
  const mustBeReady = (): void => {
    if (phase.is !== 'ready') throw new RangeError(`${word} is busy: ${phase.words}`);
  };

  function draw(): void {
    const picture = pictureOf({ word, scene, carts: shopping.carts, caches: live.caches, dark: live.dark });
    const text = JSON.stringify(picture);
    if (text !== drawn) say({ kind: 'picture', side: index, picture });
    drawn = text;
    for (const { label } of scene.clock.notes.slice(noted)) news(`${label}.`);
    noted = scene.clock.notes.length;
    const counters = shopping.carts.counters(requests.answersPerSecond());
    say({ kind: 'counters', side: index, counters });
    if (phase.is === 'ready') live.forget();
  }
  const sendDots = (): void => {
    const dots = requests.take();
    if (dots.length > 0) say({ kind: 'dots', side: index, dots });
  };
  const timers = [setInterval(sendDots, dotsEveryMs), setInterval(draw, pictureEveryMs)];

  async function refill(): Promise<void> {
    await shopping.stand();
    enter({ is: 'filling', words: `${scene.options.shoppers} shoppers fill their carts.` });
    await goShopping(round(), requests.missedCart, (next) => {
      shopping = next;
    });
    shopping.walk();
    enter({ is: 'ready', words: 'Shoppers walk about. Break something.' });
  }

  async function peopleAct(what: PeoplesWork): Promise<void> {
    const resumes = what === 'bring the region back';
    if (resumes) shopping.walk();
    const done = new Promise<void>((resolve, reject) => {
      acted = resolve;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    enter({ is: 'waiting', ...peoplesWords[what] });
    await done;
    if (resumes) await shopping.stand();
    enter({ is: 'struck', words: `${peoplesWords[what].act}: under way.` });
  }

  async function prepare(name: FaultName): Promise<void> {
    const fault = faults[name];
    const stage = round();
    const more = (fault.beginWith?.(stage.plan) ?? stage.plan).regions.flatMap(({ name: region, instances }, at) =>
      instances.slice(stage.plan.regions[at]?.instances.length).map(({ zone }) => ({ region, zone })),
    );
    for (const { region, zone } of more) await scene.fleet.add(region, zone);
    // What failed on a busy machine before the fault would be counted with it.
    const isMarred = shopping.carts.shoppers.some(({ ledger }) => ledger.counts.outages > 0);
    if (shopping.used || isMarred || more.length > 0) await refill();
  }

  async function run(name: FaultName, aim: Aim): Promise<DrillRun> {
    const fault = faults[name];
    await prepare(name);
    shopping.used = true;
    await shopping.stand();
    enter({ is: 'struck', words: `${name}: ${fault.description}.` });
    news(`${fault.description}.`);
    const failing = new AbortController();
    const struck = round(AbortSignal.any([signal, failing.signal]));
    try {
      const detailed = await rehearse(struck, { architecture, plan, fault }, shopping.carts.shoppers, {
        aim: aimedAt(aim),
        onStruck: struck.clock.struck,
        peopleAct,
      });
      if (cutByHand) return notJudged(name, 'the link between regions was cut by hand, and no prediction covers that');
      say(verdictMessage(detailed.run, detailed.details));
      return detailed.run;
    } catch (error) {
      struck.clock.struck();
      signal.throwIfAborted();
      failing.abort(error);
      broken = true;
      return notJudged(name, error instanceof Error ? error.message : String(error));
    }
  }

  function verdictMessage(run: DrillRun, details: Parameters<typeof verdictOf>[1]): Message {
    const { sentence, reason } = verdictOf(run, details);
    const figures = 'met' in run ? run : { met: null, cartsLost: 0, writesLost: 0, shoppers: scene.options.shoppers };
    const { met, cartsLost, writesLost: addsLost, shoppers } = figures;
    const { variant, fault } = run;
    return {
      kind: 'verdict',
      side: index,
      verdict: { variant, fault, sentence, reason, met, cartsLost, addsLost, shoppers },
    };
  }

  function notJudged(fault: FaultName, notAssessed: string): DrillRun {
    const judged = { variant: architecture.name, fault, notAssessed };
    say(verdictMessage(judged, null));
    return judged;
  }

  async function end(): Promise<void> {
    for (const timer of timers) clearInterval(timer);
    ended.abort(new Error('This side has ended.'));
    await over;
    if (phase.is !== 'ended') enter({ is: 'ended', words: 'Every process of this side has ended.' });
  }

  try {
    await refill();
    live.begin();
  } catch (error) {
    await end();
    throw error;
  }
  return {
    ...{ options, scene, requests, end },
    hasLink: isGeoReplicated(plan.store) && plan.regions.length > 1,
    phase: () => phase,
    inapplicable: (fault) => faults[fault].inapplicable(round().plan),
    prepare: async (fault) => {
      mustBeReady();
      await prepare(fault);
    },
    strike: async (fault, aim = {}) => {
      mustBeReady();
      const judged = await run(fault, aim);
      onRun(judged);
      shopping.walk();
      if (broken)
        enter({
          is: 'broken',
          words: 'That run failed half-way. This side has to start again.',
          act: 'Start it again',
        });
      else enter({ is: 'ready', words: 'Counted. Break something else: others fill new carts first.' });
      return judged;
    },
    act: () => {
      if (phase.is !== 'waiting') throw new RangeError(`${word} waits for nothing: ${phase.words}`);
      acted();
    },
    refill: async () => {
      mustBeReady();
      await refill();
    },
    cutLink: (cut) => {
      mustBeReady();
      const other = plan.regions[1];
      if (!live.caches.caches || !isGeoReplicated(plan.store) || !other)
        throw new RangeError(`${word} has no link between regions.`);
      live.caches.caches.cutOff(other.name, cut);
      cutByHand = cut;
      news(cut ? 'the link between regions is cut.' : 'the link between regions is joined, and both sides catch up.');
    },
    setTimeScale: (timeScale) => {
      mustBeReady();
      scene.clock.setTimeScale(timeScale);
    },
  };
}

const audits = 'Every shopper looks into the cart, and what is there is compared with what was acknowledged.';

/** The scene once it stands, and a promise of its end, which never rejects. */
async function opened(
  plan: FleetPlan,
  options: SceneOptions,
): Promise<{ readonly scene: Scene; readonly over: Promise<void> }> {
  return new Promise((resolve, reject) => {
    const over = onScene(plan, options, async (scene) => {
      resolve({ scene, over: over.catch(() => undefined) });
      await new Promise(() => undefined);
    });
    over.catch(reject);
  });
}
