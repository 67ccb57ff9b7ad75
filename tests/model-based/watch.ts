/** Watchers inside Postgres: they see every transaction, whoever makes it, and write down what must never happen. */
import type { Database } from '../../db/client';

const SET_UP = `
CREATE TABLE test_clock (now timestamptz NOT NULL);
INSERT INTO test_clock VALUES (date_trunc('milliseconds', clock_timestamp()));
-- The product's one clock, for all connections. It stands still until the test moves it: were it to run on, a deadline
-- could pass between what the reference reads and what is then done.
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$ SELECT now FROM test_clock $$;

CREATE TABLE test_violation (what text NOT NULL);
-- Parallel routers see the line at different instants; its order is judged while one of them acts at a time.
CREATE TABLE test_parallel (yes boolean NOT NULL);
INSERT INTO test_parallel VALUES (false);

CREATE FUNCTION test_first_in_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE given record; better text;
BEGIN
  SELECT c.order_key, a.used_units, a.max_units, a.state, a.absent_since INTO given
    FROM conversation c JOIN agent a ON a.id = NEW.agent_id WHERE c.id = NEW.conversation_id;
  IF given.state <> 'available' OR given.absent_since IS NOT NULL THEN
    INSERT INTO test_violation VALUES ('given to an agent who is not available');
  END IF;
  IF (SELECT coalesce(sum(reserved_units), 0) FROM conversation WHERE owner_id = NEW.agent_id) > given.max_units THEN
    INSERT INTO test_violation VALUES ('automatic assignment over capacity');
  END IF;
  SELECT c.id INTO better FROM conversation c
    JOIN queue_member m ON m.queue_id = c.queue_id AND m.agent_id = NEW.agent_id
    JOIN queue q ON q.id = c.queue_id AND q.delivery <> 'manual'
   WHERE c.status = 'open' AND c.placement = 'queued' AND NOT c.excluded @> ARRAY[NEW.agent_id]
     AND (c.order_key, c.id) < (given.order_key, NEW.conversation_id) LIMIT 1;
  IF better IS NOT NULL AND NOT (SELECT yes FROM test_parallel) THEN
    INSERT INTO test_violation VALUES ('given before ' || better || ', which stands before it');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER test_first_in_line AFTER INSERT ON claim FOR EACH ROW
  WHEN (NEW.kind IN ('offer', 'assign')) EXECUTE FUNCTION test_first_in_line();

CREATE FUNCTION test_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> OLD.status AND NEW.version <> OLD.version + 1 THEN
    INSERT INTO test_violation VALUES ('status written without a version');
  END IF;
  IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
       ('open', 'waiting'), ('open', 'solved'), ('open', 'closed'), ('waiting', 'open'), ('waiting', 'solved'),
       ('waiting', 'closed'), ('solved', 'open'), ('solved', 'closed')) THEN
    INSERT INTO test_violation VALUES ('from ' || OLD.status || ' to ' || NEW.status);
  END IF;
  IF NEW.version < OLD.version OR NEW.claim_no < OLD.claim_no OR NEW.rev < OLD.rev THEN
    INSERT INTO test_violation VALUES ('a version, claim number or rev that goes back');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER test_transition AFTER UPDATE ON conversation FOR EACH ROW EXECUTE FUNCTION test_transition();

-- A lowered limit takes nothing away: whoever had more keeps it, unflagged.
CREATE TABLE test_lowered (agent_id uuid NOT NULL);
CREATE FUNCTION test_lowered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO test_lowered VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER test_lowered AFTER UPDATE ON agent FOR EACH ROW
  WHEN (NEW.max_units < OLD.max_units) EXECUTE FUNCTION test_lowered();

CREATE FUNCTION test_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO test_violation VALUES ('the outcome of a command changes');
  RETURN NULL;
END $$;
CREATE TRIGGER test_outcome AFTER UPDATE ON command FOR EACH ROW
  WHEN (OLD.outcome IS NOT NULL AND NEW.outcome IS DISTINCT FROM OLD.outcome) EXECUTE FUNCTION test_outcome();

CREATE FUNCTION test_released() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO test_violation SELECT 'taken from an agent who is back: ' || NEW.conversation_id FROM agent
   WHERE id = (NEW.data->>'agentId')::uuid
     AND NOT (CASE NEW.data->>'cause' WHEN 'agent absent' THEN absent_since IS NOT NULL ELSE state = 'paused' END);
  RETURN NULL;
END $$;
CREATE TRIGGER test_released AFTER INSERT ON conversation_event FOR EACH ROW
  WHEN (NEW.kind = 'released' AND NEW.data->>'cause' IN ('agent absent', 'agent paused')) EXECUTE FUNCTION test_released();`;

