/** How much a deployment is used a month, where nobody says it for one resource. */
export interface Traffic {
  /** Requests of clients a month, over all regions. */
  readonly monthlyRequests: number;
  /** Kilobytes (1000 bytes) of a request, as clients send it. */
  readonly requestKb: number;
  /** Kilobytes of a response, as clients get it. */
  readonly responseKb: number;
  /** Kilobytes that a request reads from the session store, and writes to it. */
  readonly sessionKb: number;
}

/**
 * What is assumed until somebody says otherwise. Request and response are those of an example of Microsoft's (1 KB, and 30 KB
 * compressed); requests and session are our own assumption, and nothing that was measured.
 *
 * @see https://github.com/MicrosoftDocs/azure-docs/blob/03adcc30b28ecad9f81aba5638a15fb1930f5ec0/articles/frontdoor/billing.md
 */
export const assumedTraffic: Traffic = { monthlyRequests: 10_000_000, requestKb: 1, responseKb: 30, sessionKb: 2 };

/** Gigabytes, as prices count them, of so many messages. */
export const gigabytes = (messages: number, kilobytes: number): number => (messages * kilobytes) / 1_000_000;

export const secondsPerMonth = 730 * 3600;
