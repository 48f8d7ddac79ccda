/**
 * What an apply of a plan would change: prints a digest of all of it, and lists addresses and actions in a file.
 *
 * The digest covers the values, too, so that an approval is for one plan: two plans that differ in a single value have two digests.
 * The list has no values, because some are not for everybody who can read a pull request.
 *
 * Usage: node changes.cjs PLAN.json LIST.txt
 */
const { createHash } = require('node:crypto');
const { readFileSync, writeFileSync } = require('node:fs');

const [, , planFile, listFile] = process.argv;
const plan = JSON.parse(readFileSync(planFile, 'utf8'));

const isChange = ({ change: { actions, importing } }) =>
  importing !== undefined || !['no-op', 'read'].includes(actions.join());

/** The order of members says nothing, and Terraform does not promise one. */
const sorted = (_key, value) =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;

const resources = (plan.resource_changes ?? []).filter(
  (resource) => isChange(resource) || resource.previous_address !== undefined,
);
const outputs = Object.entries(plan.output_changes ?? {}).filter(([, { actions }]) => actions.join() !== 'no-op');
const digested = [
  resources.map(({ address, previous_address, deposed, change }) => ({ address, previous_address, deposed, change })),
  outputs,
];

const lines = [
  ...resources.map(({ address, previous_address, change }) =>
    previous_address === undefined
      ? `${change.actions.join(', then ')} ${address}`
      : `${change.actions.join(', then ')} ${address}, which was ${previous_address}`,
  ),
  ...outputs.map(([name, { actions }]) => `${actions.join(', then ')} output ${name}`),
];
writeFileSync(listFile, lines.map((line) => `${line}\n`).join(''));
process.stdout.write(`${createHash('sha256').update(JSON.stringify(digested, sorted)).digest('hex')}\n`);
