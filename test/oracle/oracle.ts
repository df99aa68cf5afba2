import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { EmulatorName } from '../../src/sandbox/emulators.ts'
import { type Answer, type Exchange, forward, readAll, reply } from './exchange.ts'
import type { Fault } from './fault.ts'
import { type Entry, itemsIn, type Journal } from './journal.ts'
import { secretsInAnswer, secretsInHeaders } from './secrets.ts'

/** A request about which a script decides. */
export interface Asked extends Pick<Entry, 'run' | 'no' | 'method' | 'path' | 'kind' | 'isWrite'> {
  /** Null as long as only its head has arrived. */
  readonly body: string | null
}

/** What shall go wrong with a request, or null. Asked at its head and again when it is whole; must say the same both times. */
export type Script = (asked: Asked) => Fault | null

/** Called at each phase of a request; the oracle goes on when it has resolved, unless with false. */
export type Watch = (entry: Entry) => Promise<boolean>

export interface OracleOptions {
  readonly target: EmulatorName
  /** Address of the emulators. */
  readonly upstream: string
  readonly journal: Journal
  /** Address of a server that nobody may ask anything. */
  readonly elsewhere: string
}

/** A request that the emulator sees before the request of this number in this run; before the first, when no client is there. */
interface Postponed {
  readonly due: { readonly run: number; readonly no: number }
  readonly carryOut: () => Promise<unknown>
}

const GO_ON: Watch = async () => true
const HOST = '127.0.0.1'
/** Requests after which a late one is carried out. */
const LATE_BY = 2
/** A request that was on its way when another was told to wait did not know of it. */
const CROSSING_MS = 200
/** A timer may fire so much too early. */
const TIMER_MS = 2

/**
 * A server in front of one emulator, which passes on what it is asked, writes everything down before it answers, and does
 * what its script says.
 */
export class Oracle {
  /** Every secret that clients of this target have shown or were given. */
  readonly secrets = new Set<string>()
  /** The most requests that were open at once in the current run. */
  peak = 0
  /** Requests of the current run that came before the time that an answer had asked to wait for. */
  early: Entry[] = []
  /** What went wrong in the oracle itself. */
  readonly failures: unknown[] = []
  script: Script = () => null
  watch: Watch = GO_ON
  /** Milliseconds after which the client gives a request up, so that it is open no more. */
  patience = Number.POSITIVE_INFINITY

  readonly #options: OracleOptions
  readonly #server: Server
  readonly #open = new Map<ServerResponse, number>()
  readonly #busy = new Set<Promise<void>>()
  #postponed: Postponed[] = []
  #run = 0
  #count = 0
  #port = 0
  #quiet = { from: 0, until: 0 }

