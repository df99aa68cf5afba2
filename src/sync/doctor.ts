import { existsSync } from 'node:fs'
import type { ConfiguredTarget } from '../config/config.ts'
import { ioOf } from '../engine/lane.ts'
import { openLedger } from '../ledger/index.ts'
import { lockLedger } from '../ledger/lock.ts'
import { ledgerFile } from '../ledger/open.ts'
import { duration } from '../lib/text.ts'
import { AssetsyncError } from '../model/errors.ts'
import { EXIT } from '../model/exit.ts'
import { Fault } from '../model/fault.ts'
import type { HttpResponse, Send } from '../model/http.ts'
import { iso } from './header.ts'
import { openLane } from './lanes.ts'
import type { RunRequest } from './request.ts'

/** A clock that is further off than this makes tokens and dates unreliable. */
const SKEW_MS = 5 * 60_000

/** One thing that was looked at. `exit` is the code that its trouble calls for, 0 when all is well. */
export interface Finding {
  readonly subject: string
  readonly exit: number
  readonly message: string
}

/** Looks at everything a push needs, without writing to any target. */
export async function examine(request: RunRequest): Promise<readonly Finding[]> {
  const findings: Finding[] = [proxyFinding(request), await ledgerFinding(request)]
  for (const configured of request.config.targets) findings.push(...(await targetFindings(configured, request)))
  return findings
}

function proxyFinding({ proxies }: RunRequest): Finding {
  const hosts = [proxies.http, proxies.https].flatMap(proxy =>
    proxy !== undefined && URL.canParse(proxy) ? [new URL(proxy).host] : [],
  )
  const message =
    hosts.length === 0 ? 'none in the environment' : `${[...new Set(hosts)].join(', ')} (HTTP_PROXY, HTTPS_PROXY)`
  return { subject: 'proxy', exit: EXIT.ok, message }
}

async function ledgerFinding(request: RunRequest): Promise<Finding> {
  const { state, pid, clock, stop } = request
  const subject = 'ledger'
  if (!existsSync(ledgerFile(state)))
    return { subject, exit: EXIT.ok, message: `none yet; the first push makes it in ${state}` }
  try {
    const holder = { pid, command: 'assetsync doctor', since: iso(clock.wall()) }
    const lock = await lockLedger(state, { holder, wait: 0, clock, stop })
    try {
      const ledger = openLedger(state)
      const warnings = [...ledger.warnings]
      ledger.close()
      const message = [`${ledgerFile(state)} can be used`, ...warnings].join('. ')
      return { subject, exit: EXIT.ok, message }
    } finally {
      lock.release()
    }
  } catch (error) {
    if (error instanceof AssetsyncError) return { subject, exit: error.exit, message: error.message }
    throw error
  }
}

async function targetFindings(configured: ConfiguredTarget, request: RunRequest): Promise<Finding[]> {
  const subject = configured.name
  const none = {
    note: () => undefined,
    image: async (url: string) => ({ kind: 'problem', reason: 'image-unreachable', message: url }) as const,
  }
  const lane = openLane(configured, 0, none, request)
  const dates: string[] = []
  const send: Send = async each => remember(await lane.wire.send(each), dates)
  try {
    await configured.target.probe(ioOf(lane, send), configured.options)
    const fine: Finding = {
      subject,
      exit: EXIT.ok,
      message: `${configured.settings.baseUrl} answers and takes the credentials`,
    }
    return [fine, ...clockFinding(dates, request)]
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const exit = exitOf(error)
    const status = error.http === null ? '' : `HTTP ${error.http}: `
    return [
      {
        subject,
        exit,
        message: `${configured.settings.baseUrl}: ${status}${error.message} ${ADVICE[exit] ?? ''}`.trim(),
      },
    ]
  } finally {
    await lane.wire.close()
  }
}

function remember(response: HttpResponse, dates: string[]): HttpResponse {
  if (response.headers.date !== undefined) dates.push(response.headers.date)
  return response
}

function clockFinding(dates: readonly string[], { clock }: RunRequest): Finding[] {
  const theirs = Date.parse(dates.at(-1) ?? '')
  if (Number.isNaN(theirs)) return []
  const skew = Math.abs(clock.wall() - theirs)
  if (skew <= SKEW_MS) return []
  return [
    {
      subject: 'clock',
      exit: EXIT.usage,
      message: `differs from the target's by ${duration(skew)}: set the machine's time`,
    },
  ]
}

const ADVICE: Readonly<Record<number, string>> = {
  [EXIT.usage]: '(check baseUrl and the options of the target)',
  [EXIT.credentials]: '(check the credentials, and the variables they come from)',
  [EXIT.temporary]: '(check the network and the proxy, or try later)',
}

function exitOf(fault: Fault): number {
  if (fault.kind === 'credentials') return EXIT.credentials
  return fault.kind === 'endpoint' || fault.kind === 'refused' ? EXIT.usage : EXIT.temporary
}
