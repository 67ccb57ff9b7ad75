-- A supervisor's wish to empty a queue: what is done to its line, and the words that customers are told.
CREATE TABLE "emptied_queue" (
    "id" UUID NOT NULL,
    "queue_id" UUID NOT NULL,
    "to_queue_id" UUID,
    "text" TEXT,
    "actor_id" UUID NOT NULL,
    "given" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emptied_queue_pkey" PRIMARY KEY ("id")
);
