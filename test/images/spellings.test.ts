import { describe, expect, it } from 'vitest'
import { aResolver, opener } from './opening.ts'

const open = opener()

/** This machine, its network and the metadata services of clouds, as a feed may spell them. */
const SPELLINGS = [
  'http://127.0.0.1/lamp.png',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.1/',
  'http://0X7F.0x0.0x0.0x1/',
  'http://0177.0.0.1/',
  'http://0177.0x0.1/',
  'http://017700000001/',
  'http://127.0.0.1./',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://127.0.0.1/',
  'http://%31%32%37.0.0.1/',
  'http:127.0.0.1/',
  'http:///127.0.0.1/',
  'http:\\\\127.0.0.1\\lamp.png',
  ' \thttp://127.0.0.1/',
  'ht\ntp://127.0.0.1/',
  'http://localhost/',
  'http://LocalHost/',
  'http://localhost./',
  'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/',
  'http://%6c%6fcalhost/',
  'http://loc\talhost/',
  'http://a.b.localhost/',
  'http://0/',
  'http://0.0.0.0/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[0000::0001]:443/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[2002:7f00:1::]/',
  'http://[fe80::1]/',
  'http://[fe80::1%25eth0]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://[::ffff:169.254.169.254]/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://metadata.google.internal/computeMetadata/v1/',
  'http://images.example@169.254.169.254/',
  'http://images.example:80@127.0.0.1/',
  'http://127.0.0.1\\@images.example/',
  'http://127.0.0.1#@images.example/',
  'http://127.0.0.1?@images.example/',
  'http://1.1.1.1 &@127.0.0.1# @images.example/',
  'http://10.0.0.1/',
  'http://192.168.1/',
  'http://172.16.0.1/',
  'http://100.64.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://256.0.0.1/',
  'http://images.example:22/',
  '//127.0.0.1/',
  'file:///etc/passwd',
  'http://',
  '',
]

describe('spellings of hosts that a feed may not name', () => {
  it.each(SPELLINGS)('%j is refused before anything is resolved or connected', async url => {
    const { resolve, asked } = aResolver(['127.0.0.1'])
    const answer = await open({ allowHosts: [] }, resolve).get(url)
    expect({ answer, asked }).toEqual({
      answer: {
        kind: 'problem',
        reason: 'image-address-forbidden',
        message: expect.stringMatching(/ cannot be used: .+\.$/),
      },
      asked: [],
    })
  })
})
