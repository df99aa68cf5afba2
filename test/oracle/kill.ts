import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import type { Entry } from './journal.ts'

export const PHASES = ['arrived', 'committed', 'answered'] as const

/**
 * When the client gets a signal: when each of these targets has its request of that number in this phase, which is before it
 * is carried out, before it is answered, or right after.
 */
export interface Kill {
  readonly phase: Entry['phase']
  readonly at: ReadonlyMap<EmulatorName, number>
  readonly signal: NodeJS.Signals
  /** The same signal once more, as soon as the client has said that it stops. */
  readonly again?: true
}

/**
 * Makes the targets wait for each other, so that one signal meets all of them at the position that was asked for. Those that
 * wait for an answer to be sent wait for each other before it too, or the first would be far ahead.
 */
export class Rendezvous {
  readonly #kill: Kill
  readonly #send: () => Promise<void>
  readonly #here = { committed: new Set<EmulatorName>(), last: new Set<EmulatorName>() }
  readonly #answer = gate()
  readonly #end = gate()

  constructor(kill: Kill, send: () => Promise<void>) {
    this.#kill = kill
    this.#send = send
  }

  /** False when the client is gone before it was carried out, so that it never shall be. */
  async meet({ target, no, phase }: Entry): Promise<boolean> {
    const { at, signal } = this.#kill
    if (at.get(target) !== no) return true
    if (phase === this.#kill.phase) {
      this.#here.last.add(target)
      if (this.#here.last.size === at.size) {
        await this.#send()
        this.#end.open()
      }
      if (phase !== 'answered') await this.#end.opened
    } else if (phase === 'committed' && this.#kill.phase === 'answered') {
      this.#here.committed.add(target)
      if (this.#here.committed.size === at.size) this.#answer.open()
      await this.#answer.opened
    }
    return phase !== 'arrived' || phase !== this.#kill.phase || signal !== 'SIGKILL'
  }

  /** Nobody needs to wait any more: the client has gone. */
  release(): void {
    this.#answer.open()
    this.#end.open()
  }
}

interface Gate {
  readonly opened: Promise<void>
  open(): void
}

function gate(): Gate {
  let open: () => void = () => undefined
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  return { opened, open }
}
