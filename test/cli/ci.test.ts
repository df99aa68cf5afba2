import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tellCiOfError } from '../../src/cli/ci.ts'
import { ioOf } from '../../src/cli/io.ts'
import { readConfigFile } from '../../src/config/file.ts'
import { catalogOf, Terminal } from './terminal.ts'

let terminal: Terminal

beforeEach(() => {
  terminal = new Terminal()
})

afterEach(() => terminal.close())

describe('in GitHub Actions', () => {
  let env: Record<string, string>

  beforeEach(() => {
    terminal.file('feeds/chairs.csv', `${catalogOf(2)}BAD,front.jpg,\n`)
    env = {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: terminal.folder,
      GITHUB_STEP_SUMMARY: terminal.file('summary.md', ''),
      GITHUB_OUTPUT: terminal.file('output', 'earlier=1\n'),
    }
  })

  const PUSH = 'push feeds/chairs.csv --sandbox'
  const ANNOTATION =
    '::error file=feeds/chairs.csv,line=4,title=BAD rejected::url-invalid: "front.jpg" is not a complete URL. Name its base with --image-base-url. (feeds/chairs.csv:4)\n'

  it('a push annotates the feed on stderr, and keeps stdout for the result', async () => {
    const { code, stdout, stderr } = await terminal.call(`${PUSH} --format json`, { env })
    expect({ code, stderr }).toEqual({ code: 1, stderr: ANNOTATION })
    expect(JSON.parse(stdout).exitCode).toBe(1)
  })

  it.each(['plan feeds/chairs.csv --sandbox', 'check feeds/chairs.csv', `${PUSH} -q`])(
    '%s annotates it as well',
    async line => {
      expect((await terminal.call(line, { env })).stderr).toBe(ANNOTATION)
    },
  )

  it('nothing is added to the summary or the outputs that is there already', async () => {
    await terminal.call([...PUSH.split(' '), '--report', 'run.json', '--report', 'a b.ndjson'], { env })
    const first = terminal.read('summary.md')
    await terminal.call(PUSH, { env })
    expect(first).toContain('rejected')
    expect(terminal.read('summary.md').startsWith(first)).toBe(true)
    expect(terminal.read('output')).toMatch(/^earlier=1\nrun=.*\nexit-code=1\ncreated=2\n/)
    expect(terminal.read('output')).toContain(`report=${join(terminal.folder, 'run.json')}\n`)
  })

  it('-q with nothing to complain about prints nothing, and still writes the summary', async () => {
    terminal.file('feeds/chairs.csv', `${catalogOf(2)}CHR-00001,https://images.example.com/CHR-00001/1.jpg,\n`)
    expect(await terminal.call(`${PUSH} -q`, { env })).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(terminal.read('summary.md')).not.toBe('')
  })

  it('a summary or outputs that cannot be written are a warning, and change no exit code', async () => {
    terminal.file('feeds/chairs.csv', catalogOf(2))
    const lost = { ...env, GITHUB_STEP_SUMMARY: '/nowhere/summary', GITHUB_OUTPUT: '/nowhere/output' }
    const { code, stderr } = await terminal.call(PUSH, { env: lost })
    expect(code).toBe(0)
    expect(stderr).toMatch(
      /^::warning title=assetsync::The job summary cannot be written: ENOENT.*\n::warning title=assetsync::The outputs of the step cannot be written: ENOENT.*\n$/,
    )
  })

  it('a summary is not written where GitHub would drop all of it', async () => {
    const full = 'x'.repeat(1024 * 1024 - 100)
    terminal.file('summary.md', full)
    const { stderr } = await terminal.call(PUSH, { env })
    expect(stderr).toContain(
      '::warning title=assetsync::The job summary cannot be written: it would be larger than 1 MiB',
    )
    expect(terminal.read('summary.md')).toBe(full)
  })

  it('a verification has a summary, too', async () => {
    terminal.file('feeds/chairs.csv', catalogOf(2))
    await terminal.call(`${PUSH} -q`, { env })
    const before = terminal.read('summary.md')
    const { stderr } = await terminal.call('verify feeds/chairs.csv --sandbox', { env })
    expect(stderr).toBe('')
    expect(terminal.read('summary.md').slice(before.length)).toContain('catalogix')
  })

  it('the reason why there is no result is an annotation, and its exit code an output', () => {
    const lines: string[] = []
    const io = { ...ioOf(process, ''), env, stderr: { write: (text: string) => lines.push(text) } }
    tellCiOfError('The feed is cut off.\n::error::no', 3, io as unknown as ReturnType<typeof ioOf>)
    expect(lines).toEqual(['::error title=assetsync::The feed is cut off.%0A\\u{3a}:error::no\n'])
    expect(terminal.read('output')).toBe('earlier=1\nexit-code=3\n')
  })
})

