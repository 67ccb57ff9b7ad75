/** What a conversation costs the agent who holds it. Units are whole numbers; 100 is a full agent by default. */
import type { ChannelKind } from '../channel-kinds';
import type { Placement, Status } from '../conversation/types';

/** Defaults by kind: a live chat is a quarter of an agent, a message a fifth, a mail a tenth, a call all. */
const DEFAULT_UNITS: Readonly<Record<ChannelKind, number>> = {
  'live-chat': 25,
  email: 10,
  voice: 100,
  sms: 20,
  whatsapp: 20,
  messenger: 20,
  instagram: 20,
  telegram: 20,
  viber: 20,
  vk: 20,
  ok: 20,
  open: 20,
};

export type UnitOverrides = Readonly<Partial<Record<string, number>>>;

/** Units of one conversation of a kind: the agent's override, else the queue's, else the default of the kind. */
export function unitsOf(kind: string, ofAgent: UnitOverrides, ofQueue: UnitOverrides): number {
  return ofAgent[kind] ?? ofQueue[kind] ?? DEFAULT_UNITS[kind as ChannelKind] ?? 20;
}

/**
 * Units that a row reserves. An offer costs what the assignment will; a conversation that waits for its customer
 * costs `waitingFactor` of it (0 frees the slot), rounded up; solved and closed cost nothing.
 */
export function reserved(
  status: Status,
  placement: Placement | null,
  units: number,
  waitingFactor: number,
): number {
  if (placement !== 'assigned' && placement !== 'offered') return 0;
  if (status === 'open') return units;
  return status === 'waiting' ? Math.ceil(units * waitingFactor) : 0;
}

/** Workload in percent of the agent's maximum, 0-100 and above where the maximum was exceeded. */
export function workload(usedUnits: number, maxUnits: number): number {
  return maxUnits === 0 ? 100 : Math.round((usedUnits * 100) / maxUnits);
}
