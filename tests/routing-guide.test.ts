/** docs/routing.md names all that can be set for a queue, with the words of the API. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { customerText } from '../contracts/customer-text';
import { queueFields } from '../contracts/http/queues';
import { ladderShape } from '../contracts/ladder';

const text = readFileSync(join(__dirname, '..', 'docs', 'routing.md'), 'utf8');
const { settings, ...others } = queueFields.shape;

function bare(shape: unknown): unknown {
  return shape instanceof z.ZodOptional || shape instanceof z.ZodNullable
    ? bare(shape.unwrap())
    : shape;
}

/** `returning.days` for what is set inside of something. */
function namesOf(shape: z.ZodObject, prefix = ''): string[] {
  return Object.entries(shape.shape).flatMap(([name, field]) => {
    const inner = bare(field);
    // What is said to customers is one thing.
    return inner instanceof z.ZodObject && inner !== customerText
      ? namesOf(inner, `${prefix}${name}.`)
      : [`${prefix}${name}`];
  });
}

/** What may be chosen where there are words to choose from. */
function choicesOf(shape: unknown): string[] {
  const inner = bare(shape);
  if (inner instanceof z.ZodEnum) return inner.options.map(String);
  if (inner instanceof z.ZodLiteral) return [...inner.values].map(String);
  if (inner instanceof z.ZodArray) return choicesOf(inner.element);
  if (inner instanceof z.ZodReadonly) return choicesOf(inner.unwrap());
  if (inner instanceof z.ZodDiscriminatedUnion) return inner.options.flatMap(choicesOf);
  return inner instanceof z.ZodObject ? Object.values(inner.shape).flatMap(choicesOf) : [];
}

const named = (word: string): boolean => text.includes(`\`${word}\``);

it('names every setting of a queue', () => {
  const names = [...Object.keys(others), ...namesOf(settings)];
  expect(names.length).toBeGreaterThan(25);
  expect(names.filter((name) => !named(name))).toEqual([]);
});

it('names all that a queue can choose from', () => {
  const { survey, ...routing } = settings.shape;
  expect(bare(survey)).toBeInstanceOf(z.ZodObject);
  const choices = [...Object.values(others), ...Object.values(routing)].flatMap(choicesOf);
  expect(choices).toEqual(expect.arrayContaining(['omni', 'ring-all', 'wait', 'offer']));
  expect([...choices, ...choicesOf(ladderShape)].filter((choice) => !named(choice))).toEqual([]);
});
