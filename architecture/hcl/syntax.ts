/**
 * The expressions of HCL as a tree. The parser of files hands expressions over as text, in `${…}` inside a template.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions
 */

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  /** Literal parts are as written, escapes included, where the template is a whole value. */
  | { readonly kind: 'template'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'member';
      readonly of: Expression;
      readonly key: Expression;
      /** Whether it is written as `.key`, rather than `[key]`. */
      readonly dot: boolean;
    }
  | { readonly kind: 'splat'; readonly of: Expression; readonly text: string }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly Expression[];
      /** Whether the last argument is a list of arguments, as in `max(list...)`. */
      readonly spread: boolean;
    }
  | { readonly kind: 'not' | 'minus'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: 'for';
      readonly keyName: string | null;
      readonly valueName: string;
      readonly over: Expression;
      /** null: the result is a list. */
      readonly key: Expression | null;
      readonly value: Expression;
      readonly test: Expression | null;
      readonly grouped: boolean;
    };

/** Thrown for what this parser does not know, such as a heredoc or a directive inside an expression. */
class Unparsed extends Error {}

const token =
  /\s*(?:(?:#|\/\/)[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Za-z_][\w-]*|\.\.\.|=>|==|!=|<=|>=|&&|\|\||[-+*/%!<>?:()[\]{}.,=~"]|$)/y;

/** Stronger operators have larger numbers. */
const strength: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};

class Parser {
  at = 0;
  constructor(private readonly text: string) {}

  /** A template up to its end; quoted: up to the closing quote. */
  template(quoted: boolean): Expression {
    const parts: (string | Expression)[] = [];
    let literal = '';
    while (this.at < this.text.length && !(quoted && this.text[this.at] === '"')) {
      if (this.text.startsWith('%{', this.at)) throw new Unparsed();
      if (this.text.startsWith('${', this.at)) {
        if (literal !== '') parts.push(literal);
        literal = '';
        this.at += 2;
        if (this.text[this.at] === '~') this.at++;
        parts.push(this.expression());
        if (this.peek() === '~') this.next();
        this.expect('}');
      } else {
        const size = /^(\$\$\{|%%\{)/.test(this.text.slice(this.at, this.at + 3)) ? 3 : 1;
        const escaped = quoted && this.text[this.at] === '\\';
        literal += escaped ? this.escape() : this.text.slice(this.at, this.at + size);
        if (!escaped) this.at += size;
      }
    }
    if (literal !== '') parts.push(literal);
    if (quoted) this.at++;
    const [only] = parts;
    if (quoted && parts.length === 0) return { kind: 'literal', value: '' };
    if (quoted && parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only };
    return { kind: 'template', parts };
  }

  private escape(): string {
    const code = /^\\u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 6))?.[1];
    this.at += code === undefined ? 2 : 6;
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
    const letter = this.text[this.at - 1] ?? '';
    return { n: '\n', r: '\r', t: '\t' }[letter] ?? letter;
  }

  expression(): Expression {
    const test = this.binary(0);
    if (!this.accept('?')) return test;
    const yes = this.expression();
    this.expect(':');
    return { kind: 'choice', test, yes, no: this.expression() };
  }

  private binary(least: number): Expression {
    let left = this.unary();
    for (;;) {
      const operator = this.peek();
      const own = strength[operator] ?? 0;
      if (own === 0 || own <= least) return left;
      this.next();
      left = { kind: 'binary', operator, left, right: this.binary(own) };
    }
  }

  private unary(): Expression {
    if (this.accept('!')) return { kind: 'not', of: this.unary() };
    if (this.accept('-')) return { kind: 'minus', of: this.unary() };
    return this.steps(this.primary());
  }

  private primary(): Expression {
    const found = this.next();
    if (found === '(') {
      const inside = this.expression();
      this.expect(')');
      return inside;
    }
    if (found === '[') return this.list();
    if (found === '{') return this.object();
    if (found === '"') return this.template(true);
    if (/^\d/.test(found)) return { kind: 'literal', value: Number(found) };
    if (found === 'true' || found === 'false') return { kind: 'literal', value: found === 'true' };
    if (found === 'null') return { kind: 'literal', value: null };
    if (!/^[A-Za-z_]/.test(found)) throw new Unparsed();
    return this.accept('(') ? this.call(found) : { kind: 'name', name: found };
  }

  private call(name: string): Expression {
    const args: Expression[] = [];
    let spread = false;
    while (!this.accept(')')) {
      args.push(this.expression());
      spread = this.accept('...');
      if (!this.accept(',')) {
        this.expect(')');
        break;
      }
    }
    return { kind: 'call', name, args, spread };
  }

  private steps(start: Expression): Expression {
    let of = start;
    for (;;) {
      if (this.accept('.')) {
        const name = this.next();
        if (name === '*') return this.splat(of);
        of = {
          kind: 'member',
          of,
          key: { kind: 'literal', value: /^\d+$/.test(name) ? Number(name) : name },
          dot: true,
        };
      } else if (this.peek() === '[' && this.sameLine()) {
        this.next();
        if (this.accept('*')) {
          this.expect(']');
          return this.splat(of);
        }
        of = { kind: 'member', of, key: this.expression(), dot: false };
        this.expect(']');
      } else return of;
    }
  }

  /** What follows a splat applies to every item. */
  private splat(of: Expression): Expression {
    const rest = /(?:\.[A-Za-z_][\w-]*|\[\d+\])*/y;
    rest.lastIndex = this.at;
    const [text = ''] = rest.exec(this.text) ?? [];
    this.at += text.length;
    return { kind: 'splat', of, text };
  }

  private list(): Expression {
    if (this.peek() === 'for') return this.forOf(']');
    const items: Expression[] = [];
    while (!this.accept(']')) {
      items.push(this.expression());
      if (!this.accept(',')) {
        this.expect(']');
        break;
      }
    }
    return { kind: 'list', items };
  }

  private object(): Expression {
    if (this.peek() === 'for') return this.forOf('}');
    const members: [Expression, Expression][] = [];
    while (!this.accept('}')) {
      const key = this.expression();
      if (!this.accept('=') && !this.accept(':')) throw new Unparsed();
      members.push([key.kind === 'name' ? { kind: 'literal', value: key.name } : key, this.expression()]);
      this.accept(',');
    }
    return { kind: 'object', members };
  }

  private forOf(end: ']' | '}'): Expression {
    this.expect('for');
    const first = this.next();
    const second = this.accept(',') ? this.next() : null;
    this.expect('in');
    const over = this.expression();
    this.expect(':');
    const one = this.expression();
    const other = end === '}' && this.accept('=>') ? this.expression() : null;
    const grouped = this.accept('...');
    const test = this.accept('if') ? this.expression() : null;
    this.expect(end);
    return {
      kind: 'for',
      keyName: second === null ? null : first,
      valueName: second ?? first,
      over,
      key: other === null ? null : one,
      value: other ?? one,
      test,
      grouped,
    };
  }

  private sameLine(): boolean {
    return !/^\s*\n/.test(this.text.slice(this.at, this.at + 200));
  }

  private peek(): string {
    const before = this.at;
    const found = this.next();
    this.at = before;
    return found;
  }

  private next(): string {
    token.lastIndex = this.at;
    const match = token.exec(this.text);
    if (!match) throw new Unparsed();
    this.at += match[0].length;
    return match[1] ?? '';
  }

  private accept(wanted: string): boolean {
    const before = this.at;
    if (this.next() === wanted) return true;
    this.at = before;
    return false;
  }

  private expect(wanted: string): void {
    if (!this.accept(wanted)) throw new Unparsed();
  }
}

/** A template as a tree: `${…}` alone is the expression in it. @returns null where it holds what is not known here */
export function parsedTemplate(text: string): Expression | null {
  try {
    const parser = new Parser(text);
    const template = parser.template(false);
    const [only] = template.kind === 'template' && template.parts.length === 1 ? template.parts : [];
    return typeof only === 'object' ? only : template;
  } catch (error) {
    if (error instanceof Unparsed || error instanceof RangeError) return null;
    throw error;
  }
}
