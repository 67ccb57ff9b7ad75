-- A transfer that is offered first: its agent keeps the conversation until the other one accepts.
ALTER TABLE "conversation"
  ADD COLUMN "transfer_to_id" UUID,
  ADD COLUMN "transfer_until" TIMESTAMPTZ(3),
  ADD COLUMN "transfer_units" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "conversation_transfer_to" ON "conversation" ("transfer_to_id") INCLUDE ("transfer_units")
  WHERE "transfer_to_id" IS NOT NULL;
