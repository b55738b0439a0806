-- Version 1 of node.db. Later versions are scripts of their own; this one never changes.

-- The file says whose it is: "LNNT".
PRAGMA application_id = 0x4C4E4E54;

-- What the protocols need to go on after a restart. Values are sealed.
CREATE TABLE protocol (
    name  TEXT NOT NULL, -- of the table, as the protocol calls it
    key   TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (name, key)
) WITHOUT ROWID;

-- What the node told its application. The newest 10,000 are kept. Events are sealed.
CREATE TABLE events (
    number      INTEGER PRIMARY KEY, -- from 1, without gaps
    wall_millis INTEGER NOT NULL,
    event       BLOB NOT NULL
);

-- The history. Contents are sealed.
CREATE TABLE messages (
    number               INTEGER PRIMARY KEY AUTOINCREMENT, -- in the order of showing or taking in
    message_id           TEXT NOT NULL,    -- 32 hexadecimal digits
    conversation_id      TEXT NOT NULL,    -- 64 hexadecimal digits
    with_user_id         TEXT NOT NULL,    -- user1…
    own                  INTEGER NOT NULL, -- 1: written here
    device_id            TEXT,             -- peer1…, the device that sent it; null for own ones
    sent_wall_millis     INTEGER NOT NULL, -- by the sender's clock
    place                TEXT NOT NULL,    -- IN_ORDER, AFTER_GAP or LATE
    content              BLOB NOT NULL,
    stage                TEXT NOT NULL,    -- QUEUED, SENT, STORED, DELIVERED, READ or FAILED
    at_peer_id           TEXT,             -- peer1…, who has it
    cause                INTEGER,          -- why it waits or failed: a number of docs/ERRORS.md
    cause_detail         TEXT,
    next_try_wall_millis INTEGER NOT NULL, -- 0: nothing is planned
    path                 TEXT NOT NULL,    -- direct; empty: it has not travelled yet
    UNIQUE (with_user_id, own, message_id)
);
CREATE INDEX messages_by_person ON messages (with_user_id, number);
CREATE INDEX messages_by_id ON messages (message_id);

-- Own messages on their way. The content is sealed.
CREATE TABLE offline_messages (
    message_id  TEXT PRIMARY KEY,
    to_user_id  TEXT NOT NULL,
    content     BLOB NOT NULL,
    queued_at   INTEGER NOT NULL, -- milliseconds since 1970
    retry_count INTEGER NOT NULL  -- tries that failed
);

-- Links to peers, now or before. All are DISCONNECTED when the node is down.
CREATE TABLE connections (
    peer_id            TEXT PRIMARY KEY,
    connection_state   TEXT NOT NULL, -- CONNECTED or DISCONNECTED
    data_channel_state TEXT NOT NULL, -- open or closed
    connected_at       INTEGER        -- milliseconds since 1970, of the last time
);

-- How peers were reached. The newest 10,000 are kept.
CREATE TABLE routes (
    peer_id        TEXT PRIMARY KEY,
    user_id        TEXT,             -- user1…, when it is a contact's device
    signal_address TEXT,             -- the last address with which it was reached
    last_seen      INTEGER,          -- milliseconds since 1970
    ups            INTEGER NOT NULL, -- links that came up
    downs          INTEGER NOT NULL, -- links that broke, and tries that failed
    path           TEXT NOT NULL     -- direct; empty: never reached
);
CREATE VIEW peer_routes AS
SELECT user_id,
       peer_id,
       signal_address,
       last_seen,
       CASE WHEN ups + downs = 0 THEN 0.0 ELSE ups * 1.0 / (ups + downs) END AS success_rate,
       path AS connection_path
FROM routes;
