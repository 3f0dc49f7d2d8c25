-- Mails owed to people, the mailbox of a platform without a mail server, and links to a new password.

-- A mail is written in the transaction of what it tells of. What it says is made when it is sent, so no link stands here.
CREATE TABLE mails (
  -- Also in the Message-ID: whoever gets a repeat can tell.
  id              uuid PRIMARY KEY,
  -- NULL: the address was typed by somebody; whether it has an account is looked up when the mail's turn comes.
  account_id      uuid REFERENCES accounts (id),
  recipient       text NOT NULL,
  language        text CHECK (language IN ('ko', 'en')),
  template        text NOT NULL,
  data            jsonb NOT NULL,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts        integer NOT NULL DEFAULT 0,
  -- While it is being sent: when another replica may try. NULL: sent or given up.
  next_attempt_at timestamptz DEFAULT clock_timestamp(),
  -- Later it is no use to anybody.
  give_up_at      timestamptz,
  sent_at         timestamptz,
  failed_at       timestamptz,
  fault           text,
  CHECK ((next_attempt_at IS NULL) = (sent_at IS NOT NULL OR failed_at IS NOT NULL))
);
CREATE INDEX mails_due ON mails (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX mails_age ON mails (created_at);

-- Where mails go when no mail server is configured.
CREATE TABLE mailbox (
  mail_id     uuid PRIMARY KEY,
  recipient   text NOT NULL,
  subject     text NOT NULL,
  text_body   text NOT NULL,
  html_body   text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX mailbox_newest ON mailbox (received_at DESC, mail_id DESC);

CREATE TABLE password_resets (
  -- The mail that carries the link.
  id         uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  -- SHA-256 of the token: the table alone opens nothing.
  token_hash bytea NOT NULL UNIQUE,
  expires_at timestamptz NOT NULL,
  -- Used, or void because another link of the account was.
  ended_at   timestamptz
);
CREATE INDEX password_resets_open ON password_resets (account_id) WHERE ended_at IS NULL;
CREATE INDEX password_resets_expiry ON password_resets (expires_at);

CREATE TABLE password_reset_counts (
  -- `account:` and the mail typed, known or not; or `address:` and a client network.
  subject text PRIMARY KEY,
  asked   integer NOT NULL,
  since   timestamptz NOT NULL
);
CREATE INDEX password_reset_counts_age ON password_reset_counts (since);

-- Owes a reset mail to whatever address was typed. It does not look at accounts, so it takes the same time for all.
-- Answers 0, or the seconds until the client's network may ask again.
CREATE FUNCTION ask_password_reset(
  mail uuid, email text, network text, most_per_account integer, most_per_network integer,
  memory interval, give_up_after interval
) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  counted password_reset_counts%ROWTYPE;
BEGIN
  counted := count_password_reset('address:' || network, memory);
  IF counted.asked > most_per_network THEN
    RETURN greatest(1, ceil(extract(epoch FROM counted.since + memory - clock_timestamp())));
  END IF;
  counted := count_password_reset('account:' || email, memory);
  IF counted.asked <= most_per_account THEN
    INSERT INTO mails (id, recipient, template, data, give_up_at)
      VALUES (mail, email, 'password-reset', '{}', clock_timestamp() + give_up_after);
  END IF;
  RETURN 0;
END $$;

CREATE FUNCTION count_password_reset(given text, memory interval)
RETURNS password_reset_counts LANGUAGE sql VOLATILE AS $$
  INSERT INTO password_reset_counts AS c (subject, asked, since) VALUES (given, 1, clock_timestamp())
    ON CONFLICT (subject) DO UPDATE SET
      asked = CASE WHEN c.since < clock_timestamp() - memory THEN 1 ELSE least(c.asked + 1, 1000000) END,
      since = CASE WHEN c.since < clock_timestamp() - memory THEN clock_timestamp() ELSE c.since END
    RETURNING c.*
$$;

-- Takes the mails whose turn it is, each for one replica alone, until the lease ends. A claim lost in a crash means a
-- repeat, which its Message-ID tells, so this commit does not wait for the disk.
CREATE FUNCTION claim_mails(most integer, lease interval) RETURNS SETOF mails LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  RETURN QUERY
    UPDATE mails m SET attempts = m.attempts + 1, next_attempt_at = clock_timestamp() + lease
    WHERE m.id IN (
      SELECT d.id FROM mails d WHERE d.next_attempt_at <= clock_timestamp()
      ORDER BY d.next_attempt_at LIMIT most FOR UPDATE SKIP LOCKED
    ) RETURNING m.*;
END $$;
