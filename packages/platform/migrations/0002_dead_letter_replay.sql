-- An operator asks for the replay of a buried event here; its consumer's own process carries it out and clears it.
ALTER TABLE dead_letters ADD COLUMN replay_requested_at timestamptz;
CREATE INDEX dead_letters_requested ON dead_letters (consumer, topic, failed_at) WHERE replay_requested_at IS NOT NULL;
