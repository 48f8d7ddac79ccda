import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Deployment } from '../../architecture/deployment';
import { readFolder } from '../../architecture/hcl/folder';
import { readArchitecture, readTerraform } from '../../architecture/read';
import { review } from '../../review/review';

/** The same Terraform under any number of modules, of any name, once or by a key, is answered alike. */
let root: string;
beforeAll(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'steadystate-depth-'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

const field = (name: string) => fs.readFileSync(path.join(__dirname, '../review/field', `${name}.json`), 'utf8');
const answersOf = (deployment: Deployment, prefix = '') => {
  const [variant] = review([deployment]).variants;
  const own = (text: string) => text.replaceAll(prefix === '' ? '\0' : prefix, '');
  return {
    findings: variant?.findings.map(({ rule, resource }) => `${rule} ${own(resource)}`),
    cannotTell: variant?.cannotTell.map(({ rule, resource, reason }) => `${rule} ${own(resource)}: ${own(reason)}`),
    uptime: variant?.availability.percent,
    cost: variant?.monthlyCost.atFloor,
  };
};

const level = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
  key: fc.option(fc.constantFrom('eu', 'a.b')),
});

test.each(['frontend-and-api-apps', 'gateway-host-override-redirects', 'two-regions-one-redis'])('%s', async (name) => {
  const expected = answersOf(readArchitecture(field(name), 'one'));
  await fc.assert(
    fc.asyncProperty(fc.array(level, { minLength: 1, maxLength: 3 }), async (levels) => {
      const folder = fs.mkdtempSync(path.join(root, 'x-'));
      let at = folder;
      for (const { name: call, key } of levels) {
        const body = { source: `./${call}`, ...(key === null ? {} : { for_each: { [key]: true } }) };
        fs.writeFileSync(path.join(at, 'main.tf.json'), JSON.stringify({ module: { [call]: body } }));
        at = path.join(at, call);
        fs.mkdirSync(at);
      }
      fs.writeFileSync(path.join(at, 'main.tf.json'), field(name));
      const prefix = levels.map(({ name: call, key }) => `module.${call}${key === null ? '' : `["${key}"]`}.`).join('');
      expect(answersOf(readTerraform(await readFolder(folder), 'one'), prefix)).toEqual(expected);
    }),
    { numRuns: 5 },
  );
});
