import type { Deployment } from '../../architecture/deployment';
import type { Formats } from '../../report/format';
import { printableJson } from '../../report/printable';
import type { Changes, VariantChange } from '../changes';
import type { PriceFile } from '../cost/prices';
import { drawingOf } from '../diagram/drawing';
import { textDiagram } from '../diagram/text';
import type { Difference } from '../diff';
import type { DrillResult } from '../measured';
import type { ReviewResult } from '../review';
import type { Rule } from '../rules/rule';
import { renderDifference } from './difference';
import { differenceJson } from './differenceJson';
import { renderDifferenceMarkdown } from './differenceMarkdown';
import { reviewJson } from './json';
import { renderMarkdown } from './markdown';
import { renderAnnotations } from './pipeline/annotations';
import { renderCodeQuality } from './pipeline/codeQuality';
import { renderJunit } from './pipeline/junit';
import { type Places, unplaced } from './pipeline/places';
import { renderSarif } from './pipeline/sarif';
import { renderReview } from './terminal';

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
}

export const reviewFormats: Formats<ReviewReport> = {
  text: ({ deployments, result, diagrams, since }, layout) =>
    renderReview(result, layout, since) +
    (diagrams ? deployments.map((one) => `\n${textDiagram(drawingOf(one))}`).join('') : ''),
  markdown: ({ deployments, result, diagrams, since }) =>
    renderMarkdown(result, since, diagrams ? deployments.map((one) => textDiagram(drawingOf(one))) : []),
  json: ({ result }) => printableJson(reviewJson(result)),
  sarif: ({ result, places = unplaced, rules }) => renderSarif(result, places, rules),
  junit: ({ result, places = unplaced }) => renderJunit(result, places),
  annotations: ({ result, places = unplaced, since }) => renderAnnotations(result, places, since),
  codequality: ({ result, places = unplaced }) => renderCodeQuality(result, places),
  // Loaded only here: the layout of the diagrams takes longer than the rest of a review.
  html: async ({ deployments, result, prices, drill = null }, _, made) =>
    (await import('./html/page')).renderPage({ deployments, result, prices, drill, made }),
};

export const differenceFormats: Formats<CompareReport> = {
  text: ({ difference, change }, layout) => renderDifference(difference, layout, change),
  markdown: ({ difference, change }) => renderDifferenceMarkdown(difference, change),
  json: ({ difference, change }) => printableJson(differenceJson(difference, change)),
};
