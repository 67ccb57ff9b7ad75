import type { Endpoint } from '../endpoint';

/** Every endpoint under /api/v1. The document is made of these, and a test asks each of them for its manners. */
export const endpoints: readonly Endpoint[] = [];
