import fs from 'node:fs';
import path from 'node:path';
import { root } from '../../support/commands/command';

const folder = path.join(root, 'stacks');
const sources = fs
  .readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));

/** Name and constructor's parameters of every class that is a node of the construct tree. */
const constructs = sources.flatMap((text) =>
  [...text.matchAll(/class (\w+) extends (?:Construct|Terraform\w+)\b[\s\S]*?constructor\(([\s\S]*?)\) \{/g)].map(
    ([, name = '', parameters = '']) => [name, parameters.replace(/\s+/g, ' ').trim()] as const,
  ),
);

test('finds the constructs', () => {
  expect(constructs.length).toBeGreaterThan(15);
});

test.each(constructs)('%s is made from scope, id and props, as every construct is', (_, parameters) => {
  expect(parameters).toMatch(/^scope: Construct, id: string, (private readonly props|props|\{[^}]*\}): \w+Props,?$/);
});
