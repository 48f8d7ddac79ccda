import fs from 'node:fs';
import path from 'node:path';
import { planTypes, webAppTypes } from '../../architecture/azure/appServiceArguments';
import { azapiTypes } from '../../architecture/azure/azapi/azapi';
import { dataServiceTypes } from '../../architecture/azure/dataServices';
import { cacheTypes } from '../../architecture/azure/redis';
import { readDoc } from './markdown';

const [, section = ''] = readDoc('review.md').split('## What is read');
const [table = ''] = section.split('\n## ');
const listed = new Set([...table.matchAll(/`((?:azurerm_|Microsoft\.)[\w/]+)`/g)].map(([, type]) => type as string));

const architecture = path.join(__dirname, '../../architecture');
const inAzure = fs.readdirSync(path.join(architecture, 'azure'), { recursive: true, encoding: 'utf8' });
const readers = [...inAzure.filter((file) => file.endsWith('.ts')).map((file) => path.join('azure', file)), 'read.ts']
  .map((file) => fs.readFileSync(path.join(architecture, file), 'utf8'))
  .join('\n');
const byTable = [...webAppTypes, ...planTypes, ...cacheTypes, ...dataServiceTypes];

/** Types that the readers name, in whatever way. */
function namedByReaders(): string[] {
  const quoted = [...readers.matchAll(/['`](azurerm_[a-z0-9_]+)['`]/g)].map(([, type]) => type as string);
  return [...new Set([...quoted, ...byTable])].sort();
}

test('the table of what is read lists every type that a reader names', () => {
  expect(namedByReaders().filter((type) => !listed.has(type))).toEqual([]);
});

test('it lists every type of azapi that is read', () => {
  const inTable = [...listed].map((type) => type.toLowerCase());
  expect(azapiTypes.filter((type) => !inTable.includes(type))).toEqual([]);
});

test('it lists no type that the readers do not know', () => {
  const known = (type: string) => readers.includes(type) || byTable.includes(type);
  const slots = /^azurerm_(linux|windows)_web_app_slot$/;
  const azurerm = [...listed].filter((type) => type.startsWith('azurerm_'));
  expect(azurerm.filter((type) => !slots.test(type) && !known(type))).toEqual([]);
});
