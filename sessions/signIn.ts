/** App setting of the shop that says where a sign-in is kept that is half-way; without it, with the sessions. */
export const signInSetting = 'SIGN_IN_STATE';

/**
 * Whether a sign-in that is half-way is in the memory of the process that began it, wherever the sessions are.
 *
 * @param appSettings `app_settings` of the web app, in any shape
 */
export const keepsSignInsInProcess = (appSettings: unknown): boolean =>
  typeof appSettings === 'object' && appSettings !== null && Reflect.get(appSettings, signInSetting) === 'memory';
