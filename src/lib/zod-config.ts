import { z } from 'zod';

// zod compiles a schema at its first use, for those that follow; most here are used once, at the start, which waits for it. To
// be imported before any file that makes a schema.
z.config({ jitless: true });
