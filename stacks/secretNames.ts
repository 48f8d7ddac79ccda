/** Names of the secrets that the blueprint keeps in a region's vault. */

export const secretLetters = ['a', 'b'] as const;

export const sessionSecretName = (letter: (typeof secretLetters)[number]) => `session-secret-${letter}`;

/** Names of the secrets that sign sessions, the same in every vault. */
export const sessionSecretNames: readonly string[] = secretLetters.map(sessionSecretName);

/** Name of the gateway's certificate, and of the secret by which it is read. */
export const certificateName = 'gateway';
