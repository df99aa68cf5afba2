import { describe, expect, it } from 'vitest'
import { Terminal } from '../cli/terminal.ts'
import { leftBehind, violations } from './check.ts'
import { faultNamed } from './fault.ts'
import { furniture } from './feed.ts'
import type { Asked, Script } from './oracle.ts'
import { secretsIn } from './secrets.ts'
import { World } from './world.ts'

const LONGEST_MS = 120_000
const FEED = furniture(3)
/** With these the oracle repeats the credentials and all that it was sent, in the body and in the id of the request. */
const ECHOES = ['400', '401', '403', '413', '422', '429', '429-wait', '500', '502', '503', '503-wait', '504']
/** Who gives out no token shows none that was given out. */
const WHERE: readonly (readonly [string, (asked: Asked) => boolean])[] = [
  ['every answer', () => true],
  ['every answer but that to a login', ({ kind }) => !kind.endsWith('token')],
]
/** As with the pairs of fault and request, `npm run test:oracle` tries all of them. */
const EVERY = process.env.ORACLE === 'all' ? 1 : 5
const CASES = WHERE.flatMap(([words, concerns]) => ECHOES.map(echo => ({ words, concerns, echo })))
const FORMATS = ['table', 'json', 'ndjson', 'csv', 'junit', 'html', 'markdown', 'code-quality']

/** Everything that can be asked about a push, and everything that makes further requests. */
const COMMANDS = [
  ...FORMATS.map(format => `report --format ${format}`),
  ...FORMATS.map(format => `verify feed.csv --format ${format}`),
  ...['table', 'json'].map(format => `explain CHAIR2 feed.csv -v --format ${format}`),
  ...['table', 'json', 'ndjson'].map(format => `runs --format ${format}`),
  ...FORMATS.map(format => `plan feed.csv --full --format ${format}`),
  'plan feed.csv --full --out out/chairs.plan',
  'push --plan out/chairs.plan -v',
  'reconcile -v',
  'retry -v',
  ...FORMATS.map(format => `push feed.csv -v --format ${format}`),
  'doctor',
]
const USAGE = 2
const DEFECT = 70

/** Anybody can see what a process was started with. */
const COMMANDS_WITH_TARGETS = [
  'push',
  'plan',
  'check',
  'retry',
  'reconcile',
  'verify',
  'explain',
  'report',
  'runs',
  'doctor',
]

describe('credentials', () => {
  it.each(COMMANDS_WITH_TARGETS)('can be given to no command on the command line', async command => {
    const terminal = new Terminal()
    const { code, stdout } = await terminal.call(`${command} --help`)
    terminal.close()
    expect([code, stdout.match(/--[\w-]*(?:token|secret|password|key|header|auth|user)[\w-]*/g)]).toEqual([0, null])
    expect(stdout).toContain('--config <file>')
  })
})

describe('credentials that are repeated', () => {
  it.each(CASES.filter((_, at) => at % EVERY === 0))(
    'by $words ($echo) are shown by no command, in no format and in no file',
    async ({ concerns, echo }) => {
      const world = await World.open({ retries: 0, maxWait: 0 })
      try {
        const fault = faultNamed(`never:${echo}`)
        const script: Script = asked => (concerns(asked) ? fault : null)
        const run = await world.push({
          feed: FEED,
          scripts: Object.fromEntries(world.targets.map(name => [name, script])),
        })
        expect(violations(run, world)).toEqual([])
        for (const command of COMMANDS) {
          const { code, stdout, stderr } = await world.call(command)
          expect([command, [USAGE, DEFECT].includes(code ?? DEFECT) ? stderr : '']).toEqual([command, ''])
          expect([command, secretsIn(`${stdout}\n${stderr}`, world.secrets)]).toEqual([command, []])
        }
        expect(world.terminal.read('out/chairs.plan')).toContain('CHAIR2')
        expect(leftBehind(world)).toEqual([])
      } finally {
        await world.close()
      }
    },
    LONGEST_MS,
  )
})
