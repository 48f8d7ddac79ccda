import type { Settings } from '../settings';

/** Whether vault, storage and deployment site are reached from inside the network alone. */
export const isPrivate = ({ access = 'addresses' }: Pick<Settings, 'access'>): boolean => access === 'private';