/** What must hold after every step. */
const ALWAYS = `
SELECT what FROM test_violation
UNION ALL SELECT 'held by nobody: ' || id FROM conversation
  WHERE owner_id IS NULL AND (placement IN ('offered', 'assigned'))
UNION ALL SELECT 'in line and owned: ' || id FROM conversation WHERE placement = 'queued' AND owner_id IS NOT NULL
UNION ALL SELECT 'units do not follow from the state: ' || id FROM conversation
  WHERE (reserved_units > 0) <> (owner_id IS NOT NULL AND (placement = 'offered' AND status = 'open'
         OR placement = 'assigned' AND status IN ('open', 'waiting')))
UNION ALL SELECT 'closed, with a place, an owner or a deadline: ' || id FROM conversation
  WHERE status = 'closed' AND (placement IS NOT NULL OR owner_id IS NOT NULL OR next_deadline_at IS NOT NULL)
UNION ALL SELECT 'neither owner nor place nor deadline: ' || id FROM conversation
  WHERE status = 'open' AND placement IS NULL
     OR status = 'waiting' AND snooze_until IS NULL
     OR status = 'solved' AND confirm_at IS NULL AND survey_expires_at IS NULL
     OR status = 'open' AND placement = 'offered' AND expires_at IS NULL
     OR status = 'open' AND placement = 'queued' AND cardinality(excluded) > 0 AND round_end_at IS NULL
UNION ALL SELECT 'a deadline before the one that wakes the workflow: ' || id FROM conversation
  WHERE status <> 'closed' AND least(expires_at, round_end_at, snooze_until, survey_expires_at, confirm_at)
        < coalesce(next_deadline_at, 'infinity')
UNION ALL SELECT 'load is not the sum: ' || a.id FROM agent a
  WHERE a.used_units <> (SELECT coalesce(sum(reserved_units), 0) FROM conversation WHERE owner_id = a.id)
UNION ALL SELECT 'over capacity, and no conversation is flagged: ' || a.id FROM agent a
  WHERE a.used_units > a.max_units AND a.id NOT IN (SELECT agent_id FROM test_lowered)
    AND NOT EXISTS (SELECT 1 FROM conversation WHERE owner_id = a.id AND over_capacity)
UNION ALL SELECT 'two live conversations: ' || identity_id FROM conversation
  WHERE status <> 'closed' AND superseded_by_id IS NULL GROUP BY identity_id HAVING count(*) > 1
UNION ALL SELECT 'an offer to an agent who is gone: ' || c.id FROM conversation c JOIN agent a ON a.id = c.owner_id
  WHERE c.placement = 'offered' AND (a.state = 'logged_off' OR a.absent_since IS NOT NULL)`;

/** What must hold once all hand-outs are served, whether Temporal is there or not. */
const HANDED_OUT = `
SELECT 'a hand-out that nobody serves' AS what FROM hand_out
UNION ALL SELECT 'in line beside a free agent: ' || c.id || ' ' || a.id FROM conversation c
  JOIN queue q ON q.id = c.queue_id AND q.delivery <> 'manual'
  JOIN queue_member m ON m.queue_id = c.queue_id
  JOIN agent a ON a.id = m.agent_id AND a.state = 'available' AND a.absent_since IS NULL
  WHERE c.status = 'open' AND c.placement = 'queued' AND NOT c.excluded @> ARRAY[a.id]
    AND a.used_units + 25 <= a.max_units`;

