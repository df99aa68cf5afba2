import type { Io } from './io.ts'

/** The options of a call by their names in camel case, from the command line or the environment. */
export type Options = Readonly<Record<string, unknown>>

/** A command: gives the exit code. Its file is loaded when it is called, because start-up time is felt at every call. */
export type Action = (feeds: readonly string[], options: Options, io: Io) => Promise<number>
