import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');

export interface TypesProps {
  /** To write to. */
  readonly folder: string;
  /** Whether everything that the declarations come from is checked as well, which takes most of the time. */
  readonly checked: boolean;
  /** Files that are read already, by path, for several programs of one process. Left out: none. */
  readonly files?: Map<string, ts.SourceFile | undefined>;
}

/** As this project is compiled. */
export const compilerOptions = (): ts.CompilerOptions =>
  ts.convertCompilerOptionsFromJson(JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).compilerOptions, root)
    .options;

/** A compiler's view of the disk that reads each file once. */
export function hostOf(options: ts.CompilerOptions, files: NonNullable<TypesProps['files']>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  // Comments come out as they stand. Reading what is in them would take a fifth of the time.
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseNone;
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (!files.has(name)) files.set(name, read(name, ...rest));
    return files.get(name);
  };
  return host;
}

/**
 * Writes types of the constructs and of rules, for programs in TypeScript.
 *
 * @throws Error with what the compiler says
 */
export function writeTypes({ folder, checked, files = new Map() }: TypesProps): void {
  const options: ts.CompilerOptions = {
    ...compilerOptions(),
    noEmit: false,
    types: ['node'],
    declaration: true,
    emitDeclarationOnly: true,
    noCheck: !checked,
    outDir: folder,
    rootDir: root,
  };
  const program = ts.createProgram(
    ['stacks/index.ts', 'review/rules/library.ts'].map((entry) => join(root, entry)),
    options,
    hostOf(options, files),
  );
  const { diagnostics } = program.emit();
  if (diagnostics.length > 0) throw new Error(messageOf(diagnostics));
}

export const messageOf = (diagnostics: readonly ts.Diagnostic[]): string =>
  ts.formatDiagnostics(diagnostics, {
    ...ts.sys,
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  });
