import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import type { Fault } from './fault.ts'

/** One request, as the oracle saw it. Written before the client is answered. */
export interface Entry {
  /** Over all targets and runs, from 1. */
  readonly seq: number
  readonly run: number
  readonly target: EmulatorName
  /** Of this target in this run, from 1. */
  readonly no: number
  readonly method: string
  /** With the query. */
  readonly path: string
  /** The client's name for a request, the same each time that it is sent again. */
  readonly trace: string
  /** Method and path with every id in it replaced: requests of one kind do the same thing. */
  readonly kind: string
  /** It may change what the target holds. */
  readonly isWrite: boolean
  /** Things that its body names at once: entries of a list, lines of a text. */
  items: number
  /** Milliseconds that only go forward. */
  readonly at: number
  fault: Fault | null
  phase: 'arrived' | 'committed' | 'answered'
  /** The emulator has carried it out. */
  committed: boolean
  /** What the emulator said, whatever the client was told. */
  status: number | null
}

/** Everything that was asked of all targets, in the order of arrival. */
export class Journal {
  readonly entries: Entry[] = []

  add(facts: Pick<Entry, 'run' | 'target' | 'no' | 'method' | 'path' | 'trace' | 'at'>): Entry {
    const kind = kindOf(facts.method, facts.path)
    const entry: Entry = {
      seq: this.entries.length + 1,
      ...facts,
      kind,
      isWrite: facts.method !== 'GET' && !kind.endsWith('token'),
      items: 0,
      fault: null,
      phase: 'arrived',
      committed: false,
      status: null,
    }
    this.entries.push(entry)
    return entry
  }

  ofRun(run: number, target?: EmulatorName): Entry[] {
    return this.entries.filter(entry => entry.run === run && (target === undefined || entry.target === target))
  }
}

/** Without the emulator's name in front; an id is what comes after `assets` and `products`. */
function kindOf(method: string, path: string): string {
  const [plain = ''] = path.split('?')
  return `${method} ${plain.replace(/^\/[^/]+/, '').replace(/\/(assets|products)\/[^/]+/g, '/$1/:id')}`
}

/** How many things a body names: entries of a JSON list, lines of JSON, else one. */
export function itemsIn(body: Buffer): number {
  const text = body.toString('utf8').trim()
  if (text === '') return 0
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.length : 1
  } catch {
    return text.split('\n').every(line => line.startsWith('{')) ? text.split('\n').length : 1
  }
}
