import { Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import { readCorners, showCorners, type LatLon } from './geometry';

interface PositionsFieldProps {
  label: string;
  description: string;
  positions: LatLon[];
  /** Only one is wanted: the centre of a circle. */
  single?: boolean;
  onChange: (positions: LatLon[]) => void;
}

/** Positions as text: exact, and reachable without a pointer. They count once the field is left. */
export function PositionsField({ label, description, positions, single = false, onChange }: PositionsFieldProps) {
  const { t } = useI18n();
  const known = showCorners(positions);
  const [text, setText] = useState(known);
  useEffect(() => setText(known), [known]);
  const read = readCorners(text);
  const ready = read && (!single || read.length <= 1) ? read : null;
  return (
    <Textarea
      label={label}
      description={description}
      dir="ltr"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => ready && text !== known && onChange(ready)}
      error={ready ? null : t('fence.cornersInvalid')}
      autosize
      minRows={single ? 1 : 3}
      maxRows={7}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      data-testid={single ? 'fence-centre' : 'fence-corners'}
    />
  );
}
