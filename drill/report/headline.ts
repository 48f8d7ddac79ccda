/** The first sentence of a report: what the failure that comes most often cost, in the variant that lost most and in the one that lost least. */

import { shortened } from '../../report/names';
import { type FaultName, faultNames } from '../faults';
import { type CompletedRun, type DrillReport, isCompleted } from './result';
import { overall } from './verdict';

/** What fails most often first; then the order of the faults. */
const order: readonly FaultName[] = ['instance-crash', 'zone-loss', 'region-loss', ...faultNames];

const subjects: Readonly<Partial<Record<FaultName, string>>> = {
  'instance-crash': 'One crash',
  'zone-loss': 'The loss of a zone',
  'region-loss': 'The loss of a region',
};

/** Where a run went otherwise than predicted, or none was completed, that comes first: then no figure can be relied on. */
export function headline({ runs, remote }: Pick<DrillReport, 'runs' | 'remote'>): string {
  const done = runs.filter(isCompleted);
  const [only] = done;
  if (remote && only) return atAddress(only);
  if (done.length === 0 || done.some(({ met }) => !met)) return overall({ runs, ...(remote && { remote }) });
  const fault = order.find((name) => done.some((run) => run.fault === name && run.cartsLost > 0));
  if (fault === undefined) return lossless(done);
  const struck = done.filter((run) => run.fault === fault);
  const [worst, best] = [extreme(struck, 1), extreme(struck, -1)];
  const subject = subjects[fault];
  const cost =
    fault === 'none'
      ? `${shortened(worst.variant)} loses ${carts(worst)} although nothing broke`
      : subject
        ? `${subject} costs ${carts(worst)} in ${shortened(worst.variant)}`
        : `Under ${fault}, ${shortened(worst.variant)} loses ${carts(worst)}`;
  if (worst.cartsLost === best.cartsLost) return `${cost}.`;
  return `${cost}; ${shortened(best.variant)} loses ${best.cartsLost === 0 ? 'none' : carts(best)}.`;
}

/** What broke at an address, the drill does not know. */
function atAddress(run: CompletedRun): string {
  const [lost, and] = run.cartsLost === 0 ? ['no cart', 'but'] : [carts(run), 'and'];
  const adds = run.writesLost === 1 ? '1 single add' : `${run.writesLost} single adds`;
  return `${shortened(run.variant)} lost ${lost}${run.writesLost === 0 ? '' : `, ${and} ${adds}`}.`;
}

function lossless(done: readonly CompletedRun[]): string {
  const variants = [...new Set(done.map(({ variant }) => variant))];
  const struck = [...new Set(done.map(({ fault }) => fault))].filter((fault) => fault !== 'none');
  const names = variants.length > 3 ? `${variants.length} variants` : variants.map(shortened).join(', ');
  const under = struck.length === 0 ? 'while nothing broke' : `under ${struck.join(', ')}`;
  const adds = done.reduce((sum, { writesLost }) => sum + writesLost, 0);
  return `No cart was lost in ${names} ${under}${adds > 0 ? `; ${adds} single adds were` : ''}.`;
}

/** The run that lost the largest share, or with -1 the smallest; of equals the first. */
const extreme = (runs: readonly CompletedRun[], sign: 1 | -1): CompletedRun =>
  runs.reduce((chosen, run) =>
    sign * (run.cartsLost / run.shoppers - chosen.cartsLost / chosen.shoppers) > 0 ? run : chosen,
  );

const carts = ({ cartsLost, shoppers }: CompletedRun) => `${cartsLost} of ${shoppers} carts`;
