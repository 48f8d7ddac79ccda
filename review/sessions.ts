import { isUnknown, type Known } from '../architecture/known';
import { type SessionPlace, sessionStore } from '../sessions/stores';

/** What holds a session; see `sessions/stores.ts`. */
export type Keeper = ReturnType<typeof sessionStore>['keptIn'];

/** Whether sessions are known to be kept there. */
export const isKeptIn = (sessions: Known<SessionPlace>, keeper: Keeper): boolean =>
  !isUnknown(sessions) && sessionStore(sessions).keptIn === keeper;
