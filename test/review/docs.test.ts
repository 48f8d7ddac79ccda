import fs from 'node:fs';
import path from 'node:path';
import { rules } from '../../review/rules';

const file = path.join(__dirname, '../../docs/review.md');

/** The table between the two comments: an instruction, why, and where the advice comes from. */
const table = () =>
  [
    '| rule | severity | pillar | what it asks | why |',
    '|---|---|---|---|---|',
    ...rules.map(
      ({ id, severity, pillar, title, why, source }) =>
        `| \`${id}\` | ${severity} | ${pillar} | [${title}](${source}) | ${why} |`,
    ),
  ].join('\n');

test('docs/review.md lists every rule as the rule itself says it', () => {
  const text = fs.readFileSync(file, 'utf8');
  const written = text.replace(
    /(<!-- rules -->\n)[\s\S]*(\n<!-- end of rules -->)/,
    (_, start, end) => start + table() + end,
  );
  if (process.env.UPDATE_GOLDEN) fs.writeFileSync(file, written);
  expect(fs.readFileSync(file, 'utf8')).toBe(written);
});

test('README.md says how many rules there are', () =>
  expect(fs.readFileSync(path.join(__dirname, '../../README.md'), 'utf8')).toContain(
    `checks them against [${rules.length} rules](docs/review.md#rules)`,
  ));
