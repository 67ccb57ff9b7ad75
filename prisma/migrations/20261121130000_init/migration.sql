-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('agent', 'supervisor', 'admin');

-- CreateEnum
CREATE TYPE "agent_state" AS ENUM ('logged_off', 'available', 'paused');

-- CreateEnum
CREATE TYPE "delivery" AS ENUM ('auto', 'offer', 'manual');

-- CreateEnum
CREATE TYPE "hours_mode" AS ENUM ('own', 'always', 'inherit');

-- CreateEnum
CREATE TYPE "conversation_status" AS ENUM ('open', 'waiting', 'solved', 'closed');

-- CreateEnum
CREATE TYPE "placement" AS ENUM ('bot', 'queued', 'offered', 'assigned');

-- CreateEnum
CREATE TYPE "survey_state" AS ENUM ('none', 'running', 'answered', 'skipped', 'expired', 'ended');

-- CreateEnum
CREATE TYPE "direction" AS ENUM ('in', 'out', 'note');

-- CreateEnum
CREATE TYPE "message_delivery" AS ENUM ('none', 'pending', 'sending', 'sent', 'delivered', 'read', 'failed', 'unknown');

-- CreateTable
CREATE TABLE "agent" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "number" TEXT,
    "role" "role" NOT NULL DEFAULT 'agent',
    "password_hash" TEXT NOT NULL,
    "channel_kinds" TEXT[],
    "max_units" INTEGER NOT NULL DEFAULT 100,
    "unit_overrides" JSONB NOT NULL DEFAULT '{}',
    "state" "agent_state" NOT NULL DEFAULT 'logged_off',
    "pause_reason" TEXT,
    "state_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "on_call" BOOLEAN NOT NULL DEFAULT false,
    "absent_since" TIMESTAMPTZ(3),
    "used_units" INTEGER NOT NULL DEFAULT 0,
    "missed_offers" INTEGER NOT NULL DEFAULT 0,
    "last_assigned_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "calendar" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "intervals" JSONB NOT NULL DEFAULT '[]',
    "is_global" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "calendar_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "closed_date" (
    "id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,
    "description" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "closed_date_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "delivery" "delivery" NOT NULL DEFAULT 'auto',
    "eligibility" TEXT NOT NULL DEFAULT 'capacity',
    "distribution" TEXT NOT NULL DEFAULT 'least-loaded',
    "weight" INTEGER NOT NULL DEFAULT 0,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "hours_mode" "hours_mode" NOT NULL DEFAULT 'always',
    "calendar_id" UUID,
    "archived_at" TIMESTAMPTZ(3),
    "heir_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "queue_member" (
    "queue_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "penalty" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL DEFAULT 0,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queue_member_pkey" PRIMARY KEY ("queue_id","agent_id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "queue_id" UUID NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "sealed" BYTEA,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact" (
    "id" UUID NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "id" UUID NOT NULL,
    "channel_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "contact_id" UUID,
    "name" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "channel_id" UUID NOT NULL,
    "channel_kind" TEXT NOT NULL,
    "identity_id" UUID NOT NULL,
    "contact_id" UUID,
    "queue_id" UUID NOT NULL,
    "subject" TEXT,
    "chat_like" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "loaded_version" INTEGER NOT NULL DEFAULT 0,
    "status" "conversation_status" NOT NULL DEFAULT 'open',
    "survey" "survey_state" NOT NULL DEFAULT 'none',
    "survey_after_seq" INTEGER,
    "policy_version" INTEGER NOT NULL DEFAULT 1,
    "round_end_at" TIMESTAMPTZ(3),
    "snooze_until" TIMESTAMPTZ(3),
    "survey_expires_at" TIMESTAMPTZ(3),
    "confirm_at" TIMESTAMPTZ(3),
    "first_response_at" TIMESTAMPTZ(3),
    "next_deadline_at" TIMESTAMPTZ(3),
    "solved_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "closed_after_seq" INTEGER,
    "superseded_by_id" UUID,
    "previous_id" UUID,
    "placement" "placement",
    "owner_id" UUID,
    "expires_at" TIMESTAMPTZ(3),
    "reserved_units" INTEGER NOT NULL DEFAULT 0,
    "claim_no" INTEGER NOT NULL DEFAULT 0,
    "seen_claim_no" INTEGER NOT NULL DEFAULT 0,
    "last_agent_id" UUID,
    "listed_agent_id" UUID,
    "over_capacity" BOOLEAN NOT NULL DEFAULT false,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "front" BOOLEAN NOT NULL DEFAULT false,
    "queued_since" TIMESTAMPTZ(3),
    "order_key" BIGINT NOT NULL DEFAULT 0,
    "excluded" UUID[] DEFAULT ARRAY[]::UUID[],
    "last_seq" INTEGER NOT NULL DEFAULT 0,
    "last_in_seq" INTEGER NOT NULL DEFAULT 0,
    "last_out_seq" INTEGER NOT NULL DEFAULT 0,
    "last_message_at" TIMESTAMPTZ(3),
    "last_inbound_at" TIMESTAMPTZ(3),
    "window_expires_at" TIMESTAMPTZ(3),
    "window_mode" TEXT,
    "first_reply_at" TIMESTAMPTZ(3),
    "unread" INTEGER NOT NULL DEFAULT 0,
    "customer_seen_seq" INTEGER NOT NULL DEFAULT 0,
    "agent_seen_seq" INTEGER NOT NULL DEFAULT 0,
    "rev" BIGINT NOT NULL DEFAULT 1,
    "last_command_number" INTEGER NOT NULL DEFAULT 0,
    "rung_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "rev" BIGINT NOT NULL,
    "direction" "direction" NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_id" UUID,
    "text" TEXT NOT NULL,
    "channel_id" UUID NOT NULL,
    "external_id" TEXT,
    "key" TEXT,
    "key_hash" TEXT,
    "human_tag" BOOLEAN NOT NULL DEFAULT false,
    "delivery" "message_delivery" NOT NULL DEFAULT 'none',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "next_attempt_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "xid" BIGINT NOT NULL DEFAULT txid_current(),

    CONSTRAINT "message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file" (
    "id" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "conversation_id" UUID,
    "identity_id" UUID,
    "agent_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_file" (
    "message_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "message_file_pkey" PRIMARY KEY ("message_id","file_id")
);

-- CreateTable
CREATE TABLE "command" (
    "conversation_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "args" JSONB NOT NULL DEFAULT '{}',
    "giver_kind" TEXT NOT NULL,
    "giver_id" UUID,
    "key" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "after_seq" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "decided_version" INTEGER,

    CONSTRAINT "command_pkey" PRIMARY KEY ("conversation_id","number")
);

-- CreateTable
CREATE TABLE "conversation_event" (
    "id" BIGSERIAL NOT NULL,
    "conversation_id" UUID NOT NULL,
    "rev" BIGINT NOT NULL,
    "after_seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "xid" BIGINT NOT NULL DEFAULT txid_current(),

    CONSTRAINT "conversation_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "conversation_id" UUID NOT NULL,
    "claim_no" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "agent_id" UUID,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("conversation_id","claim_no")
);

-- CreateTable
CREATE TABLE "hand_out" (
    "id" BIGSERIAL NOT NULL,
    "agent_id" UUID,
    "conversation_id" UUID,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hand_out_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision_receipt" (
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "claim_no" INTEGER,
    "result" TEXT NOT NULL,
    "agent_id" UUID,
    "queue_id" UUID NOT NULL,
    "policy_version" INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "candidates" JSONB NOT NULL DEFAULT '[]',
    "wait_ms" INTEGER NOT NULL,
    "wait_cause" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_answer" (
    "conversation_id" UUID NOT NULL,
    "agent_id" UUID,
    "queue_id" UUID NOT NULL,
    "rating" INTEGER NOT NULL,
    "comment" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "survey_answer_pkey" PRIMARY KEY ("conversation_id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "audit" (
    "id" BIGSERIAL NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency" (
    "actor" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("actor","route","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "agent_email_key" ON "agent"("email");

-- CreateIndex
CREATE UNIQUE INDEX "agent_number_key" ON "agent"("number");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_agent_id_idx" ON "session"("agent_id");

-- CreateIndex
CREATE INDEX "closed_date_calendar_id_idx" ON "closed_date"("calendar_id");

-- CreateIndex
CREATE UNIQUE INDEX "queue_name_key" ON "queue"("name");

-- CreateIndex
CREATE INDEX "queue_member_agent_id_idx" ON "queue_member"("agent_id");

-- CreateIndex
CREATE INDEX "contact_email_idx" ON "contact"("email");

-- CreateIndex
CREATE INDEX "contact_phone_idx" ON "contact"("phone");

-- CreateIndex
CREATE INDEX "identity_contact_id_idx" ON "identity"("contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "identity_channel_id_external_id_key" ON "identity"("channel_id", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_number_key" ON "conversation"("number");

-- CreateIndex
CREATE INDEX "message_xid_idx" ON "message"("xid");

-- CreateIndex
CREATE UNIQUE INDEX "message_conversation_id_seq_key" ON "message"("conversation_id", "seq");

-- CreateIndex
CREATE INDEX "file_hash_idx" ON "file"("hash");

-- CreateIndex
CREATE INDEX "message_file_file_id_idx" ON "message_file"("file_id");

-- CreateIndex
CREATE UNIQUE INDEX "command_conversation_id_key_key" ON "command"("conversation_id", "key");

-- CreateIndex
CREATE INDEX "conversation_event_conversation_id_rev_idx" ON "conversation_event"("conversation_id", "rev");

-- CreateIndex
CREATE INDEX "conversation_event_xid_idx" ON "conversation_event"("xid");

-- CreateIndex
CREATE INDEX "claim_agent_id_created_at_idx" ON "claim"("agent_id", "created_at");

-- CreateIndex
CREATE INDEX "decision_receipt_conversation_id_created_at_idx" ON "decision_receipt"("conversation_id", "created_at");

-- CreateIndex
CREATE INDEX "audit_target_idx" ON "audit"("target");

-- CreateIndex
CREATE INDEX "idempotency_created_at_idx" ON "idempotency"("created_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "closed_date" ADD CONSTRAINT "closed_date_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "calendar"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue" ADD CONSTRAINT "queue_calendar_id_fkey" FOREIGN KEY ("calendar_id") REFERENCES "calendar"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue" ADD CONSTRAINT "queue_heir_id_fkey" FOREIGN KEY ("heir_id") REFERENCES "queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_member" ADD CONSTRAINT "queue_member_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "queue_member" ADD CONSTRAINT "queue_member_agent_id_fkey" FOREIGN KEY ("agent_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_identity_id_fkey" FOREIGN KEY ("identity_id") REFERENCES "identity"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "agent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message" ADD CONSTRAINT "message_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_file" ADD CONSTRAINT "message_file_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "message"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_file" ADD CONSTRAINT "message_file_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "command" ADD CONSTRAINT "command_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation_event" ADD CONSTRAINT "conversation_event_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "decision_receipt" ADD CONSTRAINT "decision_receipt_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_answer" ADD CONSTRAINT "survey_answer_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Hand-written from here on: what Prisma's schema cannot say. Each index is listed in
-- ../../hand-written-indexes.json and a test fails when one is gone.

-- The product's one clock. A test sets switchyard.clock_offset (an interval) to live in another time.
CREATE FUNCTION "app_now"() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT date_trunc('milliseconds', clock_timestamp())
       + coalesce(nullif(current_setting('switchyard.clock_offset', true), ''), '0')::interval
$$;

-- Promise 2: parallel deliveries for one customer give one conversation.
CREATE UNIQUE INDEX "conversation_live_of_identity" ON "conversation" ("identity_id")
  WHERE "chat_like" AND "status" <> 'closed' AND "superseded_by_id" IS NULL;

-- A line is (queue, kind); its head is the first entry here.
CREATE INDEX "conversation_in_line" ON "conversation" ("queue_id", "channel_kind", "order_key", "id")
  WHERE "status" = 'open' AND "placement" = 'queued';

-- An agent's load is the sum over these.
CREATE INDEX "conversation_of_owner" ON "conversation" ("owner_id") INCLUDE ("reserved_units")
  WHERE "owner_id" IS NOT NULL;

CREATE INDEX "conversation_unclosed" ON "conversation" ("id") WHERE "status" <> 'closed';

-- The relay rings what these three find.
CREATE INDEX "conversation_overdue" ON "conversation" ("next_deadline_at") WHERE "next_deadline_at" IS NOT NULL;
CREATE INDEX "conversation_claim_unseen" ON "conversation" ("id") WHERE "claim_no" > "seen_claim_no";
CREATE INDEX "conversation_never_loaded" ON "conversation" ("id") WHERE "loaded_version" = 0;

CREATE INDEX "command_without_outcome" ON "command" ("conversation_id", "number") WHERE "outcome" IS NULL;

CREATE UNIQUE INDEX "claim_by_key" ON "claim" ("conversation_id", "key") WHERE "key" IS NOT NULL;

-- Promise 2 again: a message redelivered by its channel is recognised.
CREATE UNIQUE INDEX "message_external_id" ON "message" ("channel_id", "external_id")
  WHERE "direction" = 'in' AND "external_id" IS NOT NULL;
CREATE UNIQUE INDEX "message_by_key" ON "message" ("conversation_id", "key") WHERE "key" IS NOT NULL;
CREATE INDEX "message_pending" ON "message" ("conversation_id", "seq") WHERE "delivery" IN ('pending', 'sending');

-- Rows that change all the time: room on the page, so that an update need not touch an index.
ALTER TABLE "conversation" SET (fillfactor = 80);
ALTER TABLE "agent" SET (fillfactor = 50);
