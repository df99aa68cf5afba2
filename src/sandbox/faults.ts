import { nearest } from '../lib/text.ts'
import { EMULATOR_NAMES, type EmulatorName } from './emulators.ts'

/**
 * - `401`, `413`, `429`, `500`, `502`: refused in the vendor's shape; nothing is stored
 * - `timeout`: taken, never answered; nothing is stored
 * - `reset`: stored, then the connection is reset instead of an answer
 * - `slow`: stored, answered after two seconds
 * - `html`: 200 with a login page; nothing is stored
 * - `garbage`: stored, answered with 200 and cut JSON
 * - `partial`: some items of a request are refused, the others stored, in the vendor's own way
 */
export const FAULT_NAMES = [
  '401',
  '413',
  '429',
  '500',
  '502',
  'timeout',
  'reset',
  'slow',
  'html',
  'garbage',
  'partial',
] as const
export type FaultName = (typeof FAULT_NAMES)[number]

export interface FaultRule {
  readonly target: EmulatorName
  readonly fault: FaultName
  /**
   * Share of the requests that fail, 0 to 1. Of `partial`: share of the codes; without a rate only codes with the word
   * "poison" fail.
   * @default 1
   */
  readonly rate?: number
  /** Only the first so many requests that reach this rule. @default all */
  readonly times?: number
  /** Value of a Retry-After header on the answer. @default none */
  readonly retryAfter?: string
}

const RATE = /^(?:0|0?\.\d+|1(?:\.0+)?)$/

/** Reads `<target>:<fault>[:<rate>]`; a text that is none comes back as the problem, in words for people. */
export function parseFault(text: string): FaultRule | string {
  const [target = '', fault = '', rate, ...rest] = text.split(':')
  if (fault === '' || rest.length > 0) return `"${text}" is not of the form <target>:<fault>[:<rate>]`
  if (!isOneOf(EMULATOR_NAMES, target)) return unknown(text, 'target', target, EMULATOR_NAMES)
  if (!isOneOf(FAULT_NAMES, fault)) return unknown(text, 'fault', fault, FAULT_NAMES)
  if (rate === undefined) return { target, fault }
  if (!RATE.test(rate)) return `"${text}": the rate must be a number from 0 to 1, not "${rate}"`
  return { target, fault, rate: Number(rate) }
}

function isOneOf<T extends string>(names: readonly T[], text: string): text is T {
  return names.some(name => name === text)
}

function unknown(text: string, what: string, name: string, known: readonly string[]): string {
  const guess = nearest(name, known)
  const hint = guess ? `did you mean "${guess}"?` : `it has ${known.join(', ')}`
  return `"${text}": the sandbox has no ${what} "${name}"; ${hint}`
}
