import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/global-setup.ts',
    // Nothing here replaces a module, so files can share a worker and what it has loaded.
    isolate: false,
    maxWorkers: 2,
    testTimeout: 20_000,
    // What is waited for comes at once, but a machine with two cores runs two workers and a browser.
    expect: { poll: { timeout: 5_000 } },
  },
});
