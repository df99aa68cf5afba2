import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import type { Terminal } from '../cli/terminal.ts'
import { configure } from './config.ts'
import { Journal } from './journal.ts'
import { Oracle } from './oracle.ts'

type Settings = Parameters<typeof configure>[2]

/** A sandbox that the terminal's config reaches through an oracle, at one target. */
export async function behindOracle(terminal: Terminal, target: EmulatorName, settings: Settings) {
  const sandbox = await startSandbox()
  const oracle = new Oracle({ target, upstream: sandbox.url, elsewhere: sandbox.url, journal: new Journal() })
  await oracle.listen()
  const { text, env } = configure(sandbox.targets, new Map([[target, oracle.url]]), settings)
  terminal.file('.assetsyncrc', text)
  return { sandbox, oracle, env, close: () => Promise.all([oracle.close(), sandbox.close()]) }
}

export type BehindOracle = Awaited<ReturnType<typeof behindOracle>>
