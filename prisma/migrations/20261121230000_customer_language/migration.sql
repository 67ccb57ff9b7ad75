-- What customers tell of themselves beside name and addresses: their language, a form's answers, the page they look at.
ALTER TABLE "identity" ADD COLUMN "language" TEXT,
                       ADD COLUMN "answers" JSONB NOT NULL DEFAULT '[]',
                       ADD COLUMN "page" JSONB;
