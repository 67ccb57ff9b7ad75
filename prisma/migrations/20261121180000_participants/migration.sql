-- Who took part in a closed conversation: an agent's list of them no longer grows slower with all the agent ever did.
CREATE TABLE "participant" (
    "conversation_id" UUID NOT NULL,
    "agent_id" UUID NOT NULL,
    "closed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "participant_pkey" PRIMARY KEY ("conversation_id","agent_id")
);
CREATE INDEX "participant_agent_id_closed_at_conversation_id_idx" ON "participant"("agent_id", "closed_at" DESC, "conversation_id" DESC);
ALTER TABLE "participant" ADD CONSTRAINT "participant_conversation_id_fkey" FOREIGN KEY ("conversation_id") REFERENCES "conversation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

INSERT INTO "participant" ("conversation_id", "agent_id", "closed_at")
SELECT DISTINCT c."id", p."agent_id", c."closed_at"
  FROM "conversation" c
 CROSS JOIN LATERAL (
    SELECT "agent_id" FROM "claim" WHERE "conversation_id" = c."id" AND "kind" IN ('assign', 'accept', 'take')
     UNION ALL SELECT "author_id" FROM "message" WHERE "conversation_id" = c."id" AND "author_kind" = 'agent'
     UNION ALL SELECT c."last_agent_id") p
 WHERE c."status" = 'closed' AND p."agent_id" IS NOT NULL;

-- What is new in a long conversation is found without reading all of it.
CREATE INDEX "message_conversation_id_rev_idx" ON "message"("conversation_id", "rev");

-- Nothing asks for it any more.
DROP INDEX "message_of_author";
