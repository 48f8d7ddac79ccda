// `node compare.cjs OURS THEIRS`: whether two folders of stacks hold the same Terraform. What may differ is the metadata, with
// the version stamp, and whether a container that is empty is written.
const { isDeepStrictEqual } = require('node:util');
const { readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const [, , ours, theirs] = process.argv;

function meaningOf(value) {
  if (Array.isArray(value)) return value.map(meaningOf);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, inner]) => (key === '//' ? [] : [[key, meaningOf(inner)]]));
  return Object.fromEntries(entries.filter(([, inner]) => !isEmpty(inner)));
}

const isEmpty = (value) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

const stackIn = (folder, name) => meaningOf(JSON.parse(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8')));

/** Paths at which two values differ. */
function differences(one, other, path = '') {
  if (isDeepStrictEqual(one, other)) return [];
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return [path];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].flatMap((key) => differences(one[key], other[key], path === '' ? key : `${path}.${key}`));
}

const names = readdirSync(ours);
const resources = names.map((name) => Object.values(stackIn(ours, name).resource ?? {}).flatMap(Object.keys).length);
if (names.length === 0 || resources.includes(0)) throw new Error(`${ours} holds no resources.`);
const found = names.flatMap((name) =>
  differences(stackIn(ours, name), stackIn(theirs, name)).map((at) => `${name}: ${at}`),
);
for (const each of found.slice(0, 20)) console.error(`differs with cdktn: ${each}`);
if (found.length > 0) process.exit(1);
console.log(
  `${names.length} variants are the same with cdktn: ${resources.reduce((sum, count) => sum + count, 0)} resources.`,
);
