/**
 * What the lab's server sends to its page, and what the page asks for. The page draws from these messages alone, so a
 * recording of them replays a session without any server.
 */

/** Left or right. */
export type SideIndex = 0 | 1;

/** `gone`: its process has ended; `out`: health check has taken it out of rotation; `draining`: it was asked to end. */
export type InstanceState = 'running' | 'gone' | 'out' | 'draining';

export interface DrawnInstance {
  /** Unique among the processes of a side. */
  readonly key: string;
  /** Begin of the instance's id. */
  readonly id: string;
  /** Position in its region's list, from 0: what an action on it names. */
  readonly ordinal: number;
  readonly state: InstanceState;
  /** Carts that live in its memory, as their last acknowledged add says. */
  readonly carts: number;
}

export interface DrawnZone {
  /** `1`, `2` or `3`; null: unknown. */
  readonly zone: string | null;
  /** Whether the zone is the drill's assumption, since the plan is not spread over zones. */
  readonly assumed: boolean;
  readonly instances: readonly DrawnInstance[];
}

export interface DrawnCache {
  readonly primary: 'up' | 'gone';
  /** `behind`: writes do not reach it now; `none`: there is no replica. */
  readonly replica: 'in step' | 'behind' | 'none';
  readonly reachable: boolean;
  readonly carts: number;
}

export interface DrawnRegion {
  readonly name: string;
  /** `active` takes traffic, `standby` waits until every active region is gone. */
  readonly role: 'active' | 'standby';
  /** Whether its front ends answer nobody. */
  readonly dark: boolean;
  readonly zones: readonly DrawnZone[];
  /** null: no Redis. */
  readonly cache: DrawnCache | null;
}

export interface Picture {
  /** Variant with its overrides, as on the command line. */
  readonly word: string;
  /** Layers that a request meets, outermost first, with what each does about affinity. */
  readonly layers: readonly { readonly name: string; readonly affinity: 'on' | 'off' }[];
  readonly sessions: { readonly label: string; readonly keptIn: 'process' | 'redis' | 'client' };
  readonly regions: readonly DrawnRegion[];
  /** The link by which Redis of one region replicates to the others; null: there is none. */
  readonly link: 'up' | 'cut' | null;
  readonly shoppers: readonly DrawnShopper[];
}

export interface DrawnShopper {
  readonly id: number;
  /** Index of the region whose edge is nearest. */
  readonly near: number;
  /** `none`: nothing was acknowledged to it yet; `lost`: at its last look nothing was left of its cart. */
  readonly cart: 'none' | 'there' | 'lost';
}

/** How a request ended: answered, answered without the cart that was promised, or failed. */
export type Outcome = 'answered' | 'lost' | 'failed';

export interface Dot {
  /** Id of the shopper; `you`; `probe`: a client of the drill that measures recovery. */
  readonly who: number | 'you' | 'probe';
  /** Key of the process that answered; null: none did. */
  readonly process: string | null;
  /** Index of the region nearest to the client. */
  readonly near: number;
  readonly outcome: Outcome;
}

/** Figures of the ledger, see `drill/judging/`. */
export interface Counters {
  readonly shoppers: number;
  readonly cartsAlive: number;
  readonly cartsLost: number;
  /** Acknowledged adds that are gone from carts which are there. */
  readonly addsLost: number;
  readonly requests: number;
  readonly requestsFailed: number;
  /** Requests that an instance answered in the last second. */
  readonly answersPerSecond: number;
}

/**
 * What is going on. `ready`: an action may begin; `waiting`: people have to act, as the text says; `broken`: a run failed half-way,
 * so the side has to start again.
 */
export type Phase =
  | { readonly is: 'starting' | 'filling' | 'struck' | 'auditing'; readonly words: string }
  | { readonly is: 'ready'; readonly words: string }
  | { readonly is: 'waiting' | 'broken'; readonly words: string; readonly act: string }
  | { readonly is: 'ended'; readonly words: string };

