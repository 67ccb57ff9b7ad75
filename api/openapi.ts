import {
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type ResponseConfig,
} from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { takesBody, type Endpoint } from '../contracts/endpoint';
import { endpoints } from '../contracts/http/endpoints';
import { ERRORS, type ErrorCode } from '../core/errors';

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

/** The one body of every refusal. */
const errorBody = z
  .object({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string(),
  })
  .meta({ id: 'Error' });

const idempotencyKey = {
  in: 'header',
  name: 'Idempotency-Key',
  required: false,
  description:
    'A repeat with the same key within 24 hours is answered with the first answer; the same key with another content is refused.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
} as const;

/** What an endpoint may refuse with: what its contract names, and what its kind implies. */
function refusalsOf(contract: Endpoint): ErrorCode[] {
  const { access } = contract;
  const person = access === 'agent' || access === 'supervisor' || access === 'admin';
  const implied: ErrorCode[] = ['INTERNAL', 'UNAVAILABLE', 'INVALID_REQUEST'];
  if (person) implied.push('UNAUTHENTICATED', 'FORBIDDEN');
  if (contract.path.includes('{')) implied.push('NOT_FOUND');
  if (takesBody(contract)) {
    implied.push('MALFORMED_JSON', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE');
  }
  if (contract.method === 'post' && person) {
    implied.push('IDEMPOTENCY_MISMATCH', 'IDEMPOTENCY_IN_PROGRESS');
  }
  return [...new Set([...contract.errors, ...implied])].sort();
}

/** The OpenAPI 3.1 document of the contracts. */
export function openApiDocument(): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  registry.registerComponent('securitySchemes', 'cookie', {
    type: 'apiKey',
    in: 'cookie',
    name: 'switchyard_session',
    description: 'Anything but a read needs the header X-CSRF-Token beside it.',
  });
  for (const contract of endpoints) registerEndpoint(registry, contract);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: 'Switchyard', version: '1', license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api/v1' }],
  });
}

function registerEndpoint(registry: OpenAPIRegistry, contract: Endpoint): void {
  const { params, query, body } = contract;
  const media = { json: 'application/json', multipart: 'multipart/form-data', raw: '*/*' } as const;
  registry.registerPath({
    operationId: contract.id,
    method: contract.method,
    path: contract.path,
    tags: [contract.tag],
    summary: contract.summary,
    ...(contract.description ? { description: contract.description } : {}),
    security: securityOf(contract),
    ...(contract.method === 'post' ? { parameters: [idempotencyKey] } : {}),
    request: {
      ...(params instanceof z.ZodObject ? { params } : {}),
      ...(query instanceof z.ZodObject ? { query } : {}),
      ...(takesBody(contract)
        ? { body: { required: true, content: { [media[contract.bodyType]]: { schema: body } } } }
        : {}),
    },
    responses: { ...answersOf(contract), ...errorsOf(contract) },
  });
}

function securityOf({ access }: Endpoint): { [scheme: string]: string[] }[] {
  if (access === 'public' || access === 'channel') return [];
  return access === 'visitor' ? [{ bearer: [] }] : [{ bearer: [] }, { cookie: [] }];
}

function answersOf(contract: Endpoint): Record<string, ResponseConfig> {
  const answer = (status: number): ResponseConfig =>
    status === 204
      ? { description: 'Done.' }
      : {
          description: contract.summary,
          content: { [contract.responseType]: { schema: contract.response } },
        };
  const statuses = [contract.status, ...contract.otherStatuses];
  return Object.fromEntries(statuses.map((status) => [status, answer(status)]));
}

/** Refusals by status, each with the codes that it may carry. */
function errorsOf(contract: Endpoint): Record<string, ResponseConfig> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of refusalsOf(contract)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.map((code) => `\`${code}\`: ${ERRORS[code].message}`).join('\n\n'),
        content: { 'application/json': { schema: errorBody } },
      },
    ]),
  );
}
