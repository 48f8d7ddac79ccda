/** Sends what the person asks for to the lab. */

import type { Ask } from '../messages';

export interface Asks {
  /** False in a replay, which has no lab behind it. */
  readonly possible: boolean;
  send(ask: Ask): void;
}

/** @param refused gets the reason, in words, why something cannot be done */
export const liveAsks = (refused: (reason: string) => void): Asks => ({
  possible: true,
  send: (ask) => {
    void fetch('ask', { method: 'POST', body: JSON.stringify(ask) })
      .then(async (answer) => {
        if (!answer.ok) refused(await answer.text());
      })
      .catch(() => refused('The lab does not answer. It may have ended.'));
  },
});

export const noAsks: Asks = { possible: false, send: () => {} };
