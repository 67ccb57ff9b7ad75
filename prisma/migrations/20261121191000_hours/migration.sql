-- Opening hours: what a queue's calendar makes of this moment stands on the queue's row.
ALTER TABLE "queue" ADD COLUMN "open" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "next_change_at" TIMESTAMPTZ(3),
  ADD COLUMN "closed_since" TIMESTAMPTZ(3);
ALTER TABLE "conversation" ADD COLUMN "told_closed_since" TIMESTAMPTZ(3);

ALTER TABLE "calendar" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "planned_version" INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX "calendar_name_key" ON "calendar"("name");
-- At most one calendar is what queues inherit.
CREATE UNIQUE INDEX "calendar_global" ON "calendar" ("is_global") WHERE "is_global";

-- No release has ever written a closed date, so its columns may change their kind at once.
ALTER TABLE "closed_date" DROP COLUMN "starts_at", DROP COLUMN "ends_at",
  ADD COLUMN "from_local" TEXT NOT NULL,
  ADD COLUMN "to_local" TEXT NOT NULL;
