import { existsSync, mkdirSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mountOf, networkWarning, readMounts } from '../../src/ledger/mounts.ts'
import { folders } from '../lib/folder.ts'

const newFolder = folders()

const MOUNTS = `/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
nas:/export /mnt/nas nfs4 rw,vers=4.2 0 0
tmpfs /mnt/nas/local tmpfs rw 0 0
//nas/share /mnt/our\\040share cifs rw 0 0
C:\\134 /mnt/c 9p rw 0 0
host:/data /mnt/data fuse.sshfs rw 0 0
/dev/sdb1 /mnt/twice ext4 rw 0 0
nas:/twice /mnt/twice nfs rw 0 0
`

describe('what a folder lies on', () => {
  it.each([
    ['/home/ada/.assetsync', '/', 'ext4'],
    ['/', '/', 'ext4'],
    ['/mnt/nas', '/mnt/nas', 'nfs4'],
    ['/mnt/nas/shop/.assetsync', '/mnt/nas', 'nfs4'],
    ['/mnt/nas-of-ours/.assetsync', '/', 'ext4'],
    ['/mnt/nas/local/.assetsync', '/mnt/nas/local', 'tmpfs'],
    ['/mnt/nas/shop/../local', '/mnt/nas/local', 'tmpfs'],
    ['/mnt/our share/.assetsync', '/mnt/our share', 'cifs'],
    ['/mnt/twice/.assetsync', '/mnt/twice', 'nfs'],
    ['/proc/self/.assetsync', '/proc', 'proc'],
  ])('is found for %s', (folder, point, type) => {
    expect(mountOf(folder, MOUNTS)).toMatchObject(folder.startsWith('/proc') ? { type } : { point, type })
  })

  it('is found behind a link, as far as the path exists', () => {
    const folder = realpathSync(newFolder())
    mkdirSync(join(folder, 'nas'))
    symlinkSync(join(folder, 'nas'), join(folder, 'state'))
    const mounts = `${MOUNTS}nas:/x ${join(folder, 'nas')} nfs rw 0 0\n`
    expect(mountOf(join(folder, 'state', 'deep', '.assetsync'), mounts)?.type).toBe('nfs')
  })

  it('is found for /proc of this machine, if it has one', () => {
    expect(mountOf('/proc/assetsync', readMounts())?.type).toBe(existsSync('/proc/self/mounts') ? 'proc' : undefined)
  })

  it.each(['', 'garbage', '\n\n', 'a b'])('is not known from %j', mounts => {
    expect(mountOf('/home/ada', mounts)).toBeNull()
  })
})

describe('the warning about network file systems', () => {
  it.each([
    ['/mnt/nas/.assetsync', 'nfs4 at /mnt/nas'],
    ['/mnt/our share/.assetsync', 'cifs at /mnt/our share'],
    ['/mnt/c/shop/.assetsync', '9p at /mnt/c'],
    ['/mnt/data/.assetsync', 'fuse.sshfs at /mnt/data'],
  ])('is given for %s', (folder, where) => {
    expect(networkWarning(folder, MOUNTS)).toBe(
      `The ledger in ${folder} lies on a network file system (${where}). Two machines that use it at the same time can damage ` +
        'it, and are not kept apart. Name a folder on a local disk with --state.',
    )
  })

  it.each(['/home/ada/.assetsync', '/mnt/nas/local/.assetsync'])('is not given for %s', folder => {
    expect(networkWarning(folder, MOUNTS)).toBeNull()
  })

  it('is not given where nobody lists mounts', () => {
    expect(networkWarning('/mnt/nas/.assetsync', '')).toBeNull()
  })
})
