/** "ASYN": marks the file as one of ours. */
export const APPLICATION_ID = 0x4153594e

const FIRST = `
CREATE TABLE target (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  origin TEXT NOT NULL,
  account TEXT NOT NULL,
  UNIQUE (name, type, origin, account)
);

-- What a target holds under a key. fingerprint NULL: it was sent something else and gave no answer to rely on.
CREATE TABLE held (
  target INTEGER NOT NULL REFERENCES target (id),
  key TEXT NOT NULL,
  code TEXT NOT NULL,
  fingerprint TEXT,
  gallery TEXT NOT NULL,
  tail TEXT,
  remote_id TEXT,
  PRIMARY KEY (target, key)
) WITHOUT ROWID;

-- Two keys can come to stand for one asset, when it was adopted under a new address.
CREATE INDEX held_remote ON held (target, remote_id) WHERE remote_id IS NOT NULL;

CREATE TABLE run (
  no INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  command TEXT NOT NULL,
  version TEXT NOT NULL,
  started_at TEXT NOT NULL,
  source TEXT NOT NULL,
  whole INTEGER NOT NULL,
  finished_at TEXT,
  exit_code INTEGER,
  complete INTEGER NOT NULL DEFAULT 0,
  products INTEGER,
  summary TEXT
);

-- Which targets a run planned.
CREATE TABLE lane (
  run INTEGER NOT NULL REFERENCES run (no),
  target INTEGER NOT NULL REFERENCES target (id),
  PRIMARY KEY (run, target)
) WITHOUT ROWID;

-- The journal: steps packed by batch, because a row per item would cost as much as everything else together.
CREATE TABLE page (
  run INTEGER NOT NULL REFERENCES run (no),
  target INTEGER NOT NULL REFERENCES target (id),
  action TEXT NOT NULL,
  no INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'inflight', 'done')),
  steps TEXT NOT NULL,
  results TEXT,
  PRIMARY KEY (run, target, action, no)
) WITHOUT ROWID;
`

const SECOND = `
-- Did the feed of the run end without a line end? NULL: not known.
ALTER TABLE run ADD COLUMN open_end INTEGER;

-- Checksums, because SQLite has none. NULL: written before there were any.
ALTER TABLE held ADD COLUMN sum INTEGER;
ALTER TABLE page ADD COLUMN steps_sum INTEGER;
ALTER TABLE page ADD COLUMN results_sum INTEGER;

-- Every request for a batch. no 0: it was for none.
CREATE TABLE attempt (
  run INTEGER NOT NULL REFERENCES run (no),
  target INTEGER NOT NULL REFERENCES target (id),
  no INTEGER NOT NULL,
  n INTEGER NOT NULL,
  at TEXT NOT NULL,
  http INTEGER,
  request_id TEXT,
  reason TEXT,
  message TEXT,
  PRIMARY KEY (run, target, no, n)
) WITHOUT ROWID;

-- Items that may have arrived, where sending them again could make a second one; kept until that is settled. at: no request was
-- started later; NULL until the run has ended, when nobody noted its requests.
CREATE TABLE unknown (
  target INTEGER NOT NULL REFERENCES target (id),
  key TEXT NOT NULL,
  run TEXT NOT NULL,
  at TEXT,
  step TEXT NOT NULL,
  message TEXT,
  sum INTEGER,
  PRIMARY KEY (target, key)
) WITHOUT ROWID;

INSERT OR REPLACE INTO unknown (target, key, run, at, step, message)
  SELECT page.target, step.value ->> '$.item.key', run.id, run.finished_at, step.value,
    result.value ->> '$.message'
  FROM page JOIN run ON run.no = page.run, json_each(page.results) AS result, json_each(page.steps) AS step
  WHERE page.results LIKE '%"status":"unknown"%' AND step.key = result.key AND result.value ->> '$.status' = 'unknown'
    AND NOT EXISTS (SELECT 1 FROM held
      WHERE target = page.target AND key = step.value ->> '$.item.key' AND fingerprint IS NOT NULL)
  ORDER BY page.run;

-- Every run that was ever begun in this ledger, and the one that wrote last: see docs/decisions/008-ledger-safety.md.
CREATE TABLE history (no INTEGER PRIMARY KEY, run TEXT NOT NULL);
INSERT INTO history (run) SELECT id FROM run ORDER BY no;
CREATE TABLE mark (run TEXT, writes INTEGER NOT NULL);
INSERT INTO mark (run, writes) SELECT (SELECT run FROM history ORDER BY no DESC LIMIT 1), 0;
`

