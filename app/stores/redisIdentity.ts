import type { RedisClientOptions } from 'redis';

type StreamingCredentialsProvider = Extract<
  RedisClientOptions['credentialsProvider'],
  { type: 'streaming-credentials-provider' }
>;

/** Who signs in to Redis. */
export interface RedisIdentity {
  /** For any number of clients, one after the other. */
  readonly credentials: StreamingCredentialsProvider;
  /** Ends the renewal of tokens. */
  close(): void;
}

/**
 * Signs in to Azure Managed Redis with the Microsoft Entra tokens of a user-assigned identity, so that no key exists.
 * The client id selects the identity; the user name that Redis sees is its object id, read from the token.
 *
 * @see https://learn.microsoft.com/azure/redis/entra-for-authentication
 */
export async function entraIdentity(clientId: string, report: (line: string) => void): Promise<RedisIdentity> {
  // Here and not at the top: a laptop run never pays for MSAL.
  const { EntraIdCredentialsProviderFactory } = await import('@redis/entraid');
  return keptSignedIn(
    EntraIdCredentialsProviderFactory.createForUserAssignedManagedIdentity({
      clientId,
      userAssignedClientId: clientId,
      tokenManagerConfig: {
        // Tokens last hours; Microsoft asks to renew at least three minutes before the end.
        expirationRefreshRatio: 0.8,
        retry: {
          // It never stops by itself: a refresh given up would end every connection when the token does.
          maxAttempts: Number.POSITIVE_INFINITY,
          isRetryable: () => true,
          initialDelayMs: 1000,
          maxDelayMs: 30_000,
          backoffMultiplier: 2,
          jitterPercentage: 20,
        },
      },
      onReAuthenticationError: (error) => report(`Redis did not take a renewed token: ${error.message}`),
      onRetryableError: (message) => report(message),
    }),
  );
}

/**
 * The same provider for every client. A provider forgets its token and stops to renew it when its last client is gone, and
 * a connection is replaced by ending one client and starting the next: so this listens, too, from the first token on.
 * It also shares the first request for a token, because the library never answers those who ask during one that fails.
 */
export function keptSignedIn(provider: StreamingCredentialsProvider): RedisIdentity {
  type Subscription = Awaited<ReturnType<StreamingCredentialsProvider['subscribe']>>;
  let first: Promise<Subscription> | undefined;
  const listen = () => {
    first ??= provider.subscribe({ onNext: () => {}, onError: () => {} }).catch((error: unknown) => {
      first = undefined;
      throw error;
    });
    return first;
  };
  return {
    credentials: {
      type: 'streaming-credentials-provider',
      onReAuthenticationError: (error) => provider.onReAuthenticationError(error),
      async subscribe(listener) {
        await listen();
        return provider.subscribe(listener);
      },
    },
    close: () => void first?.then(([, subscription]) => subscription.dispose()).catch(() => {}),
  };
}
