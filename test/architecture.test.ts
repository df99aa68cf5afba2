import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { globSync } from 'tinyglobby'
import { describe, expect, it } from 'vitest'

const ROOMS = 'src'

/** From the ground up; a room may import lower levels and itself, never a sibling. */
const LEVELS: readonly (readonly string[])[] = [
  ['model', 'lib'],
  ['feeds', 'catalog', 'targets', 'transport', 'ledger', 'reporters', 'images', 'sandbox'],
  ['engine', 'config'],
  ['sync'],
  ['index.ts'],
  ['cli'],
]

/** Things of the outside world that have one door each. Comments and texts may name them. */
const DOORS: readonly { readonly what: string; readonly pattern: RegExp; readonly doors: readonly string[] }[] = [
  {
    what: 'the process',
    pattern: /\bprocess\.(?!emitWarning)/,
    doors: ['src/cli/io.ts', 'src/cli/main.ts', 'src/lib/sqlite.ts'],
  },
  { what: 'the console', pattern: /\bconsole\./, doors: [] },
  { what: 'timers', pattern: /\b(?:setTimeout|setInterval|setImmediate)\(/, doors: ['src/lib/clock.ts'] },
  { what: 'the wall clock', pattern: /\bDate\.now\(|new Date\(\)|performance\.now\(/, doors: ['src/lib/clock.ts'] },
  { what: 'chance', pattern: /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(/, doors: ['src/lib/hash.ts'] },
]

interface Import {
  readonly file: string
  readonly from: string
}

// Declarations of a package's types load nothing of it.
const files = globSync([`${ROOMS}/**/*.ts`, '!**/*.d.ts'])
  .map(normalize)
  .toSorted()
const texts = new Map(files.map(file => [file, readFileSync(file, 'utf8')]))
const imports = files.flatMap(file => importsOf(file))

describe('the architecture', () => {
  it('has every room on one level', () => {
    const rooms = new Set(files.map(roomOf))
    expect([...rooms].toSorted()).toEqual(LEVELS.flat().toSorted())
  })

  it('lets a room import lower levels and itself only, types included', () => {
    const wrong = local(imports).filter(({ file, from }) => roomOf(file) !== roomOf(from) && level(file) <= level(from))
    expect(wrong).toEqual([])
  })

  it('keeps model free of everything', () => {
    expect(imports.filter(({ file, from }) => roomOf(file) === 'model' && roomOf(from) !== 'model')).toEqual([])
  })

  it('has no import cycle, types included', () => {
    expect(cycles()).toEqual([])
  })

  it('gives every package exactly one door', () => {
    const doors = new Map<string, Set<string>>()
    for (const { file, from } of imports.filter(({ from }) => !from.startsWith('node:') && !files.includes(from))) {
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/')
      doors.set(name, (doors.get(name) ?? new Set()).add(file))
    }
    const shared = [...doors].filter(([, each]) => each.size > 1).map(([name, each]) => ({ name, doors: [...each] }))
    expect(shared).toEqual([])
  })

  it('uses every dependency it declares, and declares every one it uses', () => {
    const declared = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).dependencies)
    const text = [...texts.values()].join('\n')
    expect(declared.filter(name => !text.includes(`'${name}`))).toEqual([])
    const used = imports.map(({ from }) => from).filter(from => !from.startsWith('node:') && !files.includes(from))
    expect(used.filter(from => !declared.some(name => from === name || from.startsWith(`${name}/`)))).toEqual([])
  })

  it.each(DOORS)('reaches $what through its doors only', ({ pattern, doors }) => {
    const users = files.filter(file => !doors.includes(file) && pattern.test(withoutComments(texts.get(file) ?? '')))
    expect(users).toEqual([])
  })

  it('keeps files short enough to be one thought', () => {
    const long = files.filter(file => (texts.get(file) ?? '').split('\n').length > 250)
    expect(long).toEqual([])
  })

  it('exports names only, never defaults', () => {
    expect(files.filter(file => /^export default/m.test(texts.get(file) ?? ''))).toEqual([])
  })
})

function importsOf(file: string): Import[] {
  const text = texts.get(file) ?? ''
  const specifiers = text.matchAll(/(?:^(?:import|export)\b[^']*\bfrom |\bimport\(|\brequire\()'([^']+)'/gm)
  return [...specifiers].map(([, from = '']) => ({
    file,
    from: from.startsWith('.') ? normalize(join(dirname(file), from)) : from,
  }))
}

function local(all: readonly Import[]): Import[] {
  return all.filter(({ from }) => files.includes(from))
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? ''
}

function level(file: string): number {
  return LEVELS.findIndex(rooms => rooms.includes(roomOf(file)))
}

/** Every import that leads back to the file it is in, as the path it takes. */
function cycles(): string[][] {
  const next = new Map(
    files.map(file => [
      file,
      local(imports)
        .filter(each => each.file === file)
        .map(each => each.from),
    ]),
  )
  const done = new Set<string>()
  const found: string[][] = []
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file])
      return
    }
    if (done.has(file)) return
    for (const each of next.get(file) ?? []) walk(each, [...path, file])
    done.add(file)
  }
  for (const file of files) walk(file, [])
  return found
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '')
}
