-- What eligibility and distribution go by. `holding` counts what the agent holds, by queue and kind.
ALTER TABLE "agent"
  ADD COLUMN "most_of_kinds" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "holding" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "in_conversation" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "idle_since" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "notified_at" TIMESTAMPTZ(3);
ALTER TABLE "queue_member" ADD COLUMN "served_at" TIMESTAMPTZ(3);
ALTER TABLE "decision_receipt" ADD COLUMN "seed" INTEGER NOT NULL DEFAULT 0;

UPDATE "agent" a
   SET "holding" = h."holding", "idle_since" = NULL
  FROM (SELECT "owner_id", jsonb_object_agg("key", "n") AS "holding"
          FROM (SELECT "owner_id", "queue_id" || '/' || "channel_kind" AS "key", count(*) AS "n"
                  FROM "conversation" WHERE "owner_id" IS NOT NULL AND "status" IN ('open', 'waiting')
                 GROUP BY 1, 2) g
         GROUP BY 1) h
 WHERE h."owner_id" = a."id";
