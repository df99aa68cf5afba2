import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { resolve } from 'node:path'
import { Spool } from '../../lib/spool.ts'
import { wordsOf } from '../../lib/text.ts'
import { UsageError } from '../../model/errors.ts'
import { isJsonObject } from '../../model/json.ts'
import { headerSchema, type PlanHeader, SCHEMA } from './header.ts'
import { END, type Planned, Seal } from './lines.ts'

/** A saved plan that was read to its end and is whole. */
export interface PlanFile {
  readonly header: PlanHeader
  /** What is planned for the target at this place of the header. May be read several times. */
  pages(target: number): Iterable<Planned>
  close(): void
}

export interface PlanInput {
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** Version of assetsync. */
  readonly version: string
}

/** The longest line that is taken for one of a plan: a batch holds a megabyte. */
const LONGEST_LINE = 256 * 1024 * 1024

/**
 * Reads a plan file, standard input for `-`, and keeps a copy, so that what is checked is what is applied. Throws a UsageError for
 * what is no plan file of this version, and for one that was cut or edited.
 */
export async function openPlanFile(name: string, { cwd, stdin, version }: PlanInput): Promise<PlanFile> {
  const copies: Spool<Planned>[] = []
  const close = () => {
    for (const copy of copies) copy.close()
  }
  try {
    const label = name === '-' ? 'The plan on standard input' : name
    const bytes = name === '-' ? stdin : createReadStream(resolve(cwd, name))
    const header = await readInto(copies, linesOf(bytes, label), label)
    if (header.version !== version) throw otherVersion(label, header.version, version)
    return { header, pages: target => copies[target]?.read() ?? [], close }
  } catch (error) {
    close()
    if (error instanceof Error && 'syscall' in error) throw unreadable(name, error)
    throw error
  }
}

/** Does the file begin as plan files of any version do? False for what cannot be read. */
export function isPlanFile(path: string): boolean {
  try {
    const fd = openSync(path, 'r')
    try {
      const start = Buffer.alloc(START.length)
      readSync(fd, start, 0, START.length, 0)
      return start.toString('latin1') === START
    } finally {
      closeSync(fd)
    }
  } catch {
    return false
  }
}

const START = `{"schema":"${SCHEMA.split('/')[0]}/`

async function readInto(copies: Spool<Planned>[], lines: AsyncIterable<string>, name: string): Promise<PlanHeader> {
  const seal = new Seal()
  let header: PlanHeader | null = null
  let last: string | null = null
  for await (const line of lines) {
    if (last !== null) throw edited(name)
    if (header === null) {
      header = headerOf(line, name)
      for (const _ of header.targets) copies.push(new Spool())
    } else if (line.startsWith(END)) last = line
    else keep(line, copies, name)
    if (last === null) seal.pass(line)
  }
  if (header === null || last === null) throw cut(name)
  if (`${last}\n` !== seal.line()) throw edited(name)
  return header
}

function headerOf(line: string, name: string): PlanHeader {
  const found = parsed(line)
  if (!isJsonObject(found) || typeof found.schema !== 'string') throw noPlan(name)
  if (found.schema !== SCHEMA) throw otherSchema(name, found.schema)
  const checked = headerSchema.safeParse(found)
  if (!checked.success) throw edited(name)
  return checked.data
}

function keep(line: string, copies: readonly Spool<Planned>[], name: string): void {
  const found = parsed(line)
  if (!isJsonObject(found) || typeof found.target !== 'number') throw edited(name)
  const { target, ...page } = found
  const copy = copies[target]
  if (copy === undefined) throw edited(name)
  copy.append(page as unknown as Planned) // as it was written: nothing is done with it before the digest is checked
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** Lines that are ended; a rest that is not is an error. Nothing else is read of a file that does not begin as a plan does. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<string> {
  let parts: Uint8Array[] = []
  let size = 0
  let isFirst = true
  for await (const chunk of bytes) {
    if (isFirst && chunk.length > 0 && chunk[0] !== OPENING_BRACE) throw noPlan(name)
    isFirst &&= chunk.length === 0
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield textOf([...parts, chunk.subarray(start, end)], name)
      parts = []
      size = 0
      start = end + 1
    }
    parts.push(chunk.subarray(start))
    size += chunk.length - start
    if (size > LONGEST_LINE) throw noPlan(name)
  }
  if (size > 0) throw cut(name)
}

const NEWLINE = 10
const OPENING_BRACE = 123

function textOf(parts: readonly Uint8Array[], name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts))
  } catch {
    throw edited(name)
  }
}

const AGAIN = 'Plan again with --out, and keep the file as it is.'

function noPlan(name: string): UsageError {
  return new UsageError(`${name} is not a plan file.`, { fix: 'Make one with: assetsync plan <feed> --out <file>' })
}

function cut(name: string): UsageError {
  return new UsageError(`${name} is not whole: its end is missing. Nothing was sent.`, { fix: AGAIN })
}

function edited(name: string): UsageError {
  return new UsageError(`${name} is not as it was saved: something in it was changed. Nothing was sent.`, {
    fix: AGAIN,
  })
}

function otherSchema(name: string, found: string): UsageError {
  return new UsageError(`${name} is "${found}"; this version of assetsync reads ${SCHEMA}.`, { fix: AGAIN })
}

function otherVersion(name: string, theirs: string, ours: string): UsageError {
  const words = `${name} was made by assetsync ${theirs}; this is ${ours}, which might plan otherwise.`
  return new UsageError(words, { fix: 'Plan again with this version.' })
}

function unreadable(name: string, error: unknown): UsageError {
  return new UsageError(`The plan ${name} cannot be read: ${wordsOf(error)}.`, { fix: 'Check the path.' })
}
