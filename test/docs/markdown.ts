import fs from 'node:fs';
import path from 'node:path';
import { root } from '../support/commands/command';

export const docsFolder = path.join(root, 'docs');

export const readDoc = (name: string): string => fs.readFileSync(path.join(docsFolder, name), 'utf8');

/** Every Markdown file below `docs/`, as a path from there. */
export const docs = (): string[] =>
  fs
    .readdirSync(docsFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort();

/** Rows of the first table whose header starts with a word, as lists of cells. */
export function tableIn(text: string, firstHeader: string): string[][] {
  const lines = text.split('\n');
  const header = lines.findIndex((line) => line.startsWith(`| ${firstHeader} |`));
  if (header < 0) throw new Error(`there is no table that starts with the column ${firstHeader}`);
  const rows = lines.slice(header + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end < 0 ? rows.length : end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The parts of a text below its headings of one level, by heading; text before the first is left out. */
export function sections(text: string, level: number): Map<string, string> {
  const [, ...parts] = text.split(new RegExp(`^${'#'.repeat(level)} `, 'm'));
  return new Map(
    parts.map((part) => {
      const [heading = '', ...body] = part.split('\n');
      return [heading, body.join('\n')];
    }),
  );
}

/** The first code span of a cell, or the cell. */
export const code = (cell: string | undefined): string => /`([^`]+)`/.exec(cell ?? '')?.[1] ?? cell ?? '';

const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Links of a document to files and headings that are not there. */
export function brokenLinks(name: string): string[] {
  const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  const from = path.join(docsFolder, name);
  return [...withoutCode(readDoc(name)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target as string)
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const full = file === '' ? from : path.join(path.dirname(from), file);
      if (!fs.existsSync(full)) return true;
      if (anchor === undefined) return false;
      const headings = fs.readFileSync(full, 'utf8').matchAll(/^#+ (.+)$/gm);
      return ![...headings].some(([, heading]) => anchorOf(heading as string) === anchor);
    });
}
