import type { Held, SentItem } from '../../src/model/item.ts'
import type { Verdict } from '../../src/model/outcome.ts'
import type { Product, Rejection } from '../../src/model/product.ts'
import type { RejectStep, SendStep, UnchangedStep } from '../../src/model/step.ts'

/** `count` image URLs of a code, in rank order. */
export function images(code: string, count = 2): string[] {
  return Array.from({ length: count }, (_, at) => `https://cdn.example.com/${encodeURIComponent(code)}/${at + 1}.jpg`)
}

/** "LAMP-001", "LAMP-002" … */
export function codes(count: number, prefix = 'LAMP'): string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}-${String(at + 1).padStart(3, '0')}`)
}

export function aProduct(facts: Partial<Product> = {}): Product {
  const { code = 'LAMP-001', seq = 0 } = facts
  return { seq, code, gallery: images(code), fields: {}, source: `lamps.csv:${seq + 2}`, dropped: null, ...facts }
}

export function products(count: number): Product[] {
  return codes(count).map((code, seq) => aProduct({ seq, code }))
}

export function aRejection(facts: Partial<Rejection> = {}): Rejection {
  const { seq = 0 } = facts
  return {
    seq,
    code: null,
    reason: 'code-missing',
    message: 'The record has no code.',
    fix: '',
    source: `lamps.csv:${seq + 2}`,
    ...facts,
  }
}

export function anItem(facts: Partial<SentItem> = {}): SentItem {
  const { code = 'LAMP-001' } = facts
  return { key: code, code, gallery: images(code), values: {}, remoteId: null, doubtful: false, trim: [], ...facts }
}

export function aHeld(facts: Partial<Held> = {}): Held {
  const { code = 'LAMP-001' } = facts
  return { key: code, code, fingerprint: `of ${code}`, gallery: images(code), tail: [], remoteId: null, ...facts }
}

export function aStep(facts: Partial<SendStep> = {}): SendStep {
  const { item = anItem(), seq = 0 } = facts
  return {
    action: 'create',
    seq,
    source: `lamps.csv:${seq + 2}`,
    item,
    fingerprint: `of ${item.code}`,
    bytes: 100,
    changes: { added: item.gallery.map((url, at) => ({ rank: at + 1, url })), removed: [], moved: [], other: false },
    tail: [],
    dropped: null,
    ...facts,
  }
}

export function steps(count: number, facts: Partial<SendStep> = {}): SendStep[] {
  return codes(count).map((code, seq) => aStep({ seq, item: anItem({ code }), ...facts }))
}

export function anUnchanged(facts: Partial<UnchangedStep> = {}): UnchangedStep {
  const { code = 'LAMP-001', seq = 0 } = facts
  return {
    action: 'unchanged',
    seq,
    source: `lamps.csv:${seq + 2}`,
    key: code,
    code,
    images: 2,
    remoteId: null,
    dropped: null,
    ...facts,
  }
}

export function aReject(facts: Partial<RejectStep> = {}): RejectStep {
  const { seq = 0 } = facts
  return {
    action: 'reject',
    seq,
    source: `lamps.csv:${seq + 2}`,
    code: null,
    reason: 'code-missing',
    message: 'The record has no code.',
    ...facts,
  }
}

export function aVerdict(facts: Partial<Verdict> = {}): Verdict {
  return {
    status: 'created',
    reason: null,
    message: null,
    remoteId: null,
    http: 200,
    requestId: 'request-1',
    ...facts,
  }
}
