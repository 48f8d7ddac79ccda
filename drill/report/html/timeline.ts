/** One run as a picture: a lane per instance, its requests over time, the fault and what followed marked. */

import { escaped, html, type Markup, raw } from '../../../report/html';
import type { Lane, Mark, Timeline } from '../result';

const width = 960;
const labelWidth = 190;
const laneHeight = 26;
const barHeight = 20;
const markRow = 17;
const axisHeight = 24;
const letterWidth = 6.6;

/** Finer than this nobody sees a bar, and a long run has thousands of slices. */
const mostSlices = 240;

/** The picture, with the names of its lanes beside it: they stay in sight while a narrow screen pans it. */
export function timelineSheet(recorded: Timeline): Markup {
  const picture = laidOut(recorded);
  const { lanes, xOf, top, height } = picture;
  const fault = xOf(Math.max(recorded.begin, 0));
  return html`<div class="sheet"><span class="opens" style="left:${percent(fault, width)}"></span><div class="lanes" aria-hidden="true">${lanes.map(({ label }, index) => html`<span style="top:${percent(top + index * laneHeight, height)}">${label}</span>`)}</div>${raw(draw(picture))}</div>`;
}

function draw({ lanes, marks, sliceSeconds, begin, seconds, xOf, rows, top, bottom, height }: Picture): string {
  const most = Math.max(1, ...lanes.flatMap(({ answered, failed }) => answered.map((n, i) => n + (failed[i] ?? 0))));
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(spoken(lanes, marks))}">
${lanes.map((lane, index) => drawLane(lane, top + index * laneHeight, most, (slice) => xOf(begin + slice * sliceSeconds))).join('\n')}
${marks.map((mark, index) => drawMark(mark, xOf(mark.at), markRow * ((rows[index] ?? 0) + 1), bottom)).join('\n')}
${axis(begin, seconds, xOf, bottom)}
</svg>`;
}

/** What is drawn, and where. */
interface Picture extends Timeline {
  readonly seconds: number;
  readonly xOf: (at: number) => number;
  /** Row of each mark. */
  readonly rows: readonly number[];
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
}

function laidOut(recorded: Timeline): Picture {
  const timeline = coarser(recorded);
  const { begin, lanes, marks, sliceSeconds } = timeline;
  const seconds = slicesOf(timeline) * sliceSeconds;
  const xOf = (at: number): number => labelWidth + ((at - begin) / seconds) * (width - labelWidth - 8);
  const rows = rowsOf(marks, xOf);
  const top = 6 + (Math.max(0, ...rows) + 1) * markRow;
  const bottom = top + lanes.length * laneHeight;
  return { ...timeline, seconds, xOf, rows, top, bottom, height: bottom + axisHeight };
}

const slicesOf = ({ lanes }: Timeline): number => Math.max(...lanes.map(({ answered }) => answered.length), 1);

/** The same with slices together until there are few enough to be seen. */
function coarser(timeline: Timeline): Timeline {
  const together = Math.ceil(slicesOf(timeline) / mostSlices);
  const joined = (counts: readonly number[]): number[] =>
    Array.from({ length: Math.ceil(counts.length / together) }, (_, index) =>
      counts.slice(index * together, (index + 1) * together).reduce((sum, count) => sum + count, 0),
    );
  return {
    ...timeline,
    sliceSeconds: timeline.sliceSeconds * together,
    lanes: timeline.lanes.map((lane) => ({ ...lane, answered: joined(lane.answered), failed: joined(lane.failed) })),
  };
}

function drawLane({ answered, failed }: Lane, y: number, most: number, xOf: (slice: number) => number): string {
  const bars = (counts: readonly number[], kind: string, below: readonly number[]): string => {
    const path = counts
      .map((count, slice) => {
        if (count === 0) return '';
        const tall = (count / most) * barHeight;
        const base = y + laneHeight - 3 - ((below[slice] ?? 0) / most) * barHeight;
        const [x, next] = [xOf(slice), xOf(slice + 1)];
        return `M${round(x)} ${round(base)}V${round(base - Math.max(1.5, tall))}H${round(next - 0.6)}V${round(base)}Z`;
      })
      .join('');
    return path === '' ? '' : `<path class="${kind}" d="${path}"/>`;
  };
  return `<line class="ground" x1="${labelWidth}" x2="${width - 8}" y1="${y + laneHeight - 2.5}" y2="${y + laneHeight - 2.5}"/>${bars(answered, 'good', [])}${bars(failed, 'bad', answered)}`;
}

function drawMark({ label }: Mark, x: number, y: number, bottom: number): string {
  const ends = x + label.length * letterWidth > width - 8;
  return `<g class="mark"><line x1="${round(x)}" x2="${round(x)}" y1="${y - 10}" y2="${bottom}"/><text x="${round(ends ? x - 5 : x + 5)}" y="${y - 1}"${ends ? ' text-anchor="end"' : ''}>${escaped(label)}</text></g>`;
}

/** A row per mark, so that no label lies on another. */
function rowsOf(marks: readonly Mark[], xOf: (at: number) => number): readonly number[] {
  const taken: (readonly [from: number, to: number])[][] = [];
  return marks.map(({ label, at }) => {
    const long = label.length * letterWidth + 14;
    const x = xOf(at);
    const [from, to] = x + long - 9 > width - 8 ? [x - long, x + 4] : [x - 4, x + long];
    let row = 0;
    while (taken[row]?.some(([left, right]) => from < right && to > left)) row++;
    taken[row] = [...(taken[row] ?? []), [from, to]];
    return row;
  });
}

/** Seconds between ticks, the first that gives few enough of them. */
const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600] as const;
const mostTicks = 12;

function axis(begin: number, seconds: number, xOf: (at: number) => number, y: number): string {
  const step = steps.find((each) => seconds / each <= mostTicks) ?? seconds;
  const ticks = [];
  for (let at = Math.ceil(begin / step) * step; at <= begin + seconds; at += step) ticks.push(at);
  return ticks
    .map(
      (at) =>
        `<text class="tick" x="${round(xOf(at))}" y="${y + 16}" text-anchor="${xOf(at) > width - 24 ? 'end' : 'middle'}">${at} s</text>`,
    )
    .join('');
}

/** For who cannot see the picture. */
function spoken(lanes: readonly Lane[], marks: readonly Mark[]): string {
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const byLane = lanes.map(({ label, answered, failed }) => {
    const bad = total(failed);
    return `${label}: ${total(answered)} answered${bad === 0 ? '' : `, ${bad} failed`}`;
  });
  const inTime = [...marks].sort((a, b) => a.at - b.at).map(({ label, at }) => `${label} at ${at.toFixed(1)} s`);
  return `Requests by instance. ${byLane.join('; ')}. ${inTime.join(', ')}.`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
const percent = (part: number, whole: number): string => `${round((part / whole) * 100)}%`;
