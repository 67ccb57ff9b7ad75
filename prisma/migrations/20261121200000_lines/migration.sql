-- Lines by required skills and by agent, ladders, urgency: see core/routing/place.ts.
ALTER TABLE "agent" ADD COLUMN "skills" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "channel"
  ADD COLUMN "required_skills" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "preferred_skills" TEXT[] NOT NULL DEFAULT '{}';
ALTER TABLE "conversation"
  ADD COLUMN "line_since" TIMESTAMPTZ(3),
  ADD COLUMN "ladder_step" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "ladder_at" TIMESTAMPTZ(3),
  ADD COLUMN "visited" UUID[] NOT NULL DEFAULT '{}',
  ADD COLUMN "required_skills" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "preferred_skills" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "relaxed" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "urgent" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "preferred_agent_id" UUID,
  ADD COLUMN "preferred_until" TIMESTAMPTZ(3),
  ADD COLUMN "alerted_at" TIMESTAMPTZ(3),
  ADD COLUMN "line" TEXT NOT NULL DEFAULT '';
UPDATE "conversation" SET "line_since" = "queued_since" WHERE "queued_since" IS NOT NULL;

CREATE TABLE "waiting_line" (
  "queue_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "line" TEXT NOT NULL,
  "skills" TEXT[] NOT NULL,
  CONSTRAINT "waiting_line_pkey" PRIMARY KEY ("queue_id", "kind", "line"),
  CONSTRAINT "waiting_line_queue_id_fkey" FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- The head of a line, for hand-outs. "conversation_in_line" stays for those who look at all lines of a queue.
CREATE INDEX "conversation_of_line" ON "conversation" ("queue_id", "channel_kind", "line", "order_key", "id")
  WHERE "status" = 'open' AND "placement" = 'queued';
