// Required before the first .ts file, so it is plain JavaScript. Takes the types off each module as it is loaded, with
// sucrase, and keeps the outcome in node_modules/.cache: two thirds of what a command took to start was doing it again.
// Sucrase keeps each statement on its line, so stack traces are right without a source map.
require('./installed.cjs');
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join, relative } = require('node:path');

const root = join(__dirname, '..');
const folder = join(root, 'node_modules', '.cache', 'steadystate');
const { version } = require('sucrase/package.json');
const hash = (text) => createHash('sha256').update(text).digest('hex');

/** Says which source and which sucrase a kept module is made of. */
const head = (source) => `// ${version} ${hash(source)}\n`;
const end = '\n// end';

function compiled(file) {
  const source = readFileSync(file, 'utf8');
  const first = head(source);
  // By its path, so that a changed module takes the place of the one before.
  const kept = join(folder, `${hash(relative(root, file)).slice(0, 32)}.js`);
  try {
    const text = readFileSync(kept, 'utf8');
    if (text.startsWith(first) && text.endsWith(end)) return text.slice(first.length);
  } catch {
    // Not kept yet.
  }
  const { code } = require('sucrase').transform(source, { transforms: ['imports', 'typescript'], filePath: file });
  try {
    mkdirSync(folder, { recursive: true });
    // Renamed into place: two commands may start at once.
    writeFileSync(`${kept}.${process.pid}`, first + code + end);
    renameSync(`${kept}.${process.pid}`, kept);
  } catch {
    // A folder that cannot be written to costs time alone.
  }
  return code;
}

Module._extensions['.ts'] = (module, file) => module._compile(compiled(file), file);
