import { printable } from '../../lib/text.ts'
import { version } from '../../lib/version.ts'
import { EXIT } from '../../model/exit.ts'
import { marks, paint } from '../../reporters/style.ts'
import { examine } from '../../sync/doctor.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { lookOf } from '../look.ts'
import { printError } from '../print-error.ts'
import { writeResult } from '../write-result.ts'
import { pushRequestOf } from './requests.ts'
import { openSession, requireTargets } from './session.ts'

/** Checks everything a push needs. The exit code is that of the first trouble: 2, 4, 5, 6 or 7. */
export async function doctor(_feeds: readonly string[], options: Options, io: Io): Promise<number> {
  const session = await openSession('doctor', null, options, io, false)
  const look = lookOf(io, io.stdout, {})
  const { good, bad } = marks(look)
  const tell = (subject: string, fine: boolean, message: string): Promise<void> => {
    const mark = fine ? paint(look, 'green', good) : paint(look, 'red', bad)
    return writeResult(session.redact(`${mark} ${subject}  ${printable(message)}\n`), io)
  }
  try {
    requireTargets(session)
    const never = new AbortController().signal
    await tell('assetsync', true, `${version()} on ${io.platform}`)
    await tell('config', true, session.config.file ?? 'none; defaults and the command line')
    const findings = await examine(pushRequestOf(session, options, io, { stop: never, abort: never }))
    for (const { subject, exit, message } of findings) await tell(subject, exit === EXIT.ok, message)
    return findings.find(({ exit }) => exit !== EXIT.ok)?.exit ?? EXIT.ok
  } catch (error) {
    return await printError(error, io, session.redact)
  } finally {
    session.stopProgress()
    await session.close()
  }
}
