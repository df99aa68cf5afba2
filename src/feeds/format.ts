import { FeedError } from '../model/errors.ts'
import { isJsonObject } from '../model/json.ts'
import type { Feed } from '../model/record.ts'
import { LIMITS } from './limits.ts'
import type { Text } from './text.ts'

const HEAD = 64 * 1024

/**
 * Recognises the format by content; names of files say little. Throws a FeedError for an empty feed and a web page.
 *
 * @param records the configured path of the records, which only JSON documents and XML have
 */
export async function findFormat(text: Text, records: string | null): Promise<Feed['format']> {
  const head = (await text.bytes.peek(HEAD)).toString('utf8').trimStart()
  if (head === '' && text.bytes.isWhole) throw isEmpty(text.file)
  if (isPage(head)) throw isWebPage(text.file)
  if (head.startsWith('<')) return 'xml'
  if (head.startsWith('[')) return 'json'
  if (!head.startsWith('{')) return 'csv'
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(text.file)) return 'ndjson'
  return (await isLines(text, records)) ? 'ndjson' : 'json'
}

/** Nothing, or nothing but blanks. */
export function isEmpty(file: string): FeedError {
  return new FeedError(`${file} is empty`, { fix: 'Check that the export was finished.' })
}

/**
 * One object per line, or one document? Lines, when the first line is an object by itself and another one follows, or
 * when it holds no array in which records could be.
 */
async function isLines(text: Text, records: string | null): Promise<boolean> {
  const head = await peekLine(text)
  const end = head.indexOf('\n')
  const line = end === -1 ? head : head.slice(0, end)
  const object = parsed(line)
  if (object === null) return false
  const isAlone = head.slice(line.length).trim() === ''
  return !isAlone || (records === null && !Object.values(object).some(mayHoldRecords))
}

/** At least the first line and whether another one follows, unless it is longer than a record may be. */
async function peekLine(text: Text): Promise<string> {
  const head = (await text.bytes.peek(HEAD)).toString('utf8').trimStart()
  if (head.trimEnd().includes('\n')) return head
  return (await text.bytes.peek(LIMITS.recordBytes + HEAD)).toString('utf8').trimStart()
}

function parsed(line: string): object | null {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function mayHoldRecords(value: unknown): boolean {
  return Array.isArray(value) && (value.length === 0 || isJsonObject(value[0]))
}

/** Decided by the root element, since texts in an XML feed may hold HTML. */
function isPage(head: string): boolean {
  const root = head.replace(/^(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)+/, '')
  return /^<(!doctype\s+html|html|head|body|script|title)\b/i.test(root)
}

function isWebPage(file: string): FeedError {
  return new FeedError(`${file} is a web page, perhaps a login page, not a feed`, {
    fix: 'Open it in a browser to see what it says, then export or download the feed again.',
  })
}
