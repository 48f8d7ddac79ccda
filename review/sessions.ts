import { isUnknown, type Known } from '../architecture/known';
import { type SessionStore, type SessionStoreDescriptor, sessionStore } from '../sessions/stores';

/** Whether sessions are known to be kept there. */
export const isKeptIn = (sessions: Known<SessionStore>, keeper: SessionStoreDescriptor['keptIn']): boolean =>
  !isUnknown(sessions) && sessionStore(sessions).keptIn === keeper;
