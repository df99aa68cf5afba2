import { check } from './check.ts'
import type { Declaration } from './declaration.ts'
import { doctor } from './doctor.ts'
import { init } from './init.ts'
import { plan } from './plan.ts'
import { push } from './push.ts'
import { reconcile } from './reconcile.ts'
import { retry } from './retry.ts'
import { sandbox } from './sandbox.ts'
import { targets } from './targets.ts'

/** All commands in the order of the help. A new one is a file here, a file in commands/, and a line. */
export const DECLARATIONS: readonly Declaration[] = [
  push,
  plan,
  check,
  retry,
  reconcile,
  targets,
  doctor,
  init,
  sandbox,
]