  constructor(options: OracleOptions) {
    this.#options = options
    this.#server = createServer((request, response) => {
      const work = this.#take(request, response)
        .catch(error => {
          if (!request.destroyed) this.failures.push(error) // a client that went away is none
        })
        .finally(() => this.#busy.delete(work))
      this.#busy.add(work)
    })
  }

  get url(): string {
    return `http://${HOST}:${this.#port}`
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.#port, HOST, () => {
        this.#server.off('error', reject)
        this.#port = (this.#server.address() as AddressInfo).port
        resolve()
      })
    })
  }

  /** A new run of the client. What was to happen in the next run is due in this one. */
  begin(run: number, script: Script, patience: number): void {
    Object.assign(this, { script, patience, peak: 0, early: [], watch: GO_ON })
    this.#run = run
    this.#count = 0
    this.#quiet = { from: 0, until: 0 } // another run knows nothing of it
  }

  /** To be called when the client has gone: resolves when nothing is under way any more. */
  async end(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy)
    await this.#carryOut(this.#run + 1, 0)
  }

  async close(): Promise<void> {
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/' } = request
    const trace = String(request.headers['x-request-id'])
    const { journal, target } = this.#options
    const entry = journal.add({ run: this.#run, target, no: ++this.#count, method, path, trace, at: performance.now() })
    this.#note(entry, request, response)
    await this.#carryOut(entry.run, entry.no)
    const fault = this.script({ ...entry, body: null })
    if (fault?.reply.how === 'reset' && fault.reply.after !== undefined) {
      entry.fault = fault
      this.#open.delete(response)
      return cutOff(request, fault.reply.after)
    }
    const body = await readAll(request)
    entry.items = itemsIn(body)
    entry.fault = this.script({ ...entry, body: body.toString('utf8') })
    if (!(await this.watch(entry))) return
    const answer = await this.#commit(entry, request, body)
    await this.watch(entry)
    await this.#answer(entry, answer, { request, response, body })
    entry.phase = 'answered'
    await this.watch(entry)
  }

  async #commit(entry: Entry, request: IncomingMessage, body: Buffer): Promise<Answer | null> {
    const carryOut = async (): Promise<Answer> => {
      const answer = await forward(request, body, new URL(this.#options.upstream))
      for (const secret of secretsInAnswer(answer.body)) this.secrets.add(secret)
      Object.assign(entry, { committed: true, status: answer.status })
      return answer
    }
    const commit = entry.fault?.commit ?? 'now'
    if (commit !== 'now' && commit !== 'never') this.#postponed.push({ due: dueOf(commit, entry), carryOut })
    const answer = commit === 'now' ? await carryOut() : null
    entry.phase = 'committed'
    return answer
  }

  async #answer(
    entry: Entry,
    answer: Answer | null,
    exchange: Pick<Exchange, 'request' | 'response' | 'body'>,
  ): Promise<void> {
    const how = entry.fault?.reply ?? { how: 'answer' }
    if (['reset', 'down', 'cut'].includes(how.how)) this.#open.delete(exchange.response) // its end is noticed after the next request
    // Before the answer leaves: the client's second begins after this one.
    if (how.how === 'say' && how.retryAfter !== undefined) {
      const from = performance.now()
      this.#quiet = { from, until: from + how.retryAfter * 1000 }
    }
    await reply(how, answer, { ...exchange, elsewhere: this.#options.elsewhere })
    if (how.how === 'down') await this.#goDown(how.ms)
  }

  #note(entry: Entry, request: IncomingMessage, response: ServerResponse): void {
    for (const secret of secretsInHeaders(request.headers)) this.secrets.add(secret)
    const { from, until } = this.#quiet
    if (entry.at > from + CROSSING_MS && entry.at < until - TIMER_MS) this.early.push(entry)
    this.#open.set(response, entry.at)
    response.on('close', () => this.#open.delete(response))
    const alive = [...this.#open.values()].filter(at => entry.at - at < this.patience - CROSSING_MS)
    this.peak = Math.max(this.peak, alive.length)
  }

  async #carryOut(run: number, no: number): Promise<void> {
    const due = this.#postponed.filter(each => each.due.run < run || (each.due.run === run && each.due.no <= no))
    this.#postponed = this.#postponed.filter(each => !due.includes(each))
    for (const { carryOut } of due) await carryOut()
  }

  async #goDown(ms: number): Promise<void> {
    await this.close()
    await new Promise(resolve => setTimeout(resolve, ms))
    await this.listen()
  }
}

function dueOf(commit: 'late' | 'gone' | 'next', { run, no }: Entry): Postponed['due'] {
  if (commit === 'late') return { run, no: no + LATE_BY }
  return { run: run + 1, no: commit === 'gone' ? 0 : 2 }
}

/** Resets the connection before anything of the body was read, or as soon as some of it was. */
async function cutOff(request: IncomingMessage, after: number): Promise<void> {
  if (after > 0) {
    await new Promise(resolve => {
      for (const event of ['data', 'end', 'close']) request.once(event, resolve)
    })
  }
  request.socket.resetAndDestroy()
}
