import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
    // Nothing here replaces a module, so files can share a worker and what it has loaded.
    isolate: false,
    maxWorkers: 2,
    // No test measures time. These only end what hangs, on the slowest of machines too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
