import type { Layout } from './layout';
import type { Provenance } from './provenance';

/** What a document can be printed as. */
export type FormatName = 'text' | 'markdown' | 'json' | 'html';

/** Makes a document of a result. Only text looks at the layout, and only a page says where it comes from. */
export type Format<Result> = (result: Result, layout: Layout, made: Provenance) => string | Promise<string>;

/** The formats of one kind of result: a new format is a line in its table. */
export type Formats<Result> = Readonly<Partial<Record<FormatName, Format<Result>>>> & { readonly text: Format<Result> };
