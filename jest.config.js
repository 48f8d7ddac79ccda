const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // By default one core is left idle, which on two is half. Some tests wait for timers and processes of their own, so one
  // more than there are cores keeps them busy.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // There to end what hangs; a slow machine is no failure.
  testTimeout: 120_000,
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // swc strips the types; `npm run check` is where they are checked.
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022' } }] },
};
