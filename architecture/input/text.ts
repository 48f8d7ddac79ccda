import { InputError } from '../../inputError';
import { isObject, parseJson } from '../terraform/json';

/** How people get a plan as JSON, for messages. */
export const howToShow = 'Run terraform plan -out=p, then terraform show -json p > plan.json, and give plan.json.';

/**
 * The one Terraform document in a text: the text itself, or what is left without the lines that others print around it, such
 * as the first line of setup-terraform's wrapper or the prefixes of Terragrunt.
 *
 * @throws InputError when there is none, or more than one
 */
export function documentIn(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const units = withoutPrefixes(text);
  const found = units.flatMap((unit) => documentsIn(unit.text).map((document) => ({ unit: unit.name, document })));
  if (found.length > 0 && found.every(({ document }) => isLogLine(document)))
    throw new InputError(
      `${source} is the log that terraform prints with -json, line by line: it says what happens, and not what is planned. ${howToShow}`,
    );
  const documents = found.filter(({ document }) => isTerraform(document));
  const [only, another] = documents;
  if (another) {
    const names = [...new Set(documents.flatMap(({ unit }) => unit ?? []))];
    throw new InputError(
      `${source} holds ${documents.length} Terraform documents, one after the other${names.length > 0 ? ` (${names.join(', ')})` : ''}. Give each a file of its own; with Terragrunt, use --json-out-dir.`,
    );
  }
  // The parser's own message says best what is wrong with a text that is nearly right.
  return only ? only.document : parseJson(text, source);
}

const isTerraform = (value: unknown) =>
  isObject(value) && ['format_version', 'lineage', 'resource', 'module', 'terraform'].some((key) => key in value);

/** @see https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
const isLogLine = (value: unknown) => isObject(value) && '@message' in value && '@level' in value;

interface Unit {
  /** The unit of Terragrunt that printed it; null: there is no prefix. */
  readonly name: string | null;
  readonly text: string;
}

/** As in `12:00:01.000 STDOUT [app] terraform: {`, or `[app] {` of older versions. */
const prefix = /^(?:\S+\s+)?(?:(?:STDOUT|STDERR|INFO|DEBUG|WARN|ERROR|TRACE)\s+)?\[([^\]"{}]+)\]\s+(?:[\w.-]+:\s?)?/;

function withoutPrefixes(text: string): readonly Unit[] {
  if (!prefix.test(text.slice(0, 1000)) && !/\n(?:\S+\s+)?(?:STDOUT\s+)?\[[^\]"{}]+\]\s+(?:[\w.-]+:\s?)?\{/.test(text))
    return [{ name: null, text }];
  const units = new Map<string, string[]>();
  let last = '';
  for (const line of text.split(/\r?\n/)) {
    // A line without a prefix goes on with what the unit before it prints.
    const [whole = '', name = last] = prefix.exec(line) ?? [];
    last = name;
    const lines = units.get(name) ?? [];
    units.set(name, lines);
    lines.push(line.slice(whole.length));
  }
  return [...units].map(([name, lines]) => ({ name: name === '' ? null : name, text: lines.join('\n') }));
}

/** The JSON objects that begin a line, whatever stands between them. */
function documentsIn(text: string): unknown[] {
  const found: unknown[] = [];
  for (let at = nextStart(text, 0); at !== -1; ) {
    const end = endOf(text, at);
    const value = end === -1 ? undefined : parsed(text.slice(at, end));
    if (value !== undefined) found.push(value);
    at = nextStart(text, value === undefined ? at + 1 : end);
  }
  return found;
}

/** Where the next object begins: at the start of a line, or behind another object. */
function nextStart(text: string, from: number): number {
  const start = /(?:^|[\n}])[^\S\n]*\{/g;
  start.lastIndex = Math.max(0, from - 1);
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const at = match.index + match[0].length - 1;
    if (at >= from) return at;
  }
  return -1;
}

/** @returns where the object ends that begins here; -1: it does not end */
function endOf(text: string, from: number): number {
  const mark = /["{}]/g;
  mark.lastIndex = from;
  let depth = 0;
  for (let match = mark.exec(text); match; match = mark.exec(text)) {
    if (match[0] === '"') {
      const close = /(?:[^"\\]|\\.)*"/sy;
      close.lastIndex = mark.lastIndex;
      if (!close.test(text)) return -1;
      mark.lastIndex = close.lastIndex;
    } else {
      depth += match[0] === '{' ? 1 : -1;
      if (depth === 0) return match.index + 1;
    }
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
