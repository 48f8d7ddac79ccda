import fs from 'node:fs';
import path from 'node:path';
import { decoded } from '../../textFile';
import { configurationIn, isHcl } from './files';
import { endOf, lineOf } from './tokens';

/** Where a block stands. */
export interface Declaration {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/**
 * Where resources of a folder of Terraform are declared, by address without `count` and `for_each`, as in
 * `module.web.azurerm_linux_web_app.app`. Modules in folders are followed. What cannot be read is left out: it is only
 * about where a finding is shown.
 */
export function declarationsIn(folder: string): ReadonlyMap<string, Declaration> {
  const found = new Map<string, Declaration>();
  collect(folder, '', [], found);
  return found;
}

/** The address of the block in a map of `declarationsIn`; a part of a resource, such as `azurerm_x.y.site_config`, is at the resource. */
export function declarationOf(declarations: ReadonlyMap<string, Declaration>, address: string): Declaration | null {
  const parts = address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '').split('.');
  for (let length = parts.length; length >= 2; length--) {
    const declaration = declarations.get(parts.slice(0, length).join('.'));
    if (declaration) return declaration;
  }
  return null;
}

function collect(folder: string, prefix: string, above: readonly string[], found: Map<string, Declaration>): void {
  if (above.includes(folder)) return;
  for (const name of hclIn(folder)) {
    const file = path.join(folder, name);
    const text = textOf(file);
    for (const { kind, labels, at, body } of blocksIn(text)) {
      const [first = '', second] = labels;
      const address = `${prefix}${kind === 'resource' ? `${first}.${second}` : `module.${first}`}`;
      if (!found.has(address)) found.set(address, { file, line: lineOf(text, at) });
      const source = kind === 'module' ? /^\s*source\s*=\s*"(\.\.?(?:\/[^"]*)?)"/m.exec(body)?.[1] : undefined;
      if (source) collect(path.join(folder, source), `${address}.`, [...above, folder], found);
    }
  }
}

function hclIn(folder: string): string[] {
  try {
    return configurationIn(folder).filter(isHcl);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return decoded(fs.readFileSync(file));
  } catch {
    return '';
  }
}

interface Block {
  readonly kind: 'resource' | 'module';
  readonly labels: readonly string[];
  readonly at: number;
  readonly body: string;
}

const header = /\b(resource|module)\s+"?([\w-]+)"?(?:\s+"?([\w-]+)"?)?\s*$/;

/** The outermost blocks that declare resources. */
function blocksIn(text: string): Block[] {
  const blocks: Block[] = [];
  let depth = 0;
  let after = 0;
  let open: (Omit<Block, 'body'> & { readonly start: number }) | null = null;
  for (let at = 0; at < text.length; ) {
    const end = endOf(text, at);
    const token = text.slice(at, end);
    if (token === '{') {
      if (depth === 0) open = opened(text, after, at);
      depth += 1;
    } else if (token === '}') {
      depth -= 1;
      if (depth === 0) {
        if (open) blocks.push({ kind: open.kind, labels: open.labels, at: open.at, body: text.slice(open.start, at) });
        open = null;
        after = end;
      }
    } else if (depth === 0 && /^(#|\/)./.test(token)) after = end;
    at = end;
  }
  return blocks;
}

function opened(text: string, after: number, brace: number) {
  const found = header.exec(text.slice(after, brace));
  const [, kind, first = '', second] = found ?? [];
  if (!found || (kind === 'resource') !== (second !== undefined)) return null;
  return {
    ...{ kind: kind as Block['kind'], labels: second === undefined ? [first] : [first, second] },
    ...{ at: after + found.index, start: brace + 1 },
  };
}
