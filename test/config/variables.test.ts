import { describe, expect, it } from 'vitest'
import { formatPath, type Path } from '../../src/config/tree.ts'
import { fillVariables, variablesIn } from '../../src/config/variables.ts'

const env = { TOKEN: 'swordfish', FOLDER: '/srv/feeds', COUNT: '5', EMPTY: '', DOLLARS: `$& \${TOKEN}` }

function fill(tree: Readonly<Record<string, unknown>>, mayMiss: (path: Path) => boolean = () => false) {
  const filled = fillVariables(tree, env, mayMiss)
  return { tree: filled.tree, problems: filled.problems.map(({ path, words }) => `${formatPath(path)}: ${words}`) }
}

describe('variables', () => {
  it('are filled in anywhere in a text, however deep', () => {
    expect(fill({ token: `\${TOKEN}`, feed: { files: [`\${FOLDER}/a.csv`, `\${FOLDER}/\${COUNT}.csv`] } })).toEqual({
      tree: { token: 'swordfish', feed: { files: ['/srv/feeds/a.csv', '/srv/feeds/5.csv'] } },
      problems: [],
    })
  })

  it('leave everything that is no text alone, and keys', () => {
    const day = new Date(0)
    const key = `\${TOKEN}`
    const tree = { [key]: 1, day, list: [null, true], price: '5 $', braces: '{rank} $rank' }
    expect(fill(tree)).toEqual({ tree, problems: [] })
  })

  it('are not filled in twice, and their value is no pattern', () => {
    expect(fill({ token: `<\${DOLLARS}>` }).tree).toEqual({ token: `<$& \${TOKEN}>` })
  })

  it.each([
    [`$\${TOKEN}`, `\${TOKEN}`],
    [`$$\${TOKEN}`, `$\${TOKEN}`],
    [`$\${`, `\${`],
    [`$\${\${TOKEN}`, `\${swordfish`],
  ])('write %s for a literal: %s', (written, text) => {
    expect(fill({ text: written })).toEqual({ tree: { text }, problems: [] })
  })

  it('are all told when they are missing or empty', () => {
    expect(fill({ a: `\${NOPE}\${NEITHER}`, b: { c: [`\${EMPTY}`] }, d: `\${constructor}` }).problems).toEqual([
      'a: the environment variable NOPE is not set',
      'a: the environment variable NEITHER is not set',
      'b.c[0]: the environment variable EMPTY is empty',
      'd: the environment variable constructor is not set',
    ])
  })

  it.each([`\${}`, `\${TOKEN`, `\${TOKEN:-x}`, `\${my token}`])('refuse %s, which names none', text => {
    expect(fill({ text }, () => true).problems).toEqual([
      `text: expected the name of a variable, as in \${NAME}; a literal \${ is written $\${`,
    ])
  })

  it('may be missing where they do not matter', () => {
    expect(fill({ a: `x-\${NOPE}`, b: `\${NOPE}` }, path => path[0] === 'a')).toEqual({
      tree: { a: 'x-sandbox', b: 'sandbox' },
      problems: ['b: the environment variable NOPE is not set'],
    })
  })

  it('keep __proto__ as a key', () => {
    expect(JSON.stringify(fill(JSON.parse(`{"__proto__": "\${COUNT}"}`)).tree)).toBe('{"__proto__":"5"}')
  })

  it('are found in all texts without their values', () => {
    const tree = { token: `\${TOKEN}`, feed: { files: [`\${FOLDER}/$\${NOT}/\${COUNT}.csv`, '5 $'] } }
    expect(variablesIn(tree)).toEqual(['TOKEN', 'FOLDER', 'COUNT'])
    expect(variablesIn(undefined)).toEqual([])
  })
})
