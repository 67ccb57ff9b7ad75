import { Router } from 'express';
import { z } from 'zod';
import * as contract from '../../contracts/http/conversations';
import { AppError } from '../../core/errors';
import { conversationFor } from '../../db/access';
import { beginConversation } from '../../db/conversation/begin-conversation';
import { readChanges } from '../../db/conversation/changes';
import {
  listConversations,
  readEvents,
  readMessages,
  readSnapshot,
} from '../../db/conversation/conversations';
import * as edits from '../../db/conversation/edit-conversation';
import { findOrCreateIdentity } from '../../db/customers/identities';
import { readViews } from '../../db/conversation/list-members';
import { setSkills } from '../../db/routing/set-skills';
import type { ConversationView } from '../../db/conversation/views';
import { setPriority } from '../../db/routing/set-priority';
import { pageOfRows, positionOf } from '../cursor';
import type { ApiDeps } from '../deps';
import { serve } from '../serve';

const byNumber = z.tuple([z.string().regex(/^-?\d{1,17}$/), z.uuid()]);
const byInstant = z.tuple([z.iso.datetime(), z.uuid()]);
const bySeq = z.int().min(0);

const instantOf = (text: string | undefined): Date | undefined =>
  text ? new Date(text) : undefined;

/** Lists and reads of conversations, and what people write on them. */
export function conversationRoutes(deps: ApiDeps): Router {
  const { db, afterCommit } = deps;
  const router = Router();

  serve(router, contract.listConversations, async ({ query, actor }) => {
    const { view, limit, after, from, to, ...rest } = query;
    if (view === 'active' && actor.role === 'agent') {
      throw new AppError('FORBIDDEN', { need: 'supervisor' });
    }
    const filter = { ...rest, from: instantOf(from), to: instantOf(to) };
    const position = positionOf(view === 'unassigned' ? byNumber : byInstant, after);
    const page = { limit: limit + 1, after: position };
    const rows = await listConversations(db, actor, view, filter, page);
    return pageOfRows(rows, limit, { item: (row) => row.view, position: (row) => row.position });
  });

  serve(router, contract.beginConversation, async ({ body, actor, key, res }) => {
    const { channelId, to, text } = body;
    const identity = await findOrCreateIdentity(db, {
      channelId,
      externalId: to.id,
      name: to.name,
    });
    const { value, effects } = await beginConversation(db, {
      id: key,
      channelId,
      identityId: identity.id,
      contactId: identity.contactId,
      agentId: actor.id,
      text,
    });
    afterCommit.start(effects);
    if (value.repeated) res.status(200);
    return viewOf(value.conversationId);
  });

  serve(router, contract.getConversation, async ({ params, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    const snapshot = await readSnapshot(db, params.id);
    if (!snapshot) throw new AppError('NOT_FOUND');
    return snapshot;
  });

  serve(router, contract.listMessages, async ({ params, query, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    const before = positionOf(bySeq, query.after);
    const rows = await readMessages(db, params.id, { limit: query.limit + 1, before });
    return pageOfRows(rows, query.limit, { item: (row) => row, position: (row) => row.seq });
  });

  serve(router, contract.listEvents, async ({ params, query, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    const before = positionOf(bySeq, query.after);
    const rows = await readEvents(db, params.id, { limit: query.limit + 1, before });
    return pageOfRows(rows, query.limit, { item: (row) => row, position: (row) => row.id });
  });

  serve(router, contract.getChanges, async ({ params, query, actor }) => {
    await conversationFor(db, actor, params.id, 'see');
    const changes = await readChanges(db, params.id, query.after);
    if (!changes) throw new AppError('NOT_FOUND');
    if (query.after > changes.rev) throw new AppError('SEQUENCE_GAP', { rev: changes.rev });
    return changes;
  });

  serve(router, contract.editConversation, async ({ params, body, actor }) => {
    const { effects } = await edits.setSubject(db, actor, params.id, body.subject);
    afterCommit.start(effects);
    return viewOf(params.id);
  });

  serve(router, contract.linkContact, async ({ params, body, actor }) => {
    const { effects } = await edits.setContact(db, actor, params.id, body.contactId);
    afterCommit.start(effects);
    return viewOf(params.id);
  });

  serve(router, contract.setSkills, async ({ params, body, actor }) => {
    const skills = { required: body.requiredSkills, preferred: body.preferredSkills };
    const { effects } = await setSkills(db, actor, params.id, skills);
    afterCommit.start(effects);
    return viewOf(params.id);
  });

  serve(router, contract.setPriority, async ({ params, body, actor }) => {
    const { effects } = await setPriority(db, actor, params.id, body.priority);
    afterCommit.start(effects);
    return viewOf(params.id);
  });

  serve(router, contract.hideConversation, async ({ params, actor }) => {
    const { effects } = await edits.hideConversation(db, actor, params.id);
    afterCommit.start(effects);
  });

  serve(router, contract.markSeen, async ({ params, body, actor }) => {
    const { effects } = await edits.markSeen(db, actor, params.id, body.seq);
    afterCommit.start(effects);
  });

  async function viewOf(id: string): Promise<ConversationView> {
    const [view] = await readViews(db, [id]);
    if (!view) throw new AppError('NOT_FOUND');
    return view;
  }

  return router;
}
