import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import { outputsOf, writeOutputs } from '../../src/cli/output.ts'
import type { Document } from '../../src/reporters/reporter.ts'
import { anOutcome, aPlan, aReport, aStep } from '../reporters/documents.ts'
import { catalogOf, Terminal } from './terminal.ts'

const BIN = resolve('bin/assetsync.js')
const NOTHING_TAKEN = { files: [], folder: null }

let terminal: Terminal

beforeEach(() => {
  terminal = new Terminal()
  terminal.file('chairs.csv', catalogOf(3))
})

afterEach(() => terminal.close())

/** Surroundings with a standard output that takes its time, or fails. */
function surroundings(write: (text: string, done: (error?: Error | null) => void) => void): Io {
  const stdout = new Writable({ highWaterMark: 16, write: (chunk, _, done) => write(String(chunk), done) })
  stdout.on('error', () => undefined)
  const io: Pick<Io, 'env' | 'cwd' | 'stdout' | 'stderr'> = {
    env: {},
    cwd: terminal.folder,
    stdout,
    stderr: new Writable({ write: (_chunk, _encoding, done) => done() }),
  }
  return io as Io // nothing else is looked at
}

const quietly = () => surroundings((_, done) => done())

/** A report whose disk is full after some of it. */
function fullAfter(count: number): Document {
  return {
    ...aReport([]),
    *outcomes() {
      for (let at = 0; at < count; at++) yield anOutcome({ code: `SOFA-${at}` })
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    },
  }
}

describe('report files', () => {
  it('are written in several formats at once, each whole', async () => {
    const { code } = await terminal.call(
      'push chairs.csv --sandbox --report run.json --report run.ndjson --report gl-code-quality-report.json',
    )
    expect(code).toBe(0)
    expect(JSON.parse(terminal.read('run.json')).items).toHaveLength(3)
    expect(terminal.read('run.ndjson').trim().split('\n')).toHaveLength(3)
    expect(JSON.parse(terminal.read('gl-code-quality-report.json'))).toEqual([])
    expect(readdirSync(terminal.folder).filter(name => name.endsWith('.tmp'))).toEqual([])
  })

  it.each([
    ['--report run.json --report ./run.json', '--report run.json and --report ./run.json are the same file.'],
    ['--report run.json --report link.json', 'are the same file.'],
    ['--report chairs-link.csv', 'it is read by this run'],
    ['--report folder.json', '--report folder.json is a folder.'],
    ['--report run.docx', 'The extension of run.docx is no report format.'],
  ])('%s is refused before anything is read', async (options, words) => {
    terminal.file('run.json', '')
    symlinkSync('run.json', join(terminal.folder, 'link.json'))
    symlinkSync('chairs.csv', join(terminal.folder, 'chairs-link.csv'))
    mkdirSync(join(terminal.folder, 'folder.json'))
    const { code, stdout, stderr } = await terminal.call(`push chairs.csv --sandbox ${options}`)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
    expect(existsSync(join(terminal.folder, '.assetsync/sandbox/ledger.db'))).toBe(false)
  })

  it('that cannot be written are noticed before anything is sent, with exit code 9', async () => {
    terminal.file('taken', 'This is a file, not a folder.')
    const { code, stdout, stderr } = await terminal.call(
      'push chairs.csv --sandbox --report run.json --report taken/run.json',
    )
    expect({ code, stdout }).toEqual({ code: 9, stdout: '' })
    expect(stderr).toMatch(/The report taken\/run\.json cannot be written: .*\.\nNothing was read or sent\./)
    expect(terminal.read('taken')).toBe('This is a file, not a folder.')
    expect(existsSync(join(terminal.folder, 'run.json'))).toBe(false)
    expect((await terminal.call('push chairs.csv --sandbox')).stdout).toContain('created 3')
  })

  it('follow links and keep who may read them', async () => {
    terminal.file('last.json', '')
    chmodSync(join(terminal.folder, 'last.json'), 0o600)
    symlinkSync('last.json', join(terminal.folder, 'run.json'))
    await terminal.call('push chairs.csv --sandbox --report run.json')
    expect(JSON.parse(terminal.read('last.json')).items).toHaveLength(3)
    expect(JSON.parse(terminal.read('run.json')).items).toHaveLength(3)
  })

  it('whose disk is full in the middle leave no half file; all others are written, and it is said how to get it again', async () => {
    terminal.file('a.json', 'the old report')
    const report = { report: ['a.json', 'b.codequality.json', 'with a space.ndjson'], sandbox: true, state: 'ledgers' }
    let stdout = ''
    const io = surroundings((text, done) => {
      stdout += text
      done()
    })
    const outputs = outputsOf('report', report, io, NOTHING_TAKEN)
    const result = { ...outputs.stdout, render: () => ['the result\n'] }
    const written = writeOutputs(fullAfter(1000), { ...outputs, stdout: result }, report, io)
    await expect(written).rejects.toMatchObject({
      exit: 9,
      message: [
        'The report a.json cannot be written: the disk is full.',
        'The report b.codequality.json cannot be written: the disk is full.',
        'The report with a space.ndjson cannot be written: the disk is full.',
      ].join('\n'),
      fix: [
        'Nothing that was sent is lost. When there is room for it: assetsync report run-7 --sandbox --state ledgers --report a.json',
        'assetsync report run-7 --sandbox --state ledgers --report b.codequality.json',
        'assetsync report run-7 --sandbox --state ledgers --report "with a space.ndjson"',
      ].join('; '),
    })
    expect(stdout).toBe('the result\n')
    expect(terminal.read('a.json')).toBe('the old report')
    expect(readdirSync(terminal.folder).toSorted()).toEqual(['a.json', 'chairs.csv'])
  })

  it('of a plan are had again by planning again', async () => {
    const options = { report: ['plan.json'] }
    const io = quietly()
    const plan = { ...aPlan([]), steps: () => [aStep()] }
    const outputs = outputsOf('plan', options, io, NOTHING_TAKEN)
    mkdirSync(join(terminal.folder, 'plan.json'))
    await expect(writeOutputs(plan, outputs, options, io)).rejects.toMatchObject({
      exit: 9,
      message: expect.stringContaining('The report plan.json cannot be written'),
      fix: 'Nothing was sent: run it again when there is room for it.',
    })
  })

  it('say when the system refuses to write on, in a real process', () => {
    const folder = Array(4).fill('lamps'.repeat(40)).join('/') // is in the report several times
    terminal.file(`${folder}/feed.csv`, 'sku,image_1\nLAMP-1,https://images.example.com/1.jpg\n')
    const line = `ulimit -f 2; exec "${process.execPath}" "${BIN}" check "${folder}/feed.csv" --report big.json --report small.ndjson`
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: terminal.folder, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 9,
      stderr: expect.stringContaining('The report big.json cannot be written: the file would be larger'),
    })
    expect(stdout).toContain('1 product')
    expect(terminal.read('small.ndjson')).toBe('')
    expect(readdirSync(terminal.folder).filter(name => name.startsWith('big.json'))).toEqual([])
  })
})

