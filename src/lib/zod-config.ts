import { z } from 'zod';

// Import this before any file that creates a schema. By default zod compiles a schema at its first use; most schemas here are
// used once, and compiling them would delay the start.
z.config({ jitless: true });
