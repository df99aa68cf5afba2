import { CONFIG, SANDBOX, STATE, TARGET } from '../options.ts'
import type { Declaration } from './declaration.ts'

export const doctor: Declaration = {
  name: 'doctor',
  summary: 'check config, credentials, reach, clock and ledger; writes nothing',
  options: [CONFIG, TARGET, SANDBOX, STATE],
  help: `Examples:
  assetsync doctor
  assetsync doctor --target catalogix`,
  load: async () => (await import('../commands/doctor.ts')).doctor,
}
