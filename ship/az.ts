import { InputError } from '../inputError';
import { ProgramMissing, run } from './program';

/** What the Azure CLI answered when it refused. Its message is Azure's, in one line. */
export class AzureRefused extends Error {
  override readonly name = 'AzureRefused';
}

/** Runs the Azure CLI, which holds the sign-in. Answers with its stdout. */
export type Az = (args: readonly string[], signal?: AbortSignal) => Promise<string>;

const quiet = {
  AZURE_CORE_ONLY_SHOW_ERRORS: 'true',
  AZURE_CORE_NO_COLOR: 'true',
  AZURE_CORE_COLLECT_TELEMETRY: 'false',
};

/**
 * @throws InputError where `az` is not installed or nobody is signed in
 * @throws AzureRefused for every other refusal
 * @throws Error with the name `AbortError`, when the signal ended it
 */
export const az: Az = async (args, signal) => {
  const { code, stdout, stderr } = await run('az', args, { env: quiet, ...(signal && { signal }) }).catch(
    (error: unknown) => {
      if (error instanceof ProgramMissing)
        throw new InputError(
          '`az` is not on the PATH, and shipping goes through it. Install the Azure CLI (https://learn.microsoft.com/cli/azure/install-azure-cli), and sign in with `az login`.',
        );
      throw error;
    },
  );
  signal?.throwIfAborted();
  if (code === 0) return stdout;
  const said = inOneLine(stderr) || `az ended with ${code ?? 'a signal'} and said nothing`;
  if (/az login|AADSTS\d+|not logged in/i.test(said))
    throw new InputError(`The Azure CLI is signed out: ${cut(said)} Run \`az login\`, and ship again.`);
  throw new AzureRefused(cut(said));
};

/** The same with the answer read as JSON. */
export async function azJson(run: Az, args: readonly string[], signal?: AbortSignal): Promise<unknown> {
  const text = await run([...args, '--output', 'json'], signal);
  try {
    return text.trim() === '' ? null : JSON.parse(text);
  } catch {
    throw new AzureRefused(`az ${args.slice(0, 3).join(' ')} did not answer in JSON: ${cut(inOneLine(text))}`);
  }
}

/**
 * Sees to it that someone is signed in who has the subscription.
 *
 * @throws InputError where not
 */
export async function signedIn(run: Az, subscription: string, signal?: AbortSignal): Promise<void> {
  try {
    await run(['account', 'show', '--subscription', subscription, '--output', 'none'], signal);
  } catch (error) {
    if (!(error instanceof AzureRefused)) throw error;
    throw new InputError(
      `The Azure CLI is signed in, but not to the subscription that was deployed to, ${subscription}: ${error.message} Run \`az login\` with an account that has it.`,
    );
  }
}

/** A signature of a URL is a key for as long as it lasts: it must not reach a log. */
const inOneLine = (text: string) =>
  text
    .replace(/^(ERROR|WARNING): /gm, '')
    .replace(/([?&]sig=)[^&\s"']+/gi, '$1…')
    .replace(/\s+/g, ' ')
    .trim();

const longest = 400;
const cut = (text: string) => {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return /[.!?…]$/.test(short) ? short : `${short}.`;
};
