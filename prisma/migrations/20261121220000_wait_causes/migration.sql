-- How queues were over time: from this the wait of a conversation is split by cause when somebody reads it.
CREATE TABLE "queue_condition" (
    "queue_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "open" BOOLEAN NOT NULL,
    "staffed" BOOLEAN NOT NULL,

    CONSTRAINT "queue_condition_pkey" PRIMARY KEY ("queue_id","since")
);
ALTER TABLE "queue_condition" ADD CONSTRAINT "queue_condition_queue_id_fkey"
  FOREIGN KEY ("queue_id") REFERENCES "queue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What keeps it waiting, in one word. No release has ever written the column before, so it may go at once.
ALTER TABLE "decision_receipt" ADD COLUMN "cause" TEXT;
UPDATE "decision_receipt"
   SET "cause" = (SELECT key FROM jsonb_object_keys("wait_cause") AS key LIMIT 1)
 WHERE "result" = 'waiting';
ALTER TABLE "decision_receipt" DROP COLUMN "wait_cause";
