import { hash, randomBytes, randomUUID } from 'node:crypto'

/** 128 bits of SHA-256 as 22 URL-safe characters: equal texts, equal digests; for all practical purposes only those. */
export function digest(text: string): string {
  return hash('sha256', text, 'buffer').subarray(0, 16).toString('base64url')
}

export function uuid(): string {
  return randomUUID()
}

/** `bytes` random bytes as lower-case hex. */
export function randomHex(bytes: number): string {
  return randomBytes(bytes).toString('hex')
}

/** A number from 0 up to, but not including, 1. */
export function random(): number {
  return Math.random()
}
