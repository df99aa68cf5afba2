import { readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

export interface Mount {
  readonly point: string
  readonly type: string
}

/** File systems without lasting files. Below procfs, making a folder keeps Node busy for ever; below cgroupfs it makes a group. */
const PSEUDO = ['proc', 'sysfs', 'cgroup', 'cgroup2', 'devpts', 'debugfs', 'tracefs', 'securityfs', 'configfs']
/** Where locks and shared memory reach no further than one machine, if so far: https://sqlite.org/wal.html, point 2. */
const NETWORK =
  /^(nfs\d?|cifs|smb\d?|smbfs|9p|afs|ncpfs|ceph|lustre|davfs|vboxsf|fuse\.(sshfs|glusterfs|ceph.*|s3fs|rclone|gcsfuse|davfs2?))$/

/** The mounts of this machine as Linux lists them, or nothing elsewhere. */
export function readMounts(): string {
  try {
    return readFileSync('/proc/self/mounts', 'utf8')
  } catch {
    return ''
  }
}

/** What the folder lies on, whether or not it exists yet; null where nobody knows. */
export function mountOf(folder: string, mounts: string): Mount | null {
  const path = realPath(resolve(folder))
  const holds = ({ point }: Mount): boolean =>
    path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`)
  // Of two at one place, the later one covers the other.
  return parse(mounts)
    .filter(holds)
    .reduce<Mount | null>((deepest, each) => (each.point.length >= (deepest?.point.length ?? 0) ? each : deepest), null)
}

export function isPseudo({ type }: Mount): boolean {
  return PSEUDO.includes(type)
}

/** Why a ledger is not safe in this folder, for people, or null. */
export function networkWarning(folder: string, mounts: string = readMounts()): string | null {
  const mount = mountOf(folder, mounts)
  if (mount === null || !NETWORK.test(mount.type)) return null
  return (
    `The ledger in ${folder} lies on a network file system (${mount.type} at ${mount.point}). Two machines that use it at the ` +
    'same time can damage it, and are not kept apart. Name a folder on a local disk with --state.'
  )
}

function parse(mounts: string): Mount[] {
  return mounts.split('\n').flatMap(line => {
    const [, point, type] = line.split(' ')
    return point === undefined || type === undefined ? [] : [{ point: unescaped(point), type }]
  })
}

/** Blanks and the like are written as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** Follows links as far as the path exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const parent = dirname(path)
    return parent === path ? path : join(realPath(parent), basename(path))
  }
}
