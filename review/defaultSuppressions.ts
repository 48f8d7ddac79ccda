import path from 'node:path';

/** The suppressions that a review reads where no others are given. */
export const defaultSuppressions = path.join(__dirname, 'suppressions.json');