export interface Verdict {
  readonly variant: string;
  readonly fault: string;
  /** As the drill prints it. */
  readonly sentence: string;
  readonly reason: string | null;
  /** `null`: it could not be judged. */
  readonly met: boolean | null;
  readonly cartsLost: number;
  readonly addsLost: number;
  readonly shoppers: number;
}

/** A choice that the page offers as a switch. */
export interface Switch {
  readonly choice: string;
  readonly label: string;
  readonly value: string;
  readonly values: readonly string[];
  /** Values that cannot be chosen here, with the reason. */
  readonly refused: Readonly<Record<string, string>>;
}

export interface FaultButton {
  readonly id: string;
  readonly description: string;
  readonly source: string | null;
  /** Whether health check, probes and dashboards do not see all of it. */
  readonly isGrey: boolean;
  /** Why it does not apply to the side of that index; null: it does. */
  readonly inapplicable: readonly (string | null)[];
}

export interface YourShopper {
  /** Address of the shop in a frame. */
  readonly address: string;
  /** Units in your cart. */
  readonly units: number;
  readonly cookies: readonly { readonly name: string; readonly value: string; readonly means: string }[];
  /** What was lost, in words; null: nothing yet. */
  readonly lost: string | null;
}

export interface StoryState {
  readonly scene: number;
  readonly title: string;
  readonly step: string;
  /** The sentence that the scene proves, and the command that repeats it; null: not yet. */
  readonly proof: { readonly sentence: string; readonly command: string } | null;
}

export interface SceneCard {
  readonly title: string;
  readonly question: string;
  /** Why it cannot be played here; null: it can. */
  readonly refused: string | null;
}

export type Message =
  | {
      readonly kind: 'lab';
      readonly seed: number;
      readonly shoppers: number;
      readonly timeScale: number;
      readonly sides: number;
      readonly scenes: readonly SceneCard[];
    }
  | { readonly kind: 'picture'; readonly side: SideIndex; readonly picture: Picture }
  | { readonly kind: 'switches'; readonly side: SideIndex; readonly switches: readonly Switch[] }
  | { readonly kind: 'faults'; readonly faults: readonly FaultButton[] }
  | { readonly kind: 'dots'; readonly side: SideIndex; readonly dots: readonly Dot[] }
  | { readonly kind: 'counters'; readonly side: SideIndex; readonly counters: Counters }
  | { readonly kind: 'phase'; readonly side: SideIndex; readonly phase: Phase }
  | { readonly kind: 'verdict'; readonly side: SideIndex; readonly verdict: Verdict }
  | { readonly kind: 'news'; readonly side: SideIndex | null; readonly text: string }
  | { readonly kind: 'you'; readonly side: SideIndex; readonly you: YourShopper }
  | { readonly kind: 'story'; readonly story: StoryState | null }
  | { readonly kind: 'end'; readonly reason: string };

/** A message with its moment, in milliseconds after the lab's start. */
export interface Recorded {
  readonly at: number;
  readonly message: Message;
}

/** Where an action strikes. Default of each: the seed chooses. */
export interface Aim {
  /** Index of the region. */
  readonly region?: number;
  readonly zone?: string | null;
  /** Position of the instance in its region's list. */
  readonly instance?: number;
}

/** What the page asks for. `side` null: both. */
export type Ask =
  | { readonly do: 'fault'; readonly side: SideIndex | null; readonly fault: string; readonly aim: Aim }
  | { readonly do: 'act'; readonly side: SideIndex | null }
  | { readonly do: 'refill'; readonly side: SideIndex | null }
  | { readonly do: 'link'; readonly side: SideIndex | null; readonly cut: boolean }
  | { readonly do: 'choose'; readonly side: SideIndex; readonly choice: string; readonly value: string }
  | { readonly do: 'speed'; readonly timeScale: number }
  | { readonly do: 'scene'; readonly scene: number }
  | { readonly do: 'leave story' };