const THIRD = `
-- What the plan of the run followed from, besides the ledger: see docs/decisions/014-same-feed.md. NULL: not known.
ALTER TABLE run ADD COLUMN print TEXT;

-- The steps of a page, apart from what becomes of them: SQLite writes a whole row anew when anything in it changes.
CREATE TABLE content (
  run INTEGER NOT NULL REFERENCES run (no),
  target INTEGER NOT NULL REFERENCES target (id),
  action TEXT NOT NULL,
  no INTEGER NOT NULL,
  steps TEXT NOT NULL,
  steps_sum INTEGER,
  PRIMARY KEY (run, target, action, no)
) WITHOUT ROWID;
INSERT INTO content SELECT run, target, action, no, steps, steps_sum FROM page;
ALTER TABLE page DROP COLUMN steps;
ALTER TABLE page DROP COLUMN steps_sum;
`

const FOURTH = `
-- With a row number: SQLite then adds rows at the end, whatever the order of the keys, and puts only the keys in order.
CREATE TABLE held_by_key (
  target INTEGER NOT NULL REFERENCES target (id),
  key TEXT NOT NULL,
  code TEXT NOT NULL,
  fingerprint TEXT,
  gallery TEXT NOT NULL,
  tail TEXT,
  remote_id TEXT,
  sum INTEGER,
  PRIMARY KEY (target, key)
);
INSERT INTO held_by_key SELECT target, key, code, fingerprint, gallery, tail, remote_id, sum FROM held;
DROP TABLE held;
ALTER TABLE held_by_key RENAME TO held;
CREATE INDEX held_remote ON held (target, remote_id) WHERE remote_id IS NOT NULL;

-- Steps in two packed lists: what reports tell of them (heads), and what is sent (bodies; NULL: nothing). remarks: unchanged items
-- that have something to say. Steps that were written before are one plain list in the place of the heads.
CREATE TABLE packed (
  run INTEGER NOT NULL REFERENCES run (no),
  target INTEGER NOT NULL REFERENCES target (id),
  action TEXT NOT NULL,
  no INTEGER NOT NULL,
  items INTEGER NOT NULL,
  remarks INTEGER NOT NULL,
  heads BLOB NOT NULL,
  heads_sum INTEGER,
  bodies BLOB,
  bodies_sum INTEGER,
  PRIMARY KEY (run, target, action, no)
) WITHOUT ROWID;
INSERT INTO packed (run, target, action, no, items, remarks, heads, heads_sum)
  SELECT run, target, action, no, iif(json_valid(steps), json_array_length(steps), 0),
    iif(json_valid(steps) AND action = 'unchanged',
      (SELECT count(*) FROM json_each(steps) WHERE type = 'object' AND value ->> '$.dropped' IS NOT NULL), 0),
    steps, steps_sum
  FROM content;
DROP TABLE content;
ALTER TABLE packed RENAME TO content;
`

const FIFTH = `
-- The records of the feed of the last complete run for some targets, those that came to nothing but one product: see
-- docs/decisions/017-known-records.md. print: what the run's plan followed from besides the ledger and the feed.
-- steps: how many the run planned, at all its targets, that were not rejected.
CREATE TABLE record_list (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL UNIQUE REFERENCES run (no),
  print TEXT NOT NULL,
  header TEXT NOT NULL,
  steps INTEGER NOT NULL,
  sum INTEGER NOT NULL
);
CREATE TABLE record_block (
  list INTEGER NOT NULL REFERENCES record_list (id),
  no INTEGER NOT NULL,
  digests BLOB NOT NULL,
  codes BLOB NOT NULL,
  images BLOB NOT NULL,
  sum INTEGER NOT NULL,
  PRIMARY KEY (list, no)
);
`

const SIXTH = `
-- The run carried the whole of its source to this target, and nothing held it up there; run.complete: at all of its targets.
ALTER TABLE lane ADD COLUMN complete INTEGER NOT NULL DEFAULT 0;
UPDATE lane SET complete = 1 WHERE run IN (SELECT no FROM run WHERE complete = 1);

-- Items that the source carried to the target before and does not name now, but is not to lose: nothing certain is said about
-- their code. A packed list of key and code.
CREATE TABLE spared (
  run INTEGER NOT NULL REFERENCES run (no),
  target INTEGER NOT NULL REFERENCES target (id),
  no INTEGER NOT NULL,
  items BLOB NOT NULL,
  sum INTEGER NOT NULL,
  PRIMARY KEY (run, target, no)
) WITHOUT ROWID;
`

/** What leads from each version to the next, beginning with no version at all. A new ledger goes the same way as an old one. */
export const SCHEMA: readonly string[] = [FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH]
export const SCHEMA_VERSION = SCHEMA.length
