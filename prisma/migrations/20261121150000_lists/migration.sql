-- Lists that people page through. What is not in one of these is found by id, or in the line.

CREATE INDEX "conversation_active_of_queue" ON "conversation" ("queue_id", "number" DESC)
  WHERE "status" <> 'closed';
CREATE INDEX "conversation_closed_of_queue" ON "conversation" ("queue_id", "closed_at" DESC, "id" DESC)
  WHERE "status" = 'closed';
CREATE INDEX "conversation_of_last_agent" ON "conversation" ("last_agent_id")
  WHERE "last_agent_id" IS NOT NULL;
CREATE INDEX "conversation_listed" ON "conversation" ("listed_agent_id")
  WHERE "listed_agent_id" IS NOT NULL;

-- A customer's earlier conversations, by number. Also read when a closed customer writes again.
CREATE INDEX "conversation_identity_id_number_idx" ON "conversation"("identity_id", "number");

-- Who took part: what an agent wrote. Customers have no author id.
CREATE INDEX "message_of_author" ON "message" ("author_id", "conversation_id")
  WHERE "author_id" IS NOT NULL;
