import { afterEach } from 'vitest'
import { type Images, type ImagesOptions, openImages } from '../../src/images/index.ts'
import type { Resolve } from '../../src/images/lookup.ts'
import { AutoClock } from '../helpers/clock.ts'

/** Opens images that may be fetched from loopback and closes them after each test. */
export function opener(): (options?: Partial<ImagesOptions>, resolve?: Resolve) => Images {
  const opened: Images[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(images => images.close()))
  })
  return (options = {}, resolve = nowhere) => {
    const images = openImages(
      {
        allowHosts: ['127.0.0.1'],
        maxBytes: 1000,
        timeoutMs: 10_000,
        proxies: { http: undefined, https: undefined, no: undefined },
        clock: new AutoClock(),
        agent: 'assetsync/1.0.0',
        connections: 4,
        rewrite: null,
        ...options,
      },
      resolve,
    )
    opened.push(images)
    return images
  }
}

/** Answers with these addresses in turn, the last ones again and again, and remembers what it was asked. */
export function aResolver(...answers: readonly (readonly string[])[]): { resolve: Resolve; readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    async resolve(host) {
      const answer = answers[Math.min(asked.push(host), answers.length) - 1] ?? []
      return answer.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
  }
}

const nowhere: Resolve = async host => {
  throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
}
