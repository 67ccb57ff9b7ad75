/** The settings of the house as their form shows them: all durations in milliseconds, the policy in two fields. */
import type { z } from 'zod';
import type { Answer } from '../api/client';
import type { Values } from './form/draft';

type Settings = Answer<'getSettings'>;

const SECOND = 1000;
const MINUTE = 60_000;

/** @param settings as the API tells them */
export function settingsValues(settings: Settings): Values {
  const { companyName, onLogout, releaseOnPauseAfter, absentGrace } = settings;
  return {
    companyName,
    onLogout: typeof onLogout === 'string' ? onLogout : 'refuse',
    refuseWhile: typeof onLogout === 'string' ? ['open'] : onLogout.refuseWhile,
    releaseOnPauseMs: releaseOnPauseAfter === null ? null : releaseOnPauseAfter * MINUTE,
    absentLiveChatMs: absentGrace.liveChat * SECOND,
    absentOthersMs: absentGrace.others * SECOND,
  };
}

/** The request that saves them. Its values were checked by `settingsSchema`. */
export function settingsBody(body: Record<string, unknown>): Settings {
  const values = body as {
    companyName: string;
    onLogout: 'ask' | 'keep' | 'release' | 'refuse';
    refuseWhile: ('open' | 'waiting' | 'solved')[];
    releaseOnPauseMs: number | null;
    absentLiveChatMs: number;
    absentOthersMs: number;
  };
  const { companyName, onLogout, refuseWhile, releaseOnPauseMs } = values;
  return {
    companyName,
    onLogout: onLogout === 'refuse' ? { refuseWhile } : onLogout,
    releaseOnPauseAfter: releaseOnPauseMs === null ? null : releaseOnPauseMs / MINUTE,
    absentGrace: {
      liveChat: values.absentLiveChatMs / SECOND,
      others: values.absentOthersMs / SECOND,
    },
  };
}

/** The contract's own limits, in the units of the form. */
export async function settingsSchema(): Promise<z.ZodType> {
  const [{ z }, { putSettings }] = await Promise.all([
    import('zod'),
    import('../../../contracts/http/settings'),
  ]);
  const { companyName, absentGrace } = putSettings.body.shape;
  const { liveChat } = absentGrace.unwrap().shape;
  const most = (liveChat.maxValue ?? 0) * SECOND;
  return z.object({
    companyName,
    onLogout: z.string(),
    refuseWhile: z.array(z.string()).min(1),
    releaseOnPauseMs: z
      .int()
      .min(MINUTE)
      .max(1440 * MINUTE)
      .multipleOf(MINUTE)
      .nullable(),
    absentLiveChatMs: z.int().min(0).max(most).multipleOf(SECOND),
    absentOthersMs: z.int().min(0).max(most).multipleOf(SECOND),
  });
}
