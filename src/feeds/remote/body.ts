import type { Answer } from './ask.ts'
import { decoded } from './coding.ts'
import { cutOff, tooLarge } from './refusals.ts'
import type { Watch } from './watch.ts'

interface Care {
  /** The name of the feed. */
  readonly name: string
  readonly watch: Watch
  /** As it is sent, and once it is inflated. */
  readonly maxBytes: number
}

/** The body of an answer, inflated. Throws a FeedError when it is cut off, damaged or too large. */
export async function* bodyOf(answer: Answer, care: Care): AsyncGenerator<Uint8Array> {
  const { name, maxBytes } = care
  const sent = atMost(maxBytes, name, received(answer, care))
  yield* atMost(maxBytes, name, decoded(sent, answer.headers['content-encoding'], name))
}

async function* received({ headers, body }: Answer, { name, watch, maxBytes }: Care): AsyncGenerator<Uint8Array> {
  const announced = headers['content-length'] === undefined ? null : Number(headers['content-length'])
  if (announced !== null && announced > maxBytes) throw tooLarge(name, maxBytes)
  let bytes = 0
  try {
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      watch.heard()
      bytes += chunk.length
      yield chunk
    }
  } catch (error) {
    throw cutOff(name, bytes, announced, error)
  }
}

async function* atMost(most: number, name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > most) throw tooLarge(name, most)
    yield chunk
  }
}
