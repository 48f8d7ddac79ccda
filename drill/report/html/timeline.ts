/** One run as a picture: a lane per instance, its requests over time, the fault and what followed marked. */

import { escaped } from '../../../report/html';
import type { Lane, Mark, Timeline } from '../result';

const width = 960;
const labelWidth = 190;
const laneHeight = 26;
const barHeight = 20;
const markRow = 17;
const axisHeight = 24;
const letterWidth = 6.6;

export function drawTimeline({ sliceSeconds, begin, lanes, marks }: Timeline): string {
  const slices = Math.max(...lanes.map(({ answered }) => answered.length), 1);
  const seconds = slices * sliceSeconds;
  const xOf = (at: number): number => labelWidth + ((at - begin) / seconds) * (width - labelWidth - 8);
  const most = Math.max(1, ...lanes.flatMap(({ answered, failed }) => answered.map((n, i) => n + (failed[i] ?? 0))));
  const rows = rowsOf(marks, xOf);
  const top = 6 + (Math.max(0, ...rows) + 1) * markRow;
  const bottom = top + lanes.length * laneHeight;
  const height = bottom + axisHeight;
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(spoken(lanes, marks))}">
${lanes.map((lane, index) => drawLane(lane, top + index * laneHeight, most, (slice) => xOf(begin + slice * sliceSeconds))).join('\n')}
${marks.map((mark, index) => drawMark(mark, xOf(mark.at), markRow * ((rows[index] ?? 0) + 1), bottom)).join('\n')}
${axis(begin, seconds, xOf, bottom)}
</svg>`;
}

function drawLane({ label, answered, failed }: Lane, y: number, most: number, xOf: (slice: number) => number): string {
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
  return `<text class="lane" x="0" y="${y + laneHeight - 9}">${escaped(label)}</text><line class="ground" x1="${labelWidth}" x2="${width - 8}" y1="${y + laneHeight - 2.5}" y2="${y + laneHeight - 2.5}"/>${bars(answered, 'good', [])}${bars(failed, 'bad', answered)}`;
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

function axis(begin: number, seconds: number, xOf: (at: number) => number, y: number): string {
  const step = seconds > 12 ? 2 : 1;
  const ticks = [];
  for (let at = Math.ceil(begin / step) * step; at <= begin + seconds; at += step) ticks.push(at);
  return ticks
    .map((at) => `<text class="tick" x="${round(xOf(at))}" y="${y + 16}" text-anchor="middle">${at} s</text>`)
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
