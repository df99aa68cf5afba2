import { Fault, type FaultFacts, type FaultKind } from '../../src/model/fault.ts'
import type { HttpRequest, HttpResponse, Send } from '../../src/model/http.ts'

export function aRequest(facts: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'POST', url: 'https://api.example.com/v1/assets', headers: {}, body: null, ...facts }
}

export function anAnswer(facts: Partial<HttpResponse> = {}): HttpResponse {
  return { status: 200, headers: {}, body: '{}', attempts: 1, ...facts }
}

export function aFault(kind: FaultKind, facts: FaultFacts & { readonly message?: string } = {}): Fault {
  return new Fault(kind, facts.message ?? `a lamp fell: ${kind}`, { attempts: 1, ...facts })
}

/** A wire that gives these answers and faults in turn, the last one again and again, and remembers what it was sent. */
export function aWire(...turns: readonly (HttpResponse | Fault)[]): { send: Send; readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = []
  return {
    sent,
    async send(request) {
      const turn = turns[Math.min(sent.push(request), turns.length) - 1] ?? anAnswer()
      if (turn instanceof Fault) throw turn
      return turn
    },
  }
}

/** What a promise was rejected with; a promise that resolves is an error. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    value => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error(`resolved with ${JSON.stringify(outcome.value)}`)
}

/** The fault a promise was rejected with. */
export async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  const error = await rejection(promise)
  if (error instanceof Fault) return error
  throw error
}
