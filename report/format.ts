import type { Layout } from './layout';
import type { Provenance } from './provenance';

/** What a document can be printed as. `html` is a page that is written beside what is printed. */
export type FormatName = 'text' | 'markdown' | 'json' | 'sarif' | 'junit' | 'annotations' | 'codequality' | 'html';

/** A document, and what its reader must know beside it, a sentence each. */
export interface Printed {
  readonly text: string;
  readonly warnings: readonly string[];
}

/** Makes a document of a result. Only text looks at the layout, and only a page says where it comes from. */
export type Format<Result> = (
  result: Result,
  layout: Layout,
  made: Provenance,
) => string | Printed | Promise<string | Printed>;

/** The formats of one kind of result: a new format is a line in its table. */
export type Formats<Result> = Readonly<Partial<Record<FormatName, Format<Result>>>> & { readonly text: Format<Result> };
