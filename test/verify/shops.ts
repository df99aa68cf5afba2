import type { Finding } from '../../src/model/verification.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'
import { Terminal } from '../cli/terminal.ts'
import { Pim } from '../sandbox/akeneo/client.ts'
import { Rig as Store } from '../sandbox/client.ts'
import { Shop } from '../sandbox/emporix/client.ts'
import { MediaPocket } from '../sandbox/mediapocket/client.ts'
import { ProductAi } from '../sandbox/productai/client.ts'

/** The address of an image of a lamp. */
export function lamp(name: string): string {
  return `https://cdn.example.com/lamps/${name}.jpg`
}

/** Three lamps with six images. */
const FEED = `sku,image_1,image_2,image_3
LMP-1,${lamp('1a')},${lamp('1b')},${lamp('1c')}
LMP-2,${lamp('2a')},${lamp('2b')},
LMP-3,${lamp('3a')},,
`

/** What a line says besides its place in the feed. */
export type Told = Pick<Finding, 'target' | 'code' | 'status' | 'rank' | 'foundRank' | 'expected' | 'found' | 'repair'>

/** Five shops, a config that names them all, and a feed; and somebody who changes things there behind everybody's back. */
export class Shops {
  readonly terminal = new Terminal()
  readonly sandbox: Sandbox
  readonly store: Store
  readonly pim: Pim
  readonly dam: MediaPocket
  readonly studio: ProductAi
  readonly shop: Shop

  private constructor(sandbox: Sandbox) {
    this.sandbox = sandbox
    this.store = new Store(sandbox)
    this.pim = new Pim(sandbox)
    this.dam = new MediaPocket(sandbox)
    this.studio = new ProductAi(sandbox)
    this.shop = new Shop(sandbox)
  }

  /** @param options of targets by their types, besides those that the sandbox names */
  static async open(
    sandboxOptions: SandboxOptions = {},
    options: Readonly<Record<string, object>> = {},
  ): Promise<Shops> {
    const shops = new Shops(await startSandbox(sandboxOptions))
    await shops.pim.login()
    await shops.shop.signIn()
    const targets = Object.entries(shops.sandbox.targets).map(([type, own]) => [
      type,
      { ...own, rate: 'off', retries: 0, maxWait: 0, ...options[type] },
    ])
    shops.terminal.file('.assetsyncrc', { targets: Object.fromEntries(targets) })
    shops.terminal.file('lamps.csv', FEED)
    return shops
  }

  push(more = '') {
    return this.terminal.call(`push lamps.csv${more}`)
  }

  /** The lines that are not the same. */
  async drift(more = ''): Promise<Told[]> {
    const { stdout } = await this.terminal.call(`verify lamps.csv --format ndjson${more}`)
    const lines = stdout.split('\n').filter(text => text !== '')
    return lines
      .map((line): Finding => JSON.parse(line))
      .filter(({ status }) => status !== 'same')
      .map(({ target, code, status, rank, foundRank, expected, found, repair }) => {
        return { target, code, status, rank, foundRank, expected, found, repair }
      })
  }

  /** Pushes everything and gives the ids of the assets, by target and key. */
  async pushAll(): Promise<(target: string, key: string) => string> {
    const outcomes = await this.terminal.outcomes('push lamps.csv')
    const ids = new Map(outcomes.map(({ target, key, remoteId }) => [`${target} ${key}`, remoteId ?? '']))
    return (target, key) => ids.get(`${target} ${key}`) ?? ''
  }

  async close(): Promise<void> {
    await this.sandbox.close()
    this.terminal.close()
  }
}
