/**
 * Clients that keep a connection open: the shop's stream of events, to which a browser comes back by itself with the id of the last
 * event that it has. What counts is how each ends: with the hint when to come back that a drain gives, or broken off.
 */

import { type Agent, type ClientRequest, request } from 'node:http';
import { clientHeader } from '../frontends/client';
import type { FatesOfConnections } from '../judging/counted';
import { listenerAddress } from './addresses';

const path = '/api/stock/stream';

/** Enough for each instance of a region of six to have one. */
const listeners = 6;

/** Real milliseconds until a client gives up waiting for the begin of an answer. */
const patienceMs = 5_000;

export interface Listeners {
  /** What has become of them, and whether who was cut off or sent away is served when it comes back now. */
  comeBack(): Promise<FatesOfConnections>;
  /** Leaves. Safe to call twice. */
  leave(): void;
}

interface Open {
  readonly near: string;
  readonly address: string;
  readonly sent: ClientRequest;
  state(): 'open' | 'ended' | 'dropped';
  lastId(): string | null;
}

export interface ListenersOptions {
  readonly neighbourhoods: readonly string[];
  readonly portNear: (near: string) => number;
  readonly host: string;
  readonly agent: Agent;
}

/** An app without such a stream has none. */
export async function openListeners(options: ListenersOptions): Promise<Listeners> {
  const { neighbourhoods } = options;
  const opened = await Promise.all(
    Array.from({ length: listeners }, (_, listener) =>
      open(options, neighbourhoods[listener % neighbourhoods.length] ?? '', listenerAddress(listener), null),
    ),
  );
  const all = opened.filter((each) => each !== null);
  const again: Open[] = [];
  return {
    comeBack: async () => {
      const gone = all.filter((each) => each.state() !== 'open');
      const back = await Promise.all(gone.map(({ near, address, lastId }) => open(options, near, address, lastId())));
      again.push(...back.filter((each) => each !== null));
      const count = (state: ReturnType<Open['state']>): number => all.filter((each) => each.state() === state).length;
      return {
        ...{ opened: all.length, kept: all.length - gone.length, ended: count('ended'), dropped: count('dropped') },
        cameBack: again.length,
      };
    },
    leave: () => {
      for (const { sent } of [...all, ...again]) sent.destroy();
    },
  };
}

/** @returns null if no stream of events is there, or nobody answers */
function open(
  { portNear, host, agent }: ListenersOptions,
  near: string,
  address: string,
  lastId: string | null,
): Promise<Open | null> {
  return new Promise((resolve) => {
    const headers = {
      ...{ host, accept: 'text/event-stream', [clientHeader]: `${address}:20000` },
      ...(lastId !== null && { 'last-event-id': lastId }),
    };
    const sent = request({ host: '127.0.0.1', port: portNear(near), agent, path, headers }, (answer) => {
      clearTimeout(timer);
      if (answer.statusCode !== 200 || !answer.headers['content-type']?.startsWith('text/event-stream')) {
        answer.resume();
        return resolve(null);
      }
      let state: 'open' | 'ended' | 'dropped' = 'open';
      let seen = lastId;
      answer.setEncoding('utf8').on('data', (text: string) => {
        seen = [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? seen;
      });
      answer.once('end', () => {
        if (state === 'open') state = 'ended';
      });
      const drop = (): void => {
        if (state === 'open') state = 'dropped';
      };
      answer.once('error', drop).once('close', drop);
      resolve({ near, address, sent, state: () => state, lastId: () => seen });
    });
    const timer = setTimeout(() => sent.destroy(new Error('no answer')), patienceMs);
    sent.once('error', () => {
      clearTimeout(timer);
      resolve(null);
    });
    sent.end();
  });
}
