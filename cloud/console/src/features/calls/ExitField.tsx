import { Select } from '@mantine/core';
import { useI18n } from '@/i18n';
import type { Exit } from './flow';

interface ExitFieldProps {
  exit: Exit;
  label: string;
  ids: string[];
  onChange: (to: string | null) => void;
  error: string | undefined;
}

/** Where a way leads: the keyboard's way to draw it. */
export function ExitField({ exit, label, ids, onChange, error }: ExitFieldProps) {
  const { t } = useI18n();
  const known = exit.to === null || ids.includes(exit.to) ? ids : [exit.to, ...ids];
  return (
    <Select
      label={label}
      placeholder={t(exit.isNeeded ? 'flow.nowhere' : 'flow.ends')}
      searchable
      clearable
      dir="ltr"
      value={exit.to}
      onChange={onChange}
      data={known}
      error={error}
      data-testid={`flow-exit-${exit.place.replaceAll('/', '-')}`}
    />
  );
}
