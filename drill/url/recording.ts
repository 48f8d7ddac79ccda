/** What happened at a deployed address, over time: answers, failures, and what the operator says was done to it. */

import type { Timeline } from '../report/result';

interface Marked {
  readonly label: string;
  readonly at: number;
  /** Whether an operator says that it was done, in the operator's words; else the drill noticed it of itself. */
  readonly typed: boolean;
}

export interface Recording {
  reply(isGood: boolean): void;
  /** @param label as it was typed; of an empty one the time alone counts */
  mark(label: string): void;
  /** Marks what the drill noticed of itself. */
  notice(label: string): void;
  /** How many requests failed. */
  failed(): number;
  /** Real seconds from the first failed request to the last; 0: none failed. */
  failedSeconds(): number;
  readonly marks: readonly Marked[];
  /** Seconds count from the first mark, of an operator if there is one; without any, from the first request. */
  draw(host: string): Timeline;
  /** One sentence on what was marked; null: nothing was. */
  sentence(): string | null;
}

const leastSliceMs = 1000;

/** A picture has so many slices at most. */
const mostSlices = 600;

/** @param now in milliseconds */
export function record(now: () => number = () => performance.now()): Recording {
  const begun = now();
  const replies: { readonly at: number; readonly isGood: boolean }[] = [];
  const marks: Marked[] = [];
  const zero = () => (marks.find(({ typed }) => typed) ?? marks[0])?.at ?? begun;
  return {
    marks,
    reply: (isGood) => void replies.push({ at: now(), isGood }),
    mark: (label) => void marks.push({ label: label.trim() || `event ${marks.length + 1}`, at: now(), typed: true }),
    notice: (label) => void marks.push({ label, at: now(), typed: false }),
    failed: () => replies.filter(({ isGood }) => !isGood).length,
    failedSeconds: () => {
      const failed = replies.filter(({ isGood }) => !isGood).map(({ at }) => at);
      return failed.length === 0 ? 0 : (Math.max(...failed) - Math.min(...failed)) / 1000;
    },
    draw: (host) => {
      const sliceMs = Math.max(leastSliceMs, ((replies.at(-1)?.at ?? begun) - begun) / mostSlices);
      const slices = Math.floor(((replies.at(-1)?.at ?? begun) - begun) / sliceMs) + 1;
      const counted = (good: boolean) => {
        const counts = Array<number>(slices).fill(0);
        for (const { at, isGood } of replies)
          if (isGood === good) {
            const slice = Math.floor((at - begun) / sliceMs);
            counts[slice] = (counts[slice] ?? 0) + 1;
          }
        return counts;
      };
      return {
        sliceSeconds: sliceMs / 1000,
        begin: (begun - zero()) / 1000,
        lanes: [{ label: host, answered: counted(true), failed: counted(false) }],
        marks: marks.map(({ label, at }) => ({ label, at: (at - zero()) / 1000 })),
      };
    },
    sentence: () => {
      const said = (typed: boolean): string =>
        marks
          .filter((mark) => mark.typed === typed)
          .map(({ label, at }) => `“${label}” at ${((at - begun) / 1000).toFixed(0)} s`)
          .join(', ');
      const [byOperator, noticed] = [said(true), said(false)];
      const sentences = [
        byOperator === '' ? '' : `The operator marked ${byOperator}.`,
        noticed === '' ? '' : `The drill noticed ${noticed}.`,
      ].filter((sentence) => sentence !== '');
      return sentences.length === 0 ? null : sentences.join(' ');
    },
  };
}
