import type { Fault } from './fault';

/** The control: the same shoppers on the same path. What they lose here, they lose without any fault. */
export const none: Fault = {
  name: 'none',
  description: 'nothing breaks (the control)',
  inapplicable: () => null,
  start: async () => ({ destroyed: new Set(), undo: async () => {} }),
};
