-- Lists in their own order, over all queues and within one. What is not closed goes by when it was created.
DROP INDEX "conversation_active_of_queue";
CREATE INDEX "conversation_active_of_queue" ON "conversation" ("queue_id", "created_at" DESC, "id" DESC)
  WHERE "status" <> 'closed';
CREATE INDEX "conversation_active" ON "conversation" ("created_at" DESC, "id" DESC)
  WHERE "status" <> 'closed';
CREATE INDEX "conversation_closed" ON "conversation" ("closed_at" DESC, "id" DESC) INCLUDE ("created_at")
  WHERE "status" = 'closed';
CREATE INDEX "conversation_closed_of_agent" ON "conversation" ("last_agent_id", "closed_at" DESC, "id" DESC)
  WHERE "status" = 'closed';
CREATE INDEX "conversation_closed_created" ON "conversation" ("created_at")
  WHERE "status" = 'closed';
CREATE INDEX "conversation_of_contact" ON "conversation" ("contact_id", "number")
  WHERE "contact_id" IS NOT NULL;

-- Customers are found by a part of what they are called or reached by.
CREATE EXTENSION IF NOT EXISTS "pg_trgm";
CREATE INDEX "identity_text" ON "identity" USING gin ((
  ' ' || coalesce("name", '') || ' ' || coalesce("email", '') || ' ' || coalesce("phone", '')) gin_trgm_ops);
CREATE INDEX "contact_text" ON "contact" USING gin ((
  ' ' || coalesce("first_name", '') || ' ' || coalesce("last_name", '') || ' ' || coalesce("email", '') || ' ' ||
  coalesce("phone", '')) gin_trgm_ops);
CREATE INDEX "contact_created_at_id_idx" ON "contact"("created_at", "id");
