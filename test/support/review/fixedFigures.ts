/** Stands in for the published figures where a report is compared with a golden file: those change when they are read again. */

const { figures: published } = jest.requireActual<typeof import('../../../review/availability/figures')>(
  '../../../review/availability/figures',
);

export const figuresAsOf = '2026-01-31';

/** The names stay, and whatever of them a path needs is there; the figures are made up. */
export const figures = Object.fromEntries(
  Object.entries(published).map(([key, { name }]) => [
    key,
    {
      name,
      percent: 99.9,
      lowPercent: key === 'applicationGateway' ? 99.5 : 99.9,
      verified: key !== 'applicationGateway',
      source: 'https://example.com/uptime',
      date: '2026-01-31',
      confidence: 'made up',
    },
  ]),
);

export const leavesOut = ['what a figure leaves out', 'and what else it does'];
