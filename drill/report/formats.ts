import type { Formats } from '../../report/format';
import { printableJson } from '../../report/printable';
import { type DrillReport, resultOf } from './result';

/** Each is loaded where it is asked for. */
export const drillFormats: Formats<DrillReport> = {
  text: async (report, layout) => `${(await import('./terminal')).renderDrill(report, layout)}\n`,
  json: (report) => printableJson(resultOf(report)),
  html: async (report) => (await import('./html/page')).renderHtml(report),
};
