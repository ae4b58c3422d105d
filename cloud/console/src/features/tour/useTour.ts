import { useNavigate } from '@tanstack/react-router';
import { get } from '@/api/client';
import { session } from '@/api/session';
import type { Page } from '@/api/types';
import { firstForMe, isForMe } from '@/app/access';
import { progress } from './progress';
import { stepsOf, type TourStep } from './steps';

/** Where a step is shown: the page of the first thing, or the list where there is none or it cannot be read. */
async function addressOf({ page, first }: TourStep): Promise<string> {
  if (!first) return page;
  const found = await get<Page<{ id: string }>>(first.list, { ...first.filter, limit: 1 }).catch(() => null);
  const id = found?.items[0]?.id;
  return id === undefined ? page : first.under + encodeURIComponent(id);
}

/** The tour of who is signed in: where they are in it, and how they go on. */
export function useTour() {
  const me = session.current();
  const user = me?.user ?? '';
  const at = progress.useOf(user);
  const navigate = useNavigate();
  const steps = stepsOf(me?.role ?? '', isForMe);
  const goTo = async (step: number) => {
    progress.set(user, step);
    const next = steps[step];
    await navigate({ to: next ? await addressOf(next) : firstForMe() });
  };
  return {
    steps,
    /** One more than the last step: the farewell. */
    at,
    begin: () => void goTo(0),
    goTo: (step: number) => void goTo(step),
    end: () => progress.set(user, 'seen'),
  };
}
