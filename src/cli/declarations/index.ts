import { check } from './check.ts'
import { completion } from './completion.ts'
import { config } from './config.ts'
import type { Declared } from './declaration.ts'
import { doctor } from './doctor.ts'
import { explain } from './explain.ts'
import { help } from './help.ts'
import { init } from './init.ts'
import { plan } from './plan.ts'
import { push } from './push.ts'
import { reconcile } from './reconcile.ts'
import { report } from './report.ts'
import { retry } from './retry.ts'
import { runs } from './runs.ts'
import { sandbox } from './sandbox.ts'
import { targets } from './targets.ts'
import { verify } from './verify.ts'

/** Commands under a heading of the help. */
export interface Section {
  readonly heading: string
  readonly commands: readonly Declared[]
}

/** All commands, those that are used most first. A new one is a file here, a file in commands/, and a line. */
export const SECTIONS: readonly Section[] = [
  { heading: 'Send:', commands: [push, plan, check] },
  { heading: 'Look back and mend:', commands: [retry, report, runs, explain, verify, reconcile] },
  { heading: 'Set up:', commands: [init, config, doctor, targets, sandbox, completion, help] },
]

export const DECLARATIONS: readonly Declared[] = SECTIONS.flatMap(({ commands }) => commands)
