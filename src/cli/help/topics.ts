import type { Declared } from '../declarations/declaration.ts'

/** Makes a page of help that is about no command. */
export type Page = (commands: readonly Declared[], width: number) => string

export interface Topic {
  readonly name: string
  /** For the overview. */
  readonly summary: string
  load(): Promise<Page>
}

/** What `assetsync help` explains besides commands. A new topic is a file and a line here. */
export const TOPICS: readonly Topic[] = [
  {
    name: 'exit-codes',
    summary: 'what cron and CI can rely on',
    load: async () => (await import('./exit-codes.ts')).exitCodes,
  },
  {
    name: 'environment',
    summary: 'the variables that are read',
    load: async () => (await import('./environment.ts')).environment,
  },
  {
    name: 'formats',
    summary: 'what goes to stdout and into reports',
    load: async () => (await import('./formats.ts')).formats,
  },
  {
    name: 'config-files',
    summary: 'which file wins, and what it may hold',
    load: async () => (await import('./config-files.ts')).configFiles,
  },
]
