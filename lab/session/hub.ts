/** Passes messages on to every page that is open, and keeps them for whoever comes later. */

import type { Message, Recorded } from '../messages';

export interface Hub {
  say(message: Message): void;
  /** Sends what a page must know that opens now, then everything as it comes. Call the returned function to stop. */
  follow(take: (message: Message) => void): () => void;
  /** Everything said, from the first message on; of a long session without its oldest dots and figures. */
  recording(): readonly Recorded[];
}

/** Of what a new page must know only the newest is sent: one per kind and side. */
const states: ReadonlySet<Message['kind']> = new Set([
  ...(['lab', 'picture', 'switches', 'faults', 'counters', 'phase', 'you', 'story', 'end'] as const),
]);

/** Verdicts that a new page gets. */
const mostVerdicts = 20;
/** Half an hour of two busy sides. */
const mostRecorded = 60_000;
const droppedAtOnce = 10_000;
/** These come all the time, and nothing later needs them. */
const dropped: ReadonlySet<Message['kind']> = new Set(['dots', 'counters'] as const);

/** @param now milliseconds since the lab's start */
export function openHub(now: () => number): Hub {
  const followers = new Set<(message: Message) => void>();
  const latest = new Map<string, Message>();
  const verdicts: Message[] = [];
  let recorded: Recorded[] = [];

  function keep(message: Message): void {
    const side = 'side' in message ? message.side : '';
    if (states.has(message.kind)) latest.set(`${message.kind} ${side}`, message);
    if (message.kind === 'verdict') verdicts.splice(0, Math.max(0, verdicts.push(message) - mostVerdicts));
    recorded.push({ at: Math.round(now()), message });
    if (recorded.length > mostRecorded) {
      let left = droppedAtOnce;
      recorded = recorded.filter((each) => !dropped.has(each.message.kind) || left-- <= 0);
    }
  }
  return {
    say: (message) => {
      keep(message);
      for (const take of followers) take(message);
    },
    follow: (take) => {
      // The page makes room for the sides first.
      const [first, ...rest] = [...latest.values()].sort((a, b) => Number(b.kind === 'lab') - Number(a.kind === 'lab'));
      for (const message of [...(first ? [first] : []), ...rest, ...verdicts]) take(message);
      followers.add(take);
      return () => void followers.delete(take);
    },
    recording: () => recorded,
  };
}