/** What must hold once the machinery has nothing left to do. */
const AT_REST = `
SELECT 'a command without outcome: ' || name AS what FROM command WHERE outcome IS NULL
UNION ALL SELECT 'a claim or a version that no workflow has seen: ' || id FROM conversation
  WHERE claim_no <> seen_claim_no OR loaded_version = 0
UNION ALL SELECT 'an overdue deadline: ' || id FROM conversation
  WHERE least(expires_at, round_end_at, snooze_until, survey_expires_at, confirm_at) <= app_now()
UNION ALL SELECT 'left in an archived queue: ' || c.id FROM conversation c JOIN queue q ON q.id = c.queue_id
  WHERE q.archived_at IS NOT NULL AND c.status <> 'closed'
UNION ALL SELECT 'a message that lies in no order: ' || conversation_id FROM message
  GROUP BY conversation_id, seq HAVING count(*) > 1
UNION ALL SELECT 'superseded and not closed: ' || id FROM conversation
  WHERE superseded_by_id IS NOT NULL AND status <> 'closed'
UNION ALL SELECT 'owned by an agent who stays away: ' || c.id FROM conversation c JOIN agent a ON a.id = c.owner_id
  WHERE c.placement = 'assigned' AND c.status IN ('open', 'waiting') AND a.absent_since IS NOT NULL
UNION ALL SELECT status || ', with a message that nobody has looked at: ' || c.id FROM conversation c
  WHERE EXISTS (SELECT 1 FROM message m
    WHERE m.conversation_id = c.id AND m.direction = 'in'
      -- A rating is kept as one, whatever becomes of the command that it came with.
      AND NOT EXISTS (SELECT 1 FROM command r WHERE r.conversation_id = c.id AND r.name = 'surveyAnswered'
                         AND r.after_seq = m.seq AND r.key = 'message/' || m.seq)
      AND m.seq > CASE c.status
    WHEN 'open' THEN c.last_seq
    WHEN 'waiting' THEN (SELECT max(k.after_seq) FROM command k
                          WHERE k.conversation_id = c.id AND k.name = 'setWaiting' AND k.outcome = 'applied')
    WHEN 'solved' THEN c.survey_after_seq ELSE c.closed_after_seq END)`;

export const watch = (db: Database): Promise<unknown> => db.pool.query(SET_UP);

const TEXTS = {
  always: ALWAYS,
  handedOut: `${ALWAYS} UNION ALL ${HANDED_OUT}`,
  atRest: `${ALWAYS} UNION ALL ${HANDED_OUT} UNION ALL ${AT_REST}`,
};

/** Prepared, since planning it would take longer than all of a step. */
export async function violations(db: Database, when: keyof typeof TEXTS): Promise<string[]> {
  const config = { name: `violations ${when}`, text: TEXTS[when] };
  const { rows } = await db.pool.query<{ what: string }>(config);
  return rows.map((row) => row.what);
}

/** While it lasts, who goes first is not judged: routers at the same instant may commit in either order. */
export async function inParallel<T>(db: Database, work: () => Promise<T>): Promise<T> {
  await db.query('UPDATE test_parallel SET yes = true');
  const result = await work();
  await db.query('UPDATE test_parallel SET yes = false');
  return result;
}

/** So much time passes from one act to the next, so that no two have the same instant. */
export const A_STEP_MS = 1;

/** Moves the product's time ahead for all connections. */
export const moveClock = (db: Database, ms: number): Promise<unknown> =>
  db.query(`UPDATE test_clock SET now = now + $1 * interval '1 ms'`, [ms]);

/** To the very instant of the next deadline, or by a second where there is none. */
export const moveClockToDeadline = (db: Database): Promise<unknown> =>
  db.query(`UPDATE test_clock SET now = coalesce(
    (SELECT min(next_deadline_at) FROM conversation WHERE next_deadline_at > now), now + interval '1 s')`);

/** The product's time in milliseconds since 1970. */
export async function readClock(db: Database): Promise<number> {
  const rows = await db.query<{ now: Date }>('SELECT app_now() AS now');
  return rows[0]?.now.getTime() ?? NaN;
}

/** Leaves no conversation of an earlier run behind, and begins at the true time. */
export const clear = (db: Database): Promise<unknown> =>
  db.pool.query(
    `UPDATE test_parallel SET yes = false;
     UPDATE test_clock SET now = date_trunc('milliseconds', clock_timestamp());
     TRUNCATE conversation, message, message_file, command, conversation_event, claim, hand_out, decision_receipt,
              survey_answer, test_violation, test_lowered, identity, channel, queue, queue_member, agent, session,
              audit CASCADE`,
  );
