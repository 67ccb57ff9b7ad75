import { Router } from 'express';
import { z } from 'zod';
import * as contract from '../../contracts/http/contacts';
import * as contacts from '../../db/customers/contacts';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

const byInstant = z.tuple([z.iso.datetime(), z.uuid()]);

/** Contacts. Which conversation belongs to whom is set at the conversation. */
export function contactRoutes({ db }: ApiDeps): Router {
  const router = Router();

  serve(router, contract.listContacts, async ({ query }) => {
    const page = { limit: query.limit + 1, after: positionOf(byInstant, query.after) };
    const rows = await contacts.listContacts(db, query.search, page);
    return pageOfRows(rows, query.limit, {
      item: (row) => row,
      position: (row) => [row.createdAt, row.id],
    });
  });

  serve(router, contract.createContact, ({ body, key }) => contacts.createContact(db, key, body));

  serve(router, contract.getContact, ({ params }) => contacts.readContact(db, params.id));

  serve(router, contract.editContact, ({ params, body }) =>
    contacts.editContact(db, params.id, body),
  );

  return router;
}
