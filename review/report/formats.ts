import type { Deployment } from '../../architecture/deployment';
import type { Formats } from '../../report/format';
import { printableJson } from '../../report/printable';
import type { Changes, VariantChange } from '../changes';
import type { PriceFile } from '../cost/prices';
import type { Difference } from '../diff';
import type { DrillResult } from '../measured';
import type { ReviewResult } from '../review';
import type { Rule } from '../rules/rule';
import { type Places, unplaced } from './pipeline/places';

/** Everything that a report of a review can show. */
export interface ReviewReport {
  readonly deployments: readonly Deployment[];
  readonly result: ReviewResult;
  readonly prices: PriceFile;
  /** Whether text and Markdown end with a diagram of each deployment. */
  readonly diagrams?: boolean;
  /** What a drill of the same variants counted; null: there was none. The result has its losses by now. */
  readonly drill?: DrillResult | null;
  /** Where resources are declared, for formats that pipelines read. Default: - by the name of the deployment alone. */
  readonly places?: Places;
  /** The rules that were asked. Default: - those of this project. */
  readonly rules?: readonly Rule[];
  /** What changed since an earlier review; null: it is compared with none. */
  readonly since?: Changes | null;
}

/** What a comparison of two deployments shows. */
export interface CompareReport {
  readonly difference: Difference;
  /** The second reviewed, against the first. */
  readonly change: VariantChange;
  /** The two are of two environments and were given the names of this one. Default: - each has its own names. */
  readonly namesOf?: string | null;
}

/** Each is loaded where it is asked for. */
export const reviewFormats: Formats<ReviewReport> = {
  text: async ({ deployments, result, diagrams, since }, layout) =>
    (await import('./terminal')).renderReview(result, layout, since) +
    (diagrams ? (await diagramsOf(deployments)).map((one) => `\n${one}`).join('') : ''),
  markdown: async ({ deployments, result, diagrams, since }) =>
    (await import('./markdown')).renderMarkdown(result, since, diagrams ? await diagramsOf(deployments) : []),
  json: async ({ result }) => printableJson((await import('./json')).reviewJson(result)),
  sarif: async ({ result, places = unplaced, rules }) =>
    (await import('./pipeline/sarif')).renderSarif(result, places, rules),
  junit: async ({ result, places = unplaced }) => (await import('./pipeline/junit')).renderJunit(result, places),
  annotations: async ({ result, places = unplaced, since }) =>
    (await import('./pipeline/annotations')).renderAnnotations(result, places, since),
  codequality: async ({ result, places = unplaced }) =>
    (await import('./pipeline/codeQuality')).renderCodeQuality(result, places),
  html: async ({ deployments, result, prices, drill = null }, _, made) =>
    (await import('./html/page')).renderPage({ deployments, result, prices, drill, made }),
};

export const differenceFormats: Formats<CompareReport> = {
  text: async ({ difference, change, namesOf }, layout) =>
    (await import('./difference')).renderDifference(difference, layout, change, namesOf),
  markdown: async ({ difference, change, namesOf }) =>
    (await import('./differenceMarkdown')).renderDifferenceMarkdown(difference, change, namesOf),
  json: async ({ difference, change, namesOf }) =>
    printableJson((await import('./differenceJson')).differenceJson(difference, change, namesOf)),
};

async function diagramsOf(deployments: readonly Deployment[]): Promise<readonly string[]> {
  const { drawingOf } = await import('../diagram/drawing');
  const { textDiagram } = await import('../diagram/text');
  return deployments.map((one) => textDiagram(drawingOf(one)));
}
