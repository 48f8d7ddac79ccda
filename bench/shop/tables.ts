type Round = Readonly<Record<'perSecond' | 'p99' | 'cpu' | 'redisCpu' | 'commands', number>>;

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const median = (values: readonly number[]): number => percentile(values, 0.5);

const columns = [
  { title: 'requests/s', of: 'perSecond', digits: 0 },
  { title: 'p99 ms', of: 'p99', digits: 1 },
  { title: 'CPU µs', of: 'cpu', digits: 0 },
  { title: 'Redis CPU µs', of: 'redisCpu', digits: 0 },
  { title: 'Redis commands', of: 'commands', digits: 2 },
] as const;

const row = (name: string, cells: readonly string[]) =>
  `  ${name.padEnd(22)}${cells.map((cell, index) => cell.padStart(columns[index] ? columns[index].title.length + 3 : 0)).join('')}`;

/** One line for each contender: the median of its rounds. */
export const table = (title: string, names: readonly string[], all: readonly (readonly Round[])[]): string =>
  [
    title,
    row(
      '',
      columns.map((column) => column.title),
    ),
    ...names.map((name, index) =>
      row(
        name,
        columns.map(({ of, digits }) => median((all[index] ?? []).map((round) => round[of])).toFixed(digits)),
      ),
    ),
  ].join('\n');

/** The CPU of the first contender against each of the others: the median of the rounds' ratios. */
export function ratioTable(names: readonly string[], all: readonly (readonly Round[])[]): string {
  const [ours = [], ...others] = all;
  const ratios = others.map((theirs, index) => {
    const ratio = median(ours.map(({ cpu }, round) => cpu / (theirs[round]?.cpu ?? Number.NaN)));
    return `${ratio.toFixed(2)} times ${names[index + 1]}`;
  });
  return `  CPU of the shop: ${ratios.join(', ')}\n`;
}
