/**
 * Signs in to Azure Managed Redis with the Microsoft Entra tokens of a user-assigned identity, so that no key exists.
 * The client id selects the identity; the user name that Redis sees is its object id, read from the token.
 *
 * @see https://learn.microsoft.com/azure/redis/entra-for-authentication
 */
export async function entraCredentials(clientId: string, report: (line: string) => void) {
  // Here and not at the top: a laptop run never pays for MSAL.
  const { EntraIdCredentialsProviderFactory } = await import('@redis/entraid');
  return EntraIdCredentialsProviderFactory.createForUserAssignedManagedIdentity({
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
  });
}
