import { expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { version } from '../../src/lib/version.ts'

it('the version is the one in package.json', () => {
  expect(version()).toBe(manifest.version)
})
