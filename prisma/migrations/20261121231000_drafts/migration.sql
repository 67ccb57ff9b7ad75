-- What agents have begun to write and not sent.
CREATE TABLE "draft" (
    "conversation_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "reply" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("conversation_id","agent_id")
);
ALTER TABLE "draft" ADD CONSTRAINT "draft_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
