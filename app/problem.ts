import { STATUS_CODES } from 'node:http';

/**
 * A refusal meant for the client: its message is sent, so it must hold nothing internal. Any other error becomes a
 * bare 500. The API words it as problem details, pages as a page.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** Seconds for the `Retry-After` header; undefined: no such header. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly status: number,
    detail: string,
    options: { readonly retryAfterSeconds?: number; readonly cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get title(): string {
    return STATUS_CODES[this.status] ?? 'Error';
  }
}
