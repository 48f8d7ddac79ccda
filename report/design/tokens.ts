/**
 * Type, colour and spacing of every page, named once. Colour means risk and nothing else: `none`, `some` and `much` are the
 * scale of `report/risk.ts`. Links, lines and text have colours of their own.
 */

const light = {
  ink: '#1b2330',
  soft: '#526074',
  paper: '#ffffff',
  panel: '#f4f6fa',
  line: '#d8dee8',
  strong: '#6b7488',
  link: '#0b57a4',
  none: '#17663a',
  'none-bg': '#e4f3e9',
  some: '#7d4f00',
  'some-bg': '#fdf0d5',
  much: '#a3231b',
  'much-bg': '#fce6e3',
  unknown: '#4f5a6d',
  'unknown-bg': '#e9edf3',
  box: '#ffffff',
  kept: '#e2ebf7',
  'kept-line': '#3a6ea5',
  cookie: '#5a4b8a',
  bar: '#4a7fa7',
  failed: '#c43d26',
};

const dark: typeof light = {
  ink: '#e7eaf0',
  soft: '#a8b2c3',
  paper: '#12161d',
  panel: '#1b212b',
  line: '#343d4c',
  strong: '#98a3b5',
  link: '#8bbcff',
  none: '#7fd8a0',
  'none-bg': '#12301e',
  some: '#f0bd62',
  'some-bg': '#35280f',
  much: '#ff968a',
  'much-bg': '#3d1916',
  unknown: '#b6c0d0',
  'unknown-bg': '#262e3b',
  box: '#222936',
  kept: '#1c3350',
  'kept-line': '#7fb2ea',
  cookie: '#b9a8f0',
  bar: '#6ea8d4',
  failed: '#ff7f66',
};

/** On paper there is ink on white, whatever the scheme of the screen. */
const print: typeof light = { ...light, ink: '#000000', soft: '#3c4554', link: '#000000', panel: '#f1f3f6' };

const sizes = {
  'text-small': '.8125rem',
  text: '.9375rem',
  'text-lead': '1.0625rem',
  'text-title': 'clamp(1.35rem,1.1rem + 1.6vw,1.9rem)',
  'text-section': '1.25rem',
  'space-1': '.25rem',
  'space-2': '.5rem',
  'space-3': '.75rem',
  'space-4': '1rem',
  'space-6': '1.5rem',
  'space-8': '2.5rem',
  round: '8px',
};

const declared = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

export const tokens = [
  `:root{color-scheme:light dark;${declared(sizes)};${declared(light)}}`,
  `@media (prefers-color-scheme:dark){:root{${declared(dark)}}}`,
  `@media print{:root{color-scheme:light;${declared(print)}}}`,
].join('\n');
