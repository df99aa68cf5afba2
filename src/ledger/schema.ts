/** "ASYN": marks the file as one of ours. */
export const APPLICATION_ID = 0x4153594e
export const SCHEMA_VERSION = 1

export const SCHEMA = `
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
