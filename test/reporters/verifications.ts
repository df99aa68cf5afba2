import {
  CONDITIONS,
  type Condition,
  type Finding,
  type GalleryDifference,
  type VerifiedTarget,
  type VerifyReport,
} from '../../src/model/verification.ts'
import { aFeed, RUN } from './documents.ts'

export function aFinding(facts: Partial<Finding> = {}): Finding {
  const { status = 'same', rank = 1 } = facts
  const url = `https://cdn.example.com/lamp/${rank}.jpg`
  const isThere = status !== 'missing' && status !== 'unreadable'
  return {
    target: 'catalogix',
    code: 'LAMP-1',
    key: 'LAMP-1',
    status,
    rank,
    foundRank: isThere ? rank : null,
    expected: url,
    found: isThere ? url : null,
    repair: null,
    reason: null,
    message: null,
    source: 'furniture.csv:2',
    ...facts,
  }
}

export function noConditions(facts: Partial<Record<Condition, number>> = {}): Record<Condition, number> {
  return { same: 0, missing: 0, differs: 0, moved: 0, extra: 0, unreadable: 0, ...facts }
}

/** A verification with these findings; its totals are theirs. */
export function aVerification(findings: readonly Finding[], facts: Partial<VerifyReport> = {}): VerifyReport {
  const names = [...new Set(findings.map(({ target }) => target))]
  return {
    kind: 'verify',
    run: { ...RUN, command: 'verify' },
    feed: aFeed({ rejected: 0 }),
    targets: names.map(name => aVerified(name, findings)),
    everywhere: null,
    repairs: [],
    next: [],
    notices: [],
    exitCode: findings.every(({ status }) => status === 'same') ? 0 : 1,
    findings: () => findings,
    differences: (): Iterable<GalleryDifference> => [],
    ...facts,
  }
}

function aVerified(name: string, findings: readonly Finding[]): VerifiedTarget {
  const own = findings.filter(({ target }) => target === name)
  const count = (status: Condition) => own.filter(each => each.status === status).length
  return {
    name,
    type: 'catalogix',
    totals: noConditions(Object.fromEntries(CONDITIONS.map(status => [status, count(status)]))),
    images: own.length - count('extra'),
    requests: 2,
    durationMs: 1200,
    endpoint: 'https://api.catalogix.ai/v1',
    readable: true,
    cannot: ['Videos are not looked at.'],
  }
}

/** One image of every condition but the unreadable one. */
export const DRIFT = [
  aFinding(),
  aFinding({ status: 'missing', rank: 2, repair: 'push-full' }),
  aFinding({ status: 'differs', rank: 3, found: 'https://cdn.example.com/sofa.jpg', repair: 'push-full' }),
  aFinding({ status: 'moved', rank: 4, foundRank: 1, repair: 'push-full' }),
  aFinding({ status: 'extra', key: null, rank: null, foundRank: 5, expected: null, found: 'old.jpg' }),
  aFinding({
    code: '椅子-7',
    status: 'missing',
    reason: 'in-trash',
    message: 'It is in the trash bin.',
    source: 'f.csv:3',
  }),
]
