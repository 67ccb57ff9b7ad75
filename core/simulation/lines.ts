/** The lines of one queue and kind of channel, as the router has them: see core/routing/place.ts. */
import { lineOf } from '../routing/place';
import { strictSkills } from '../routing/skills';
import type { Conversation } from './conversation';
import { isBefore, WaitingLine } from './line';
import type { Worker } from './workforce';

type Line = WaitingLine<Conversation>;

export class Lines {
  private readonly plain: Line = new WaitingLine();
  private readonly bySkills = new Map<string, { readonly needs: readonly string[]; line: Line }>();
  private readonly byAgent = new Map<string, Line>();

  /** The line in which it stands, by its place. */
  of({ place, skills }: Pick<Conversation, 'place' | 'skills'>): Line {
    const name = lineOf(place, skills);
    if (name === '') return this.plain;
    if (name.startsWith('agent:')) return entry(this.byAgent, name, (): Line => new WaitingLine());
    const needs = strictSkills(skills, place.relaxed);
    return entry(this.bySkills, name, () => ({ needs, line: new WaitingLine<Conversation>() }))
      .line;
  }

  /**
   * The first that the agent has the skills for, or that is kept for the agent, and that is not passed over. `only`: no
   * other one.
   */
  firstFor(
    { index, facts, skills }: Worker,
    only: Conversation | null = null,
  ): Conversation | undefined {
    let first: Conversation | undefined;
    const look = (line: Line): void => {
      if (line.length === 0) return;
      const one = line.first(
        (each) => !each.excluded?.has(index) && (only === null || each === only),
      );
      if (one && (!first || isBefore(one, first))) first = one;
    };
    look(this.plain);
    for (const { needs, line } of this.bySkills.values()) {
      if (needs.every((skill) => skills.includes(skill))) look(line);
    }
    const own = this.byAgent.get(`agent:${facts.agentId}`);
    if (own) look(own);
    return first;
  }

  get isEmpty(): boolean {
    const none = (line: Line): boolean => line.length === 0;
    if (!none(this.plain)) return false;
    for (const { line } of this.bySkills.values()) if (!none(line)) return false;
    for (const line of this.byAgent.values()) if (!none(line)) return false;
    return true;
  }

  /** All that stand in them. */
  standing(): Conversation[] {
    const skilled = [...this.bySkills.values()].map(({ line }) => line);
    return [this.plain, ...skilled, ...this.byAgent.values()].flatMap((line) => line.all());
  }
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