describe('a CI system', () => {
  const outputIn = async (exitCode: number | null) => {
    const io = quietly()
    const env = { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: terminal.file('output', '') }
    const outputs = outputsOf('plan', {}, io, NOTHING_TAKEN)
    await writeOutputs(aPlan([aStep()]), outputs, {}, { ...io, env }, exitCode)
    return terminal.read('output')
  }

  it('is told the exit code of the command, and nothing of results of the past', async () => {
    expect(await outputIn(10)).toContain('exit-code=10\n')
    expect(await outputIn(null)).toBe('')
  })
})

describe('standard output', () => {
  it('waits for a reader that is slower than the result is made', async () => {
    const pieces: string[] = []
    const io = surroundings((text, done) => {
      pieces.push(text)
      setImmediate(done)
    })
    const outcomes = Array.from({ length: 5000 }, (_, at) => anOutcome({ code: `SOFA-${at}` }))
    const options = { format: 'ndjson' }
    await writeOutputs(aReport(outcomes), outputsOf('report', options, io, NOTHING_TAKEN), options, io)
    const codes = pieces
      .join('')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).code)
    expect(codes).toEqual(outcomes.map(({ code }) => code))
    expect(pieces.length).toBeGreaterThan(10)
  })

  it('that is closed early is no failure', async () => {
    const io = surroundings((_, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })))
    const outputs = outputsOf('report', {}, io, NOTHING_TAKEN)
    await expect(writeOutputs(aReport(), outputs, {}, io)).resolves.toBe(undefined)
  })

  it('that is full is a failure, and the reports are written all the same', async () => {
    const io = surroundings((_, done) => done(Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' })))
    const options = { report: ['run.json'], format: 'json' }
    const outputs = outputsOf('report', options, io, NOTHING_TAKEN)
    await expect(writeOutputs(aReport(), outputs, options, io)).rejects.toMatchObject({
      exit: 9,
      message: 'The result cannot be written to stdout: the disk is full.',
      fix: 'Nothing that was sent is lost. When there is room for it: assetsync report run-7 --format json',
    })
    expect(JSON.parse(terminal.read('run.json')).items).toHaveLength(6)
  })

  it.each(['head -1', 'true'])('ends quietly when the reader is "%s", in a real process', reader => {
    const bad = Array.from({ length: 20_000 }, (_, at) => `CHR-${at},front.jpg`)
    terminal.file('chairs.csv', `sku,image_1\n${bad.join('\n')}\n`)
    const line = `"${process.execPath}" "${BIN}" check chairs.csv -f ndjson --report run.json | ${reader}; echo "code \${PIPESTATUS[0]}"`
    const { stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: terminal.folder, encoding: 'utf8' })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/code 3\n$/)
    expect(JSON.parse(terminal.read('run.json')).rejections).toHaveLength(20_000)
  })

  it.each([
    ['help push'],
    ['push --help'],
    [],
    ['help exit-codes'],
    ['completion bash'],
    ['config schema'],
    ['config print'],
    ['targets'],
    ['runs'],
    ['doctor --sandbox'],
    ['sandbox'],
    ['--version'],
    ['version'],
  ])('that is full is exit code 9 for every command, in the same words: %s', (line = '') => {
    const command = `timeout 20 "${process.execPath}" "${BIN}" ${line} > /dev/full`
    const { status, stderr } = spawnSync('bash', ['-c', command], { cwd: terminal.folder, encoding: 'utf8' })
    expect({ status, stderr }).toEqual({
      status: 9,
      stderr: expect.stringContaining('The result cannot be written to stdout: the disk is full.'),
    })
  })
})
