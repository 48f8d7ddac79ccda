import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again and again until the answer is not false, null or undefined, or fails when `seconds` have passed. The limit ends what hangs
 * and says what did: a slow machine is no failure.
 */
export async function until<T>(
  what: string,
  ask: () => T | false | null | undefined | Promise<T | false | null | undefined>,
  seconds = 60,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${seconds} s for this, in vain: ${what}.`);
    await pause(20);
  }
}
