import { expandSources } from '../../feeds/index.ts'
import { mostSevere } from '../../model/exit.ts'
import type { Document } from '../../reporters/reporter.ts'
import type { Opened } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { outputsOf, writeOutputs } from '../output.ts'
import { printError } from '../print-error.ts'
import { requireFeed, type Session } from './session.ts'

/** Makes the document, writes it wherever it was asked for, and gives the exit code. Closes the session. */
export async function present<D extends Document>(
  session: Session,
  options: Options,
  io: Io,
  make: () => Promise<Opened<D>>,
  exitOf: (document: D) => number = document => document.exitCode,
): Promise<number> {
  try {
    requireFeed(session)
    const { config, request, state } = session
    const sources = await expandSources(request.sources, io.cwd)
    const files = config.file === null ? sources : [...sources, config.file]
    const outputs = outputsOf(options, io, { files, folder: state })
    const { document, close } = await make()
    session.stopProgress()
    try {
      await writeOutputs(document, outputs, options, io)
      return exitOf(document)
    } catch (error) {
      return mostSevere([document.exitCode, await printError(error, io, session.redact)])
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
