/** What comes next: the same once more, the feed's turn again, or a question to the target. */
export type Remedy = 'retry' | 'push' | 'reconcile' | 'allow-shrink' | 'nothing'

/** What is to be done about a reason. */
export interface Advice {
  readonly remedy: Remedy
  /** One sentence or two, for people. */
  readonly words: string
}

/** Null for a word that this version does not know; a run of another version may have it. */
export function adviceOn(reason: string | null): Advice | null {
  return (reason === null ? undefined : CATALOGUE.get(reason)) ?? null
}

/** All reasons that are known. */
export function knownReasons(): readonly string[] {
  return [...CATALOGUE.keys()]
}

type Entries = Readonly<Record<string, string>>

const IN_THE_FEED: Entries = {
  'code-missing': 'Give the record a product code, or name its column with --code-column.',
  'code-invalid': 'Correct the product code: what stands there cannot be one.',
  'code-collision': 'Change one of the codes: this target cannot tell them apart.',
  'code-too-long': 'Shorten the code, or the template of it in the options of the target.',
  'url-invalid': 'Correct the address of the image, or name the base of relative paths with --image-base-url.',
  'url-encoded': 'Nothing to do; the feed can write such addresses percent-encoded itself.',
  'image-dropped': 'Correct the image that was left out; the others of the product are sent.',
  'image-too-large': 'Offer a smaller file at that address.',
  'image-type-unsupported': 'Offer the image in a type that the target takes; its message names them.',
  'image-address-forbidden': 'Use a public address, or allow the host with allowHosts in the config.',
  'title-missing': "Fill the column of the title, or put {code} into the target's option title.",
  'tag-reserved': 'Change the tag in the feed, or tags in the config.',
  'access-refused': 'Set access to PUBLIC, or refType to a custom type, in the config.',
  'option-refused': 'Correct the option of the target in the config; its message names it.',
  'prefix-mismatch': 'Change the addresses in the feed, or prefix and suffix of the attribute in Akeneo.',
  'without-images': 'Fill the image columns if the product has images; nothing is sent for it.',
  'duplicate-image': 'Nothing to do; the first place of an image counts.',
  'gallery-conflict': 'Let the records of one product say the same; the message tells which one counts.',
  'column-conflict': 'Let the records of one product say the same; the message tells which one counts.',
  'position-conflict': 'Give each image of a product a position of its own.',
  'position-invalid': 'Write positions as whole numbers.',
}

const AT_THE_IMAGES: Entries = {
  'image-unreachable': 'See whether the host of the images is up and reachable from here.',
  'image-refused': 'Open one of the addresses in a browser: the host of the images refuses to hand them out.',
  'image-timeout': 'The host of the images is slow: try later, or with a larger --timeout.',
  'image-not-an-image': 'Open one of the addresses in a browser: what is there is no picture.',
}

const AT_THE_TARGET: Entries = {
  'target-rejected': "Correct what the target's own words name, in the feed or at the target.",
  'target-refused': 'Check baseUrl and the options of the target: the address itself does not work.',
  'already-exists': 'Remove it at the target, or keep it and take the product out of the feed.',
  'product-missing': 'Create the product at the target first.',
  'product-ambiguous': 'Leave only one product with this code at the target.',
  'link-rejected':
    "Correct what the target's own words name; the images are there, the link to the product is missing.",
  'link-incomplete': 'See in the PIM why the product does not take the link; the images are there.',
  'link-pending': 'Nothing to do but to go on: the next push, or a retry, gives the product its link.',
  'collection-full': 'Remove assets from the collection of the product in the PIM.',
  immutable: 'Delete the asset at the target, or set upload and access back in the config.',
  'in-use': 'Delete it at the target if it is not needed there any more.',
  'id-unknown': 'Look at the target yourself, and delete it there if it is to go: its id is not known here.',
  'asset-gone': 'Nothing to do but to send it again: it was removed at the target meanwhile.',
  'processing-failed': 'Open the image: the target could not process it and does not say why.',
  'plan-limit': 'See what your plan at the target allows, then go on.',
  'old-not-deleted': 'Nothing to do but to go on: the next push, or a retry, deletes the replaced asset.',
  unattributed: 'Send them again: the target counted failures without saying whose.',
  'not-arrived': 'Send it again: the target does not hold it, and the lost request cannot arrive any more.',
  'too-large': 'Send fewer items at once with --batch-size, or shorten what one item says.',
}

const ON_THE_WAY: Entries = {
  unreachable: 'See whether the target is up and reachable from here (assetsync doctor), then go on.',
  'host-unknown': 'Check the host in baseUrl and the name service of this machine.',
  'tls-failed': 'Check that baseUrl is an https address, and what stands between: a proxy, a firewall.',
  'certificate-refused': 'Check the certificate; for one of your own authority set NODE_EXTRA_CA_CERTS.',
  'connection-lost': 'Try later: the connection broke while the target was at it.',
  timeout: 'Try later, or with a larger --timeout.',
  'target-unavailable': 'Try later: the target had an error of its own.',
  'answer-unreadable': 'See whether baseUrl leads to the API, and not to a login page or a proxy; then go on.',
  throttled: 'Try later, or more slowly with --rate, or wait longer with --max-wait.',
  'credentials-refused': 'Check the credentials of the target (assetsync doctor), then go on.',
  'max-failures': 'Look into the failures; then allow more with --max-failures, and go on.',
  interrupted: 'Go on when you like: what is done is not sent twice.',
  aborted: 'Go on when you like: it was given up because the run was stopped.',
}

const HELD_BACK: Entries = {
  'max-create': 'If so many are right, push again with a larger --max-create.',
  'not-replaced': 'See why another item of the product has not arrived; once it is there, this one is removed.',
  'max-delete': 'If so many are right, push again with a larger --max-delete.',
}

const SHRUNK: Entries = {
  'feed-shrunk': 'See whether the feed is complete. If it is right, push again with --allow-shrink.',
  'feed-cut': 'See whether the feed is complete. If it is right, push again with --allow-shrink.',
}

const UNSURE: Entries = {
  'no-answer': 'It may still arrive within 15 minutes; then "assetsync reconcile", or the next push, settles it.',
}

const DONE: Entries = {
  'stale-tail': 'Nothing to do, or remove the ranks with push --prune.',
  'tail-removed': 'Nothing to do.',
  'media-off': 'Nothing to do; set media to true at this target to send the images themselves.',
  processing: 'Nothing to do; the next run looks at it first.',
  'sent-again': 'Nothing to do; the target holds it.',
  replaced: 'Nothing to do; the asset has a new id.',
  adopted: 'Nothing to do; the target had it already.',
  restored: 'Nothing to do.',
  recreated: 'Nothing to do.',
  reused: 'Nothing to do.',
}

const CATALOGUE: ReadonlyMap<string, Advice> = new Map([
  ...entries(IN_THE_FEED, 'push'),
  ...entries(AT_THE_IMAGES, 'retry'),
  ...entries(AT_THE_TARGET, 'retry'),
  ...entries(ON_THE_WAY, 'retry'),
  ...entries(HELD_BACK, 'push'),
  ...entries(SHRUNK, 'allow-shrink'),
  ...entries(UNSURE, 'reconcile'),
  ...entries(DONE, 'nothing'),
])

function entries(words: Entries, remedy: Remedy): [string, Advice][] {
  return Object.entries(words).map(([reason, each]) => [reason, { remedy, words: each }])
}
