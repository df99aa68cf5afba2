import { digest } from '../../lib/hash.ts'

const LENGTH = 20
/** The vendor's ids may start with `-` or `_`; here the first does, so that no client can overlook it. */
const BEGINNINGS = ['-', '', '_', '']

/** 20 URL-safe characters that name the `n`th asset, counted from 1. */
export function assetId(n: number, title: string): string {
  return `${BEGINNINGS[(n - 1) % BEGINNINGS.length]}${digest(JSON.stringify([n, title]))}`.slice(0, LENGTH)
}
