-- Since when its agent holds it: idleness counts from here or from the last message, whichever is later.
ALTER TABLE "conversation" ADD COLUMN "held_since" TIMESTAMPTZ(3);
