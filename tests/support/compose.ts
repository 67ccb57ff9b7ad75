import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Service {
  image?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string | number>;
  ports?: string[];
  restart?: string;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

const file = (name: string): string => readFileSync(join(__dirname, '..', '..', name), 'utf8');

/** Names of the variables that docker-compose.yml takes from .env, and which of them it cannot do without. */
export function composeVariables(): { name: string; required: boolean }[] {
  const found = [...file('docker-compose.yml').matchAll(/(?<!\$)\$\{(\w+)(:[?-])?/g)];
  const required = new Map<string, boolean>();
  for (const [, name = '', mark] of found)
    required.set(name, required.get(name) === true || mark === ':?');
  return [...required].map(([name, isRequired]) => ({ name, required: isRequired }));
}

/**
 * The services of docker-compose.yml as Compose would run them with these variables.
 *
 * @throws Error in the file's own words where a variable that it needs is missing
 */
export function composeServices(variables: Record<string, string>): Record<string, Service> {
  const { services } = parse(file('docker-compose.yml'), {
    merge: true,
    reviver: (_key, value: unknown) =>
      typeof value === 'string' ? interpolate(value, variables) : value,
  }) as { services: Record<string, Service> };
  return services;
}

// Compose's own syntax: $$ is a dollar, ${A:-b} has a default, ${A:?c} must be there.
function interpolate(text: string, variables: Record<string, string>): string {
  return text.replace(
    /\$\$|\$\{(\w+)(?::([?-])([^}]*))?\}/g,
    (whole, name?: string, mark?: string, rest = '') => {
      if (name === undefined) return whole[0] ?? '';
      const value = variables[name];
      if (value) return value;
      if (mark === '?') throw new Error(rest);
      return rest;
    },
  );
}
