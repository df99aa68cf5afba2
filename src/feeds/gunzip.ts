import { pipeline } from 'node:stream'
import { createGunzip, type Gunzip } from 'node:zlib'
import { FeedError } from '../model/errors.ts'
import { LIMITS } from './limits.ts'

interface InflateLimits {
  readonly inflatedBytes: number
  readonly inflatedRatio: number
  readonly inflatedFreely: number
}

/**
 * Inflates a gzip stream of one or several members. Throws a FeedError when it is cut off, damaged, followed by something
 * else, or inflates beyond the limits.
 */
export async function* gunzip(
  chunks: AsyncIterable<Buffer>,
  file: string,
  limits: InflateLimits = LIMITS,
): AsyncGenerator<Buffer> {
  const inflated = createGunzip({ chunkSize: 64 * 1024 })
  let taken = 0
  let given = 0
  pipeline(counted(), inflated, () => undefined) // a failure of either side is thrown by the loop below
  try {
    for await (const chunk of inflated) {
      given += chunk.length
      refuseBomb(file, taken, given, limits)
      yield chunk
    }
  } catch (error) {
    throw error instanceof FeedError ? error : damaged(file, error)
  }
  refuseMore(file, taken, inflated)

  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      taken += chunk.length
      yield chunk
    }
  }
}

function refuseBomb(file: string, taken: number, given: number, limits: InflateLimits): void {
  const isDense = given > limits.inflatedFreely && given > taken * limits.inflatedRatio
  if (!isDense && given <= limits.inflatedBytes) return
  const what = isDense ? `${limits.inflatedRatio} times its size` : `${limits.inflatedBytes / 1024 ** 2} MiB`
  throw new FeedError(`${file} inflates to more than ${what}`, {
    fix: 'If that is right and not an attack, inflate it yourself: gunzip -c <file> | assetsync check -',
  })
}

/** zlib stops at a zero byte after a member, as on a padded tape, and would drop what follows without a word. */
function refuseMore(file: string, taken: number, inflated: Gunzip): void {
  if (taken === inflated.bytesWritten) return
  throw new FeedError(`${file}, byte ${inflated.bytesWritten}: more bytes after the end of the gzip data`, {
    fix: 'Download or export it again; if only padding follows, inflate it yourself: gunzip -c <file> | assetsync check -',
  })
}

function damaged(file: string, error: unknown): FeedError {
  const why = error instanceof Error ? error.message : String(error)
  return new FeedError(`${file} is not a complete gzip file: ${why}`, {
    fix: 'It was probably cut off on the way: download or export it again.',
    cause: error,
  })
}
