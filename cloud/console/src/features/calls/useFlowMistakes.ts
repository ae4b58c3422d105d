import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ApiError, send, type FieldMistake } from '@/api/client';
import { useI18n } from '@/i18n';
import { mistakeOf } from '@/sentences/sentences';
import { nodeOf, type Flow } from './flow';
import type { MistakeAt } from './nodeFields';

/** Long enough that not each letter is asked about. */
const restMs = 400;

/** What a call that ends at once finds wrong with a flow, with the places as they are in the flow. */
async function mistakesOf(flow: string, signal: AbortSignal): Promise<FieldMistake[]> {
  try {
    await send('/flows/new/simulate', { method: 'POST', text: `{"flow":${flow}}`, signal });
    return [];
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 422) throw error;
    return error.mistakes.map((mistake) => ({ ...mistake, pointer: mistake.pointer?.replace(/^\/flow(?=\/|$)/, '') }));
  }
}

/** What the server would refuse of what is drawn, told while it is drawn. */
export function useFlowMistakes(flow: Flow, enabled: boolean) {
  const i18n = useI18n();
  const [text] = useDebouncedValue(JSON.stringify(flow), restMs);
  const { data } = useQuery({
    queryKey: ['flowMistakes', text],
    queryFn: ({ signal }) => mistakesOf(text, signal),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return useMemo(() => {
    const mistakes = (data ?? []).map((mistake) => ({ pointer: mistake.pointer ?? '', text: mistakeOf(mistake, i18n) }));
    const wrong = new Set(mistakes.map(({ pointer }) => nodeOf(pointer)).filter((node) => node !== null));
    const at =
      (node: string): MistakeAt =>
      (place, exactly = false) => {
        const whole = `/nodes/${node}${place}`;
        return mistakes.find(({ pointer }) => pointer === whole || (!exactly && pointer.startsWith(`${whole}/`)))?.text;
      };
    return { mistakes, wrong, at };
  }, [data, i18n]);
}
