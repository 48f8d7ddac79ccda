/** A drill waits more than it computes; so many share one core well. */
const atATime = 4;

/**
 * Does the work of a file, some of it at a time and each of it once, however many tests look at it. Call it at the top of
 * a file or of a `describe`; what it returns finds an outcome by its name.
 */
export function together<Name extends string, T>(
  planned: Readonly<Record<Name, () => Promise<T>>>,
): (name: Name) => Promise<T> {
  const outcomes = new Map<string, Promise<T>>();
  beforeAll(() => {
    const turn = turns(atATime);
    for (const [name, work] of Object.entries<() => Promise<T>>(planned)) {
      const outcome = turn(work);
      // It fails the tests that look at it, whenever they do.
      outcome.catch(() => undefined);
      outcomes.set(name, outcome);
    }
  });
  afterAll(async () => void (await Promise.allSettled(outcomes.values())));
  return (name) => outcomes.get(name) ?? Promise.reject(new Error(`${name} is not planned`));
}

/** Lets so many work at a time, first come, first served. */
function turns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else working++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working--;
    }
  };
}
