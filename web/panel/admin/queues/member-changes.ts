export interface Member {
  readonly agentId: string;
  readonly penalty: number;
  readonly position: number;
}

/** What must be asked for so that a queue has these members: who is new or stands otherwise, and who leaves. */
export function memberChanges(
  before: readonly Member[],
  after: readonly Member[],
): { put: Member[]; removed: string[] } {
  const known = new Map(before.map((member) => [member.agentId, member]));
  const put = after.filter(({ agentId, penalty, position }) => {
    const was = known.get(agentId);
    return was?.penalty !== penalty || was.position !== position;
  });
  const stay = new Set(after.map(({ agentId }) => agentId));
  return { put, removed: [...known.keys()].filter((agentId) => !stay.has(agentId)) };
}
