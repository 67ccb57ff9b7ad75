-- Every version of a queue's policy, whole: receipts name versions, and people ask what has changed since.
CREATE TABLE "queue_version" (
    "queue_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "fields" JSONB NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "queue_version_pkey" PRIMARY KEY ("queue_id","version")
);
ALTER TABLE "queue_version" ADD CONSTRAINT "queue_version_queue_id_fkey"
  FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of queues that exist only the present version is known.
INSERT INTO "queue_version" ("queue_id", "version", "fields", "actor_kind", "created_at")
SELECT "id", "version",
       jsonb_build_object('name', "name", 'delivery', "delivery", 'eligibility', "eligibility",
         'distribution', "distribution", 'weight', "weight", 'settings', "settings", 'hoursMode', "hours_mode",
         'calendarId', "calendar_id", 'archived', "archived_at" IS NOT NULL, 'heirId', "heir_id"),
       'system', CASE WHEN "version" = 1 THEN "created_at" ELSE now() END
  FROM "queue";
