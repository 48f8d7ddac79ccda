/** Records who answered how many requests when, for the picture of a run. */

import type { Fleet } from '../fleet/fleet';
import type { Timeline } from '../report/result';
import type { Reply } from '../shoppers/browser';

export interface TimelineRecorder {
  record(reply: Reply): void;
  mark(label: string, at?: number): void;
  /** Drops what was recorded so far, so that a picture begins now. */
  forget(): void;
  /** @param faultAt `performance.now()` of the fault */
  draw(fleet: Fleet, faultAt: number): Timeline;
}

const sliceMs = 100;
const nobody = 'no instance';

export function recordTimeline(): TimelineRecorder {
  const replies: { readonly at: number; readonly process: string | null; readonly good: boolean }[] = [];
  const marks: { readonly label: string; readonly at: number }[] = [];
  return {
    record: (reply) => {
      const answered = 'status' in reply;
      const good = answered && reply.status < 500;
      replies.push({ at: performance.now(), process: answered ? reply.process : null, good });
    },
    mark: (label, at = performance.now()) => void marks.push({ label, at }),
    forget: () => {
      replies.splice(0);
      marks.splice(0);
    },
    draw: (fleet, faultAt) => {
      const first = replies[0]?.at ?? faultAt;
      const last = replies[replies.length - 1]?.at ?? faultAt;
      const slices = Math.floor((last - first) / sliceMs) + 1;
      const names = laneNames(fleet, [...new Set(replies.flatMap(({ process }) => process ?? []))]);
      const labels = [...new Set(names.values()), nobody];
      const lanes = new Map(labels.map((label) => [label, { answered: zeros(slices), failed: zeros(slices) }]));
      for (const { at, process, good } of replies) {
        // A 502 that names an instance comes from a layer before it.
        const lane = lanes.get((good && process !== null && names.get(process)) || nobody);
        const counts = good ? lane?.answered : lane?.failed;
        const slice = Math.floor((at - first) / sliceMs);
        if (counts) counts[slice] = (counts[slice] ?? 0) + 1;
      }
      const seconds = (at: number): number => (at - faultAt) / 1000;
      return {
        sliceSeconds: sliceMs / 1000,
        begin: seconds(first),
        lanes: labels.flatMap((label) => ({ label, ...(lanes.get(label) ?? { answered: [], failed: [] }) })),
        marks: marks.map(({ label, at }) => ({ label, at: seconds(at) })),
      };
    },
  };
}

const zeros = (length: number): number[] => Array<number>(length).fill(0);

/** A lane per instance, named by its region, zone and the begin of its id; processes of one instance share it. */
function laneNames(fleet: Fleet, processes: readonly string[]): ReadonlyMap<string, string> {
  const several = fleet.regions.length > 1;
  return new Map(
    processes
      .map((key) => fleet.processOf(key))
      .flatMap((instance) => (instance ? [instance] : []))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ key, region, zone, id }) => {
        const place = [several ? region : null, zone === null ? null : `zone ${zone}`].filter(Boolean).join(', ');
        return [key, `${id.slice(0, 6)}${place === '' ? '' : ` · ${place}`}`] as const;
      }),
  );
}
