export interface StockEvent {
  readonly id: number;
  readonly event: string;
  readonly data: unknown;
}

export interface StockStream {
  readonly response: Response;
  readonly events: readonly StockEvent[];
  /** Every hint when to come back, in milliseconds. */
  readonly retries: readonly number[];
  /** Whether the end of the stream arrived, and no reset. */
  readonly ended: Promise<boolean>;
  hangUp(): Promise<void>;
}

/** Reads the stock's stream as an EventSource does. */
export async function listenTo(url: string, lastEventId?: number, cookie?: string): Promise<StockStream> {
  const response = await fetch(`${url}/api/stock/stream`, {
    headers: {
      ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }),
      ...(cookie !== undefined && { cookie }),
    },
  });
  const events: StockEvent[] = [];
  const retries: number[] = [];
  let rest = '';
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)));
        if (fields.retry !== undefined) retries.push(Number(fields.retry));
        else events.push({ id: Number(fields.id), event: fields.event, data: JSON.parse(fields.data) });
      }
    }
  })().catch(() => false);
  return { response, events, retries, ended, hangUp: () => reader.cancel() };
}
