import { breakable, html, type Markup } from './html';

/** Where a document comes from. Given from outside, so that the same result makes the same document. */
export interface Provenance {
  /** As in `2026-11-29 07:05 UTC`. */
  readonly date: string;
  /** Commit of the source; null: unknown. */
  readonly commit: string | null;
  /** Programs with their versions, as in `Node.js 20.19.0`. */
  readonly versions: readonly string[];
  /** What was read: variants, and files by the path that was given. */
  readonly inputs: readonly string[];
}

/** The foot of a page. */
export function foot(remark: string, made: Provenance | null): Markup {
  const facts: readonly (readonly [string, string])[] = made
    ? [
        ['Made', made.date],
        ['Commit', made.commit ?? 'unknown'],
        ['With', made.versions.join(', ')],
        ['From', made.inputs.join(', ')],
      ]
    : [];
  return html`<footer><p>${remark}</p>${facts.length > 0 ? html`<dl class="made">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${breakable(value)}</dd></div>`)}</dl>` : null}</footer>`;
}
