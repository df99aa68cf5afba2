import { EXIT } from './exit.ts'

export interface ErrorFacts {
  /** What to do now, as a sentence. */
  readonly fix?: string
  readonly cause?: unknown
}

/** Ends the run. An item never throws; only a run does, with words for people and an exit code for machines. */
export class AssetsyncError extends Error {
  override readonly name: string = 'AssetsyncError'
  readonly exit: number
  readonly fix: string | null

  constructor(exit: number, message: string, facts: ErrorFacts = {}) {
    super(message, { cause: facts.cause })
    this.exit = exit
    this.fix = facts.fix ?? null
  }
}

/** The command line or the configuration is wrong: nothing was read or sent. */
export class UsageError extends AssetsyncError {
  override readonly name = 'UsageError'
  constructor(message: string, facts: ErrorFacts = {}) {
    super(EXIT.usage, message, facts)
  }
}

/** The feed cannot be trusted: nothing was sent. The message names file, line and byte where they are known. */
export class FeedError extends AssetsyncError {
  override readonly name = 'FeedError'
  constructor(message: string, facts: ErrorFacts = {}) {
    super(EXIT.feed, message, facts)
  }
}

/** The ledger is held by another run, or cannot be used. */
export class LedgerError extends AssetsyncError {
  override readonly name = 'LedgerError'
  constructor(message: string, facts: ErrorFacts & { exit?: number } = {}) {
    super(facts.exit ?? EXIT.ledger, message, facts)
  }
}

/** The result or a report could not be written. */
export class OutputError extends AssetsyncError {
  override readonly name = 'OutputError'
  constructor(message: string, facts: ErrorFacts = {}) {
    super(EXIT.output, message, facts)
  }
}
