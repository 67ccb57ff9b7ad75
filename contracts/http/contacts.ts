import { z } from 'zod';
import { endpoint } from '../endpoint';
import { messageText } from '../message-text';
import { byId, emailAddress, instant, line, pageOf, pageQuery, telephone, uuid } from '../shapes';

const attributes = z
  .record(line(50), z.union([messageText(500), z.number(), z.boolean(), z.null()]))
  .refine((record) => Object.keys(record).length <= 50, { message: 'has more than 50 entries' });

const fields = z
  .strictObject({
    firstName: line(100).nullable(),
    lastName: line(100).nullable(),
    email: emailAddress.nullable(),
    phone: telephone.nullable(),
    attributes,
  })
  .partial();

const contactShape = z
  .object({
    id: uuid,
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    attributes: z.record(z.string(), z.unknown()),
    identities: z.array(
      z.object({ id: uuid, channelId: uuid, externalId: z.string(), name: z.string().nullable() }),
    ),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'Contact' });

export const listContacts = endpoint({
  id: 'listContacts',
  method: 'get',
  path: '/contacts',
  summary: 'Lists contacts, the newest first',
  query: pageQuery.extend({
    search: line(100).optional().meta({ description: 'Part of a name, an address or a number.' }),
  }),
  response: pageOf(contactShape),
  errors: [],
  access: 'agent',
});

export const createContact = endpoint({
  id: 'createContact',
  method: 'post',
  path: '/contacts',
  summary: 'Adds a contact',
  body: fields,
  response: contactShape,
  status: 201,
  errors: [],
  access: 'agent',
});

export const getContact = endpoint({
  id: 'getContact',
  method: 'get',
  path: '/contacts/{id}',
  summary: 'Reads one contact',
  params: byId,
  response: contactShape,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const editContact = endpoint({
  id: 'editContact',
  method: 'patch',
  path: '/contacts/{id}',
  summary: 'Edits a contact',
  params: byId,
  body: fields,
  response: contactShape,
  errors: ['NOT_FOUND'],
  access: 'agent',
});

export const contactsEndpoints = [listContacts, createContact, getContact, editContact];
