import { FAULT, KEEP, PORT, REFUSE_ABOVE } from '../options.ts'
import type { Declaration } from './declaration.ts'

export const sandbox: Declaration = {
  name: 'sandbox',
  summary: 'run the emulators of the target APIs until interrupted',
  options: [PORT, FAULT, REFUSE_ABOVE, KEEP],
  help: `Examples:
  assetsync sandbox --port 4010
  assetsync sandbox --fault catalogix:429:0.2 --fault catalogix:timeout:0.01

Faults: 401, 413, 429, 500, 502, timeout, reset, slow, html, garbage, partial; a rate from 0 to 1 may follow.
Without a rate, partial refuses only the codes that contain "poison".`,
  load: async () => (await import('../commands/sandbox.ts')).sandbox,
}
