import { expandSources } from '../../feeds/index.ts'
import { mostSevere } from '../../model/exit.ts'
import type { Document } from '../../reporters/reporter.ts'
import type { Opened } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { outputsOf, writeOutputs } from '../output.ts'
import { printError } from '../print-error.ts'
import { rejectsPathOf } from '../rejects.ts'
import { handBack } from './hand-back.ts'
import type { Session } from './session.ts'

/** Makes the document of this kind, writes it wherever it was asked for, and gives the exit code. Closes the session. */
export async function present<D extends Document>(
  kind: D['kind'],
  session: Session,
  options: Options,
  io: Io,
  make: () => Promise<Opened<D>>,
  exitOf: (document: D) => number = document => document.exitCode,
): Promise<number> {
  try {
    const { config, request, state } = session
    const sources = await expandSources(request.sources, io.cwd)
    const taken = { files: config.file === null ? sources : [...sources, config.file], folder: state }
    const outputs = outputsOf(kind, options, io, taken)
    const rejects = rejectsPathOf(options, io, taken)
    const { document, close } = await make()
    session.stopProgress()
    const attempt = exitAfter(session, io)
    try {
      return mostSevere([
        exitOf(document),
        await attempt(() => writeOutputs(document, outputs, options, io, exitOf(document))),
        rejects === null ? 0 : await attempt(async () => handBack(document, rejects, session, options, io)),
      ])
    } finally {
      await close()
    }
  } catch (error) {
    session.stopProgress()
    return await printError(error, io, session.redact)
  } finally {
    await session.close()
  }
}

/** Does the work and gives 0; what it throws is printed and gives its exit code, so that the rest is still tried. */
function exitAfter({ redact }: Session, io: Io): (work: () => Promise<void>) => Promise<number> {
  return async work => {
    try {
      await work()
      return 0
    } catch (error) {
      return await printError(error, io, redact)
    }
  }
}
