import type { Document } from '../../reporters/reporter.ts'
import type { Opened } from '../../sync/request.ts'
import type { Options } from '../command.ts'
import type { Io } from '../io.ts'
import { type Interrupts, listenForInterrupts } from '../signals.ts'
import { present } from './present.ts'
import { openSession, type Session } from './session.ts'

/** A call of a command, and the kind of its result. */
export interface Called<D extends Document> {
  readonly kind: D['kind']
  readonly command: string
  /** Null for commands that read no feed. */
  readonly feeds: readonly string[] | null
  readonly options: Options
  readonly io: Io
}

/** Runs a command that ends what is under way when it is interrupted, and gives its exit code. */
export async function interruptible<D extends Document>(
  { kind, command, feeds, options, io }: Called<D>,
  make: (session: Session, interrupts: Interrupts) => Promise<Opened<D>>,
): Promise<number> {
  const session = await openSession(command, feeds, options, io, true)
  const interrupts = listenForInterrupts(
    io,
    text => void io.stderr.write(text),
    kind === 'verify' ? 'Left at once.' : 'Left at once; the next push goes on from here.',
  )
  try {
    return await present(kind, session, options, io, () => make(session, interrupts))
  } finally {
    interrupts.release()
  }
}
