-- Accounts, sessions (families of refresh tokens) and the slow-down of failed sign-ins.

CREATE TABLE accounts (
  id                   uuid PRIMARY KEY,
  -- Normalised: no surrounding blanks, lower case.
  email                text NOT NULL UNIQUE,
  -- True when Google vouched for it; a typed address is never verified.
  is_email_verified    boolean NOT NULL DEFAULT false,
  name                 text NOT NULL,
  role                 text NOT NULL DEFAULT 'fan' CHECK (role IN ('fan', 'organiser', 'admin')),
  -- argon2id in PHC form; NULL when the account signs in by Google alone.
  password_hash        text,
  google_subject       text UNIQUE,
  must_change_password boolean NOT NULL DEFAULT false,
  -- As the browser asked for it at registration; NULL: unknown, mails come in both.
  language             text CHECK (language IN ('ko', 'en')),
  created_at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX accounts_role ON accounts (role, id) WHERE role <> 'fan';

CREATE TABLE sessions (
  id            uuid PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES accounts (id),
  user_agent    text NOT NULL,
  address       text NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_used_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at    timestamptz NOT NULL,
  ended_at      timestamptz,
  ended_because text CHECK (ended_because IN ('logout', 'ended', 'reuse', 'password', 'role')),
  CHECK ((ended_at IS NULL) = (ended_because IS NULL))
);
CREATE INDEX sessions_account ON sessions (account_id, last_used_at) WHERE ended_at IS NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE refresh_tokens (
  -- SHA-256 of the token: the table alone signs nobody in.
  token_hash bytea PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  issued_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  used_at    timestamptz
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE sign_in_failures (
  -- `account:` and the mail typed, known or not; or `address:` and a client network.
  subject       text PRIMARY KEY,
  failures      integer NOT NULL,
  last_at       timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_age ON sign_in_failures (last_at);

-- Exchanges a refresh token for its successor. Run as one statement of its own, so that ending a family for reuse is
-- committed together with the answer that tells of it. The session row alone decides and is locked first.
--   rotated   the token was unused: it is used now, the successor is in force
--   repeated  it was used within the grace: a second tab or a lost answer; the same successor again
--   reused    it was used before that: somebody has a copy; the family ends
--   over      unknown token, or its session has ended or expired
CREATE FUNCTION rotate_refresh_token(
  given bytea, successor bytea, grace interval, lifetime interval, caller_address text,
  OUT outcome text, OUT session uuid, OUT account uuid
) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  family sessions%ROWTYPE;
  token refresh_tokens%ROWTYPE;
  moment timestamptz;
BEGIN
  SELECT t.session_id INTO session FROM refresh_tokens t WHERE t.token_hash = given;
  SELECT s.* INTO family FROM sessions s WHERE s.id = session FOR UPDATE;
  moment := clock_timestamp();
  account := family.account_id;
  IF family.id IS NULL OR family.ended_at IS NOT NULL OR family.expires_at <= moment THEN
    outcome := 'over';
    RETURN;
  END IF;
  SELECT t.* INTO token FROM refresh_tokens t WHERE t.token_hash = given;
  IF token.used_at IS NULL THEN
    UPDATE refresh_tokens SET used_at = moment WHERE token_hash = given;
    INSERT INTO refresh_tokens (token_hash, session_id, issued_at) VALUES (successor, session, moment);
    UPDATE sessions SET last_used_at = moment, expires_at = moment + lifetime, address = caller_address
      WHERE id = session;
    outcome := 'rotated';
  ELSIF token.used_at > moment - grace THEN
    outcome := 'repeated';
  ELSE
    UPDATE sessions SET ended_at = moment, ended_because = 'reuse' WHERE id = session;
    INSERT INTO audit_log (actor, action, subject, after)
      VALUES (account::text, 'session.end', 'session:' || session,
              jsonb_build_object('because', 'reuse', 'address', caller_address));
    outcome := 'reused';
  END IF;
END $$;

-- Charges one attempt to an account before its password is looked at, so that parallel guesses cannot slip through
-- together; a success takes the charge back. Refused while the account or the address is blocked: answers seconds.
-- A counter lost in a crash harms nobody, so this commit does not wait for the disk.
CREATE FUNCTION charge_sign_in(
  account_subject text, address_subject text, free_failures integer, longest_seconds integer, memory interval
) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  charged sign_in_failures%ROWTYPE;
  blocked timestamptz;
  moment timestamptz := clock_timestamp();
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  SELECT f.blocked_until INTO blocked FROM sign_in_failures f
    WHERE f.subject = address_subject AND f.blocked_until > moment;
  IF blocked IS NOT NULL THEN
    RETURN ceil(extract(epoch FROM blocked - moment));
  END IF;
  INSERT INTO sign_in_failures AS f (subject, failures, last_at, blocked_until)
    VALUES (account_subject, 1, moment, moment)
    ON CONFLICT (subject) DO UPDATE SET
      failures = CASE WHEN f.last_at < moment - memory THEN 1 ELSE f.failures + 1 END,
      last_at = clock_timestamp(),
      blocked_until = clock_timestamp() + sign_in_delay(
        CASE WHEN f.last_at < moment - memory THEN 1 ELSE f.failures + 1 END, free_failures, longest_seconds)
    WHERE f.blocked_until <= clock_timestamp()
    RETURNING f.* INTO charged;
  IF charged.subject IS NOT NULL THEN
    RETURN 0;
  END IF;
  SELECT f.blocked_until INTO blocked FROM sign_in_failures f WHERE f.subject = account_subject;
  RETURN greatest(1, ceil(extract(epoch FROM coalesce(blocked, moment) - moment)));
END $$;

-- One second after the last free failure, then twice as long each time.
CREATE FUNCTION sign_in_delay(failures integer, free_failures integer, longest_seconds integer)
RETURNS interval LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN failures <= free_failures THEN interval '0'
    ELSE least(longest_seconds, power(2, least(failures - free_failures - 1, 20))) * interval '1 second' END
$$;

-- Counts a failure against the client's network, which many honest people may share: only real failures, never attempts.
CREATE FUNCTION count_address_failure(
  address_subject text, free_failures integer, longest_seconds integer, memory interval
) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  moment timestamptz := clock_timestamp();
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  INSERT INTO sign_in_failures AS f (subject, failures, last_at, blocked_until)
    VALUES (address_subject, 1, moment, moment)
    ON CONFLICT (subject) DO UPDATE SET
      failures = CASE WHEN f.last_at < moment - memory THEN 1 ELSE f.failures + 1 END,
      last_at = clock_timestamp(),
      blocked_until = clock_timestamp() + sign_in_delay(
        CASE WHEN f.last_at < moment - memory THEN 1 ELSE f.failures + 1 END, free_failures, longest_seconds);
END $$;