it('elsewhere nothing is annotated', async () => {
  terminal.file('chairs.csv', 'sku,image_1\nLAMP-1,https://images.example.com/1.jpg\nBAD,front.jpg\n')
  const output = terminal.file('output', '')
  const { stderr } = await terminal.call('push chairs.csv --sandbox', { env: { GITHUB_OUTPUT: output, CI: 'true' } })
  expect([stderr, terminal.read('output')]).toEqual(['', ''])
})

/** The recipes of docs/recipes, taken from their pages and run as far as a machine without cron and runners can. */
describe('the recipe', { timeout: 60_000 }, () => {
  const CATALOG = catalogOf(3)
  const CONFIG = `feed:
  files: ["feeds/*.csv"]
targets:
  catalogix:
    storeUuid: 699ec31355208b213e56059a
    channel: SMP
    token: \${CATALOGIX_TOKEN}
`

  /** A machine with the repository, and with what npm ci would have installed. */
  function checkOut(folder: string): void {
    mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
    terminal.file(join(folder, '.assetsyncrc').slice(terminal.folder.length + 1), CONFIG)
    terminal.file(join(folder, 'feeds/chairs.csv').slice(terminal.folder.length + 1), CATALOG)
    program(
      join(folder, 'node_modules/.bin/assetsync'),
      `exec "${process.execPath}" "${resolve('bin/assetsync.js')}" "$@"`,
    )
    program(join(folder, 'tools/npm'), '[ "$*" = ci ]')
    program(
      join(folder, 'tools/npx'),
      '[ "$1 $2" = "--no assetsync" ] || exit 99\nshift 2\nexec node_modules/.bin/assetsync "$@"',
    )
  }

  function program(path: string, script: string): void {
    const name = path.slice(terminal.folder.length + 1)
    chmodSync(terminal.file(name, `#!/bin/sh\n${script}\n`), 0o755)
  }

  /** Like a runner: bash, stopping at the first command that fails. The targets are the emulated ones. */
  function shell(script: string, folder: string, env: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-e', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${join(folder, 'tools')}:${process.env.PATH}`, LANG: 'C.UTF-8', ASSETSYNC_SANDBOX: '1', ...env },
    })
    return { status, stdout, stderr }
  }

  /** The fenced blocks of a page in this language. */
  function blocks(page: string, language: string): string[] {
    const text = readFileSync(`docs/recipes/${page}.md`, 'utf8')
    return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, found, block = '']) =>
      found === language ? [block] : [],
    )
  }

  interface Step {
    readonly name?: string
    readonly id?: string
    readonly if?: string
    readonly uses?: string
    readonly run?: string
    readonly with?: Readonly<Record<string, string>>
    readonly env?: Readonly<Record<string, string>>
  }

  async function yaml(text: string): Promise<Record<string, unknown>> {
    const file = await readConfigFile(terminal.file('parsed.yml', text))
    return { ...file?.tree }
  }

  describe('for GitHub Actions', () => {
    async function steps(at: number, job: string): Promise<readonly Step[]> {
      const { jobs } = (await yaml(blocks('github-actions', 'yaml')[at] ?? '')) as {
        jobs: Record<string, { steps: Step[] }>
      }
      return jobs[job]?.steps ?? []
    }

    it('is valid YAML with the keys of a workflow', async () => {
      const [push = '', check = '', extra = ''] = blocks('github-actions', 'yaml')
      expect(Object.keys(await yaml(push))).toEqual(['name', 'on', 'permissions', 'concurrency', 'jobs'])
      expect(Object.keys(await yaml(check))).toEqual(['name', 'on', 'permissions', 'jobs'])
      expect(Object.keys(await yaml(`steps:\n${extra}`))).toEqual(['steps'])
    })

    it('keeps the ledger whatever becomes of the push, under a key of its own that the next run finds', async () => {
      const [restore, save] = (await steps(0, 'push')).filter(({ uses }) => uses?.startsWith('actions/cache/'))
      expect(save?.if).toBe('always()')
      expect(save?.with).toEqual({ path: '.assetsync', key: restore?.with?.key })
      expect(restore?.with?.key?.startsWith(restore.with['restore-keys'] ?? '?')).toBe(true)
      expect(restore?.with?.key).toContain('github.run_id')
    })

    it('runs: the second job takes over the ledger and sends nothing', async () => {
      const all = await steps(0, 'push')
      const kept = all.find(({ uses }) => uses?.startsWith('actions/cache/save'))?.with?.path ?? ''
      const reports = all.find(({ uses }) => uses?.startsWith('actions/upload-artifact'))?.with?.path ?? ''
      const job = (name: string) => {
        const folder = join(terminal.folder, name)
        checkOut(folder)
        const github = {
          GITHUB_ACTIONS: 'true',
          GITHUB_WORKSPACE: folder,
          GITHUB_OUTPUT: join(folder, 'output'),
          GITHUB_STEP_SUMMARY: join(folder, 'summary'),
          CATALOGIX_TOKEN: 'a-token',
        }
        return { folder, run: () => all.map(({ run }) => (run ? shell(run, folder, github) : null)).filter(Boolean) }
      }
      const first = job('first')
      expect(first.run()).toEqual([
        { status: 0, stdout: '', stderr: '' },
        { status: 0, stdout: expect.stringContaining('created 3'), stderr: '' },
      ])
      expect(existsSync(join(first.folder, reports, 'run.json'))).toBe(true)
      expect(readFileSync(join(first.folder, 'output'), 'utf8')).toContain('created=3\n')

      const second = job('second')
      cpSync(join(first.folder, kept), join(second.folder, kept), { recursive: true })
      expect(second.run()[1]?.stdout).toMatch(/unchanged 3 {2}0 requests/)
    })

    it('checks a pull request', async () => {
      const folder = join(terminal.folder, 'pull')
      checkOut(folder)
      terminal.file('pull/feeds/lamps.csv', 'sku,image_1\nLAMP-1,lamp.jpg\n')
      const scripts = (await steps(1, 'check')).flatMap(({ run }) => run ?? [])
      const { status, stderr } = shell(scripts.join('\n'), folder, { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: folder })
      expect(status).toBe(1)
      expect(stderr).toContain('::error file=feeds/lamps.csv,line=2,title=LAMP-1 rejected::')
    })
  })

  describe('for GitLab', () => {
    interface Job {
      readonly extends: string
      readonly script: readonly string[]
      readonly cache?: { readonly paths: readonly string[]; readonly when: string; readonly policy: string }
      readonly resource_group?: string
    }

    it('keeps the ledger and the reports whatever becomes of the push', async () => {
      const [text = ''] = blocks('gitlab-ci', 'yaml')
      const config = await yaml(text)
      expect(Object.keys(config)).toEqual(['image', 'stages', '.reports', 'check-feed', 'push-images'])
      expect((config['push-images'] as Job).cache).toMatchObject({ when: 'always', policy: 'pull-push' })
      expect((config['push-images'] as Job).resource_group).toBe('product-images')
      expect(config['.reports']).toMatchObject({ artifacts: { when: 'always' } })
    })

    it.each([
      ['check-feed', 1],
      ['push-images', 1],
    ])('runs: %s writes the reports that GitLab takes', async (name, code) => {
      const folder = join(terminal.folder, 'project')
      checkOut(folder)
      terminal.file('project/feeds/lamps.csv', 'sku,image_1\nLAMP-1,lamp.jpg\n')
      const config = await yaml(blocks('gitlab-ci', 'yaml')[0] ?? '')
      const { script, cache } = config[name] as Job
      const { artifacts } = config['.reports'] as { artifacts: { reports: Record<string, string> } }
      const env = { CI: 'true', CI_PROJECT_DIR: folder, CATALOGIX_TOKEN: 'a-token' }
      const { status, stderr } = shell(script.join('\n'), folder, env)
      expect({ status, stderr }).toEqual({ status: code, stderr: '' })
      const [entry] = JSON.parse(readFileSync(join(folder, artifacts.reports.codequality ?? ''), 'utf8'))
      expect(entry).toMatchObject({
        check_name: 'url-invalid',
        location: { path: 'feeds/lamps.csv', lines: { begin: 2 } },
      })
      expect(readFileSync(join(folder, artifacts.reports.junit ?? ''), 'utf8')).toContain('<testsuites')
      for (const path of cache?.paths ?? []) expect(existsSync(join(folder, path))).toBe(true)
    })
  })

  describe('for cron', () => {
    const FOLDER = '/srv/assetsync'

    /** The files of the recipe, in a folder that this test may write to. */
    function install(): string {
      const folder = join(terminal.folder, 'srv')
      checkOut(folder)
      const [secrets = '', script = '', monitored = ''] = blocks('cron', 'sh').map(each =>
        each.replaceAll(FOLDER, folder),
      )
      chmodSync(terminal.file('srv/secrets.env', `${secrets}\nASSETSYNC_SANDBOX=1\n`), 0o600)
      chmodSync(terminal.file('srv/push.sh', script), 0o755)
      chmodSync(terminal.file('srv/hourly.sh', script.replace(/^exec [\s\S]*/m, monitored)), 0o755)
      return folder
    }

    /** What cron gives to a job: next to no environment, a home folder, no terminal. */
    function cron(path: string) {
      const env = { HOME: terminal.folder, PATH: '/usr/bin:/bin', SHELL: '/bin/sh' }
      const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', path], { cwd: '/', env, encoding: 'utf8' })
      return { status, mail: stdout + stderr }
    }

    it('has a crontab of valid lines', () => {
      const [crontab = ''] = blocks('cron', 'crontab')
      const lines = crontab.trim().split('\n')
      expect(lines.filter(line => !/^(?:[A-Z]+=\S+|(?:[\d*,/-]+ ){5} ?[^%]+)$/.test(line))).toEqual([])
      expect(crontab).toContain(`${FOLDER}/push.sh`)
    })

    it('mails nothing while all is well, and the causes when it is not', () => {
      const folder = install()
      expect(cron(`${folder}/push.sh`)).toEqual({ status: 0, mail: '' })
      expect(cron(`${folder}/push.sh`)).toEqual({ status: 0, mail: '' })
      expect(JSON.parse(terminal.read('srv/reports/last.json')).targets[0].totals.unchanged).toBe(3)
      terminal.file('srv/feeds/lamps.csv', 'sku,image_1\nLAMP-1,lamp.jpg\n')
      const { status, mail } = cron(`${folder}/push.sh`)
      expect(status).toBe(1)
      expect(mail).toContain('lamps.csv:2')
    })

    it('gives a monitor a sign of life, and mails what does not pass by itself', () => {
      const folder = install()
      expect(cron(`${folder}/hourly.sh`)).toEqual({ status: 0, mail: '' })
      expect(existsSync(join(folder, 'last-success'))).toBe(true)
      terminal.file('srv/feeds/chairs.csv', '<html>Sorry</html>')
      const { status, mail } = cron(`${folder}/hourly.sh`)
      expect(status).toBe(3)
      expect(mail).toContain('chairs.csv')
    })
  })
})
