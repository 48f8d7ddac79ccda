import type { Deployment } from '../../architecture/deployment';
import type { Formats } from '../../report/format';
import { printableJson } from '../../report/printable';
import type { PriceFile } from '../cost/prices';
import { drawingOf } from '../diagram/drawing';
import { textDiagram } from '../diagram/text';
import type { Difference } from '../diff';
import type { DrillResult } from '../measured';
import type { ReviewResult } from '../review';
import { renderDifference } from './difference';
import { reviewJson } from './json';
import { renderMarkdown } from './markdown';
import { renderReview } from './terminal';

/** Everything that a report of a review can show. */
export interface ReviewReport {
  readonly deployments: readonly Deployment[];
  readonly result: ReviewResult;
  readonly prices: PriceFile;
  /** Whether text ends with a diagram of each deployment. */
  readonly diagrams?: boolean;
  /** What a drill of the same variants counted; null: there was none. The result has its losses by now. */
  readonly drill?: DrillResult | null;
}

export const reviewFormats: Formats<ReviewReport> = {
  text: ({ deployments, result, diagrams }, layout) =>
    renderReview(result, layout) +
    (diagrams ? deployments.map((one) => `\n${textDiagram(drawingOf(one))}`).join('') : ''),
  markdown: ({ result }) => renderMarkdown(result),
  json: ({ result }) => printableJson(reviewJson(result)),
  // Loaded only here: the layout of the diagrams takes longer than the rest of a review.
  html: async ({ deployments, result, prices, drill = null }, _, made) =>
    (await import('./html/page')).renderPage({ deployments, result, prices, drill, made }),
};

export const differenceFormats: Formats<Difference> = {
  text: renderDifference,
  json: printableJson,
};
