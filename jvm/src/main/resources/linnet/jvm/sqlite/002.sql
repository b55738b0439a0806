-- Version 2 of node.db: what a list of conversations shows, kept beside the history so that it costs the same however long that is.

CREATE TABLE conversations (
    with_user_id TEXT PRIMARY KEY,
    last_number  INTEGER NOT NULL, -- messages.number of the newest message
    read_number  INTEGER NOT NULL, -- messages.number of the newest received message that the person has seen; 0: none
    unread       INTEGER NOT NULL  -- received messages after it
) WITHOUT ROWID;
CREATE INDEX conversations_newest ON conversations (last_number);
CREATE INDEX conversations_unread ON conversations (with_user_id) WHERE unread > 0;

-- Version 1 kept no marks. What people had on their screens all along is not new to them.
INSERT INTO conversations (with_user_id, last_number, read_number, unread)
SELECT with_user_id, max(number), max(number), 0 FROM messages GROUP BY with_user_id;
