/** Sets of apps that serve different requests, such as a shop and its API: what is unknown of one may be known of the other. */

import type { Column } from '../../report/layout';
import { survivesWords } from '../availability/explained';
import { uptimeWords } from '../concerns';
import { parts } from '../losses';
import type { ReviewedService, ReviewedVariant } from '../review';
import { affinityWords, entryWords, instances, sessionWords, zones } from './columns';
import { wordedLoss } from './losses';

interface ServiceRow extends ReviewedService {
  readonly variant: string;
}

export const serviceRows = (variants: readonly ReviewedVariant[]): ServiceRow[] =>
  variants.flatMap(({ name, services }) => services.map((one) => ({ ...one, variant: name })));

/** Columns of the table with a row for each set of apps. */
export const serviceColumns = (variants: readonly ReviewedVariant[]): readonly Column<ServiceRow>[] => [
  ...(variants.length > 1 ? [{ head: 'variant', text: ({ variant }: ServiceRow) => variant }] : []),
  { head: 'app', text: ({ apps }) => apps.join(', ') },
  { head: 'entry', text: entryWords },
  { head: 'instances', text: ({ regions }) => instances(regions) },
  { head: 'zones', text: ({ regions }) => zones(regions) },
  { head: 'affinity', text: ({ affinity }) => affinityWords(affinity) },
  { head: 'sessions', text: ({ sessions }) => sessionWords(sessions) },
  ...parts.map((part) => ({
    head: `${part} lost`,
    text: ({ losses }: ServiceRow) => wordedLoss(losses[part], false).lost,
  })),
  { head: 'uptime', text: ({ availability: { percent, lowPercent } }) => uptimeWords(percent, lowPercent) },
  { head: 'serves on without', text: survivesWords },
];

export const servicesTitle = 'Apps that serve different requests';
