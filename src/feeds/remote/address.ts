import { digest } from '../../lib/hash.ts'
import { isLoopbackHost } from '../../lib/loopback.ts'
import { UsageError } from '../../model/errors.ts'

/** An http(s) URL that a feed is downloaded from. */
export interface Address {
  /** What is asked for: without user name, password and fragment. */
  readonly url: URL
  /** What it is called in every place and message: without user name, password and the values of its query. */
  readonly name: string
  /** Its user name and password as an Authorization header, or null when it has none. */
  readonly authorization: string | null
  /** Hex digits that stand for the whole address, user name and password included. */
  readonly key: string
}

const REMOTE = /^https?:\/\//i

/** True for an http(s) URL; false for a file, a pattern and standard input. */
export function isRemote(source: string): boolean {
  return REMOTE.test(source)
}

/** Throws a UsageError for what is no URL, and for a password that could be overheard. */
export function parseAddress(source: string): Address {
  if (!URL.canParse(source)) throw notAnAddress()
  const url = new URL(source)
  url.hash = ''
  const key = hex(url.href)
  const authorization = authorizationOf(url)
  url.username = ''
  url.password = ''
  if (authorization !== null && url.protocol === 'http:' && !isLoopbackHost(url.hostname)) throw overheard(nameOf(url))
  return { url, name: nameOf(url), authorization, key }
}

/** A URL as it may be shown to anybody: a query, which often holds a key, is `?…`. */
export function nameOf(url: URL): string {
  return bare(url) + (url.search === '' ? '' : '?…')
}

/**
 * What a feed argument is called in the name of its source: files and patterns as they are written, URLs without user name
 * and password, their query as the first 8 hex digits of its SHA-256, so that two queries are two sources.
 */
export function sourceLabel(source: string): string {
  if (!isRemote(source)) return source
  if (!URL.canParse(source)) return 'https://…'
  const url = new URL(source)
  return bare(url) + (url.search === '' ? '' : `?${hex(url.search.slice(1)).slice(0, 8)}`)
}

function bare({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`
}

function authorizationOf({ username, password }: URL): string | null {
  if (username === '' && password === '') return null
  return `Basic ${Buffer.from(`${unescaped(username)}:${unescaped(password)}`, 'utf8').toString('base64')}`
}

/** A % that begins no code is one. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function hex(text: string): string {
  return Buffer.from(digest(text), 'base64url').toString('hex')
}

/** It may hold a password, so it is not repeated. */
function notAnAddress(): UsageError {
  return new UsageError('A feed that begins like a web address is none.', {
    fix: 'Write it as in https://shop.example/feed.csv; in a user name or password, @ is %40, : is %3A and / is %2F.',
  })
}

function overheard(name: string): UsageError {
  return new UsageError(`${name}: over http, user name and password could be read by anybody on the way`, {
    fix: 'Use https, or leave them out.',
  })
}
