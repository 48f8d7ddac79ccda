import Table from 'cli-table3';
import { createColors } from 'picocolors';
import { type EntryKind, isUnknown, type Known, type SessionStore } from '../../architecture/model';
import type { ReviewedRegion, ReviewedVariant, ReviewResult } from '../review';
import { rules } from '../rules';

const entryNames: Record<EntryKind, string> = {
  'app-service': 'App Service',
  'application-gateway': 'Application Gateway',
  'front-door': 'Front Door',
};

const sessionNames: Record<SessionStore, string> = {
  'in-process': 'in process',
  redis: 'Redis',
  'redis-geo': 'Redis, geo',
  cookie: 'sealed cookie',
};

const show = <T>(value: Known<T>, say: (value: T) => string = String) => (isUnknown(value) ? '?' : say(value));

/** The comparison as a table, then the findings and what could not be told. */
export function renderReview({ variants }: ReviewResult, { colour }: { colour: boolean }): string {
  const { bold, dim, red, yellow, green } = createColors(colour);
  const table = new Table({
    head: ['variant', 'entry', 'instances', 'zones', 'affinity', 'sessions', 'resources', 'findings'],
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    colAligns: ['left', 'left', 'left', 'left', 'left', 'left', 'right', 'right'],
    chars: borderless,
  });
  for (const variant of variants) {
    const { applicationGateway, appService, frontDoor } = variant.affinity;
    table.push([
      variant.name,
      show(variant.entry, (kind) => entryNames[kind]),
      instances(variant.regions),
      zones(variant.regions),
      [appService, applicationGateway, frontDoor]
        .map((state) => show(state, (on) => (on === 'absent' ? '-' : on)))
        .join(' / '),
      show(variant.sessions, (store) => sessionNames[store]),
      variant.resources,
      findingCount(variant),
    ]);
  }
  const [head, ...rows] = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const lines = [
    bold(head ?? ''),
    ...rows,
    '',
    dim(
      'affinity: App Service (ARR) / Application Gateway / Front Door; - where there is no such layer; ? cannot be told',
    ),
  ];

  const findings = variants.flatMap(({ name, findings }) => findings.map((finding) => ({ name, finding })));
  for (const { name, finding } of findings) {
    const mark = finding.severity === 'error' ? red('error') : yellow('warning');
    lines.push(
      '',
      `${mark}  ${bold(name)}  ${finding.rule}`,
      `  ${finding.message}`,
      `  ${dim('at')} ${finding.resource}`,
      `  ${dim('fix')} ${finding.fix}`,
      `  ${dim('see')} ${finding.source}`,
    );
  }
  for (const { name, cannotTell } of variants)
    for (const { rule, reason } of cannotTell) lines.push('', `cannot tell  ${bold(name)}  ${rule}`, `  ${reason}`);

  lines.push('', verdict(variants, findings.length, green));
  return `${lines.join('\n')}\n`;
}

const borderless = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'
    .split(' ')
    .map((place) => [place, '']),
);

/** `2 × 3`: two regions with three instances each. */
function instances(regions: readonly ReviewedRegion[]): string {
  const counts = regions.map((region) => show(region.instances));
  const [first] = counts;
  const same = counts.every((count) => count === first);
  if (!same) return counts.join(' + ');
  return regions.length === 1 ? `${first}` : `${regions.length} × ${first}`;
}

function zones(regions: readonly ReviewedRegion[]): string {
  const each = [...new Set(regions.map((region) => show(region.zoneRedundant, (yes) => (yes ? 'spread' : 'one'))))];
  return each.join(' + ');
}

function findingCount({ findings, cannotTell }: ReviewedVariant): string {
  if (findings.length > 0) return `${findings.length}`;
  return cannotTell.length > 0 ? '?' : 'none';
}

function verdict(variants: readonly ReviewedVariant[], findings: number, green: (text: string) => string): string {
  const unsettled = variants.reduce((sum, { cannotTell }) => sum + cannotTell.length, 0);
  const examined = `${variants.length} variant${variants.length === 1 ? '' : 's'} held against ${rules.length} rules`;
  const clean =
    findings === 0 && unsettled === 0
      ? green('nothing found')
      : `${findings} finding${findings === 1 ? '' : 's'}, ${unsettled} cannot be told`;
  return `${examined}: ${clean}.`;
}
