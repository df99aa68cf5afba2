import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Joiner } from '../../src/catalog/joiner.ts'

interface Room {
  readonly seq: number
  readonly name: string
  readonly lamps: readonly string[]
}

interface Note {
  readonly seq: number
  readonly text: string
}

function aJoiner() {
  return new Joiner<Room, Note, [Room['seq'], Room['name'], Room['lamps']]>({
    keyOf: ({ name }) => name,
    join: (room, later) => ({ ...room, lamps: [...room.lamps, ...later.lamps] }),
    toKept: ({ seq, name, lamps }) => [seq, name, lamps],
    fromKept: ([seq, name, lamps]) => ({ seq, name, lamps }),
  })
}

/** What comes of "hall:desk" (a part) and "!text" (something that stands for itself), in that order. */
function joined(...words: string[]): string[] {
  const joiner = aJoiner()
  for (const [seq, word] of words.entries()) {
    const [name = '', lamp = ''] = word.split(':')
    if (word.startsWith('!')) joiner.pass({ seq, text: word })
    else joiner.add({ seq, name, lamps: [lamp] })
  }
  joiner.end()
  const entries = [...joiner.entries()]
  joiner.close()
  return entries.map(entry =>
    'part' in entry ? `${entry.part.seq} ${entry.part.name}: ${entry.part.lamps.join(' ')}` : entry.other.text,
  )
}

describe('joining parts', () => {
  it('joins neighbours', () => {
    expect(joined('hall:a', 'hall:b', 'bath:c')).toEqual(['0 hall: a b', '2 bath: c'])
  })

  it('joins those that are scattered, at the place of the first', () => {
    expect(joined('hall:a', 'bath:b', 'hall:c', 'attic:d', 'bath:e', 'hall:f')).toEqual([
      '0 hall: a c f',
      '1 bath: b e',
      '3 attic: d',
    ])
  })

  it('keeps what stands for itself where it was', () => {
    expect(joined('!first', 'hall:a', '!between', 'hall:b', '!last')).toEqual([
      '!first',
      '1 hall: a b',
      '!between',
      '!last',
    ])
  })

  it('takes keys for what they are', () => {
    expect(joined('__proto__:a', 'constructor:b', '__proto__:c', '7:d', '07:e', ':f')).toEqual([
      '0 __proto__: a c',
      '1 constructor: b',
      '3 7: d',
      '4 07: e',
      '5 : f',
    ])
  })

  it('of nothing is nothing', () => {
    expect(joined()).toEqual([])
  })

  it('can be walked through several times', () => {
    const joiner = aJoiner()
    for (const [seq, name] of ['hall', 'bath', 'hall'].entries()) joiner.add({ seq, name, lamps: [`${seq}`] })
    joiner.end()
    expect([...joiner.entries()]).toEqual([...joiner.entries()])
    joiner.close()
    expect(() => [...joiner.entries()]).toThrow('closed')
  })

  it('gives each key once, with its parts in the order of the feed, whatever that is', () => {
    const words = fc.array(fc.oneof(fc.constantFrom('hall', 'bath', 'attic', '0', '__proto__'), fc.constant('!')), {
      maxLength: 30,
    })
    fc.assert(
      fc.property(words, names => {
        const given = names.map((name, at) => (name === '!' ? `!${at}` : `${name}:${at}`))
        const expected: string[] = []
        for (const [at, name] of names.entries()) {
          const lamps = names.flatMap((other, lamp) => (other === name ? [lamp] : []))
          if (name === '!') expected.push(`!${at}`)
          else if (names.indexOf(name) === at) expected.push(`${at} ${name}: ${lamps.join(' ')}`)
        }
        expect(joined(...given)).toEqual(expected)
      }),
    )
  })
})
