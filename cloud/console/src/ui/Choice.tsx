import { SegmentedControl, Select } from '@mantine/core';

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  data: { value: T; label: string }[];
  onChange: (value: T) => void;
  disabled?: boolean;
  testId?: string;
}

/** One of a few, side by side; on a phone, where they would be cut, below one another. */
export function Choice<T extends string>({ label, value, data, onChange, disabled, testId }: ChoiceProps<T>) {
  const shared = { 'aria-label': label, value, data, disabled };
  return (
    <>
      <SegmentedControl
        {...shared}
        visibleFrom="xs"
        style={{ alignSelf: 'flex-start' }}
        onChange={(next) => onChange(next as T)}
        data-testid={testId}
      />
      <Select
        {...shared}
        hiddenFrom="xs"
        allowDeselect={false}
        onChange={(next) => next && onChange(next as T)}
        data-testid={testId && `${testId}-narrow`}
      />
    </>
  );
}
