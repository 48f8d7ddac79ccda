import type { Fault } from './fault';
import { takesNothing } from './takes';

/** The control: the same shoppers take the same path, and nothing breaks. What they lose here is not due to a fault. */
export const none: Fault<'none'> = {
  id: 'none',
  label: 'nothing happens',
  description: 'nothing breaks (the control)',
  lossRemark: ' although nothing broke',
  takes: takesNothing,
  source: null,
  inDefaultDrill: true,
  inapplicable: () => null,
  start: async () => ({ destroyed: new Set(), undo: async () => {} }),
};
