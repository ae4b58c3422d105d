import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';

/** A search that waits until typing pauses; empty is `undefined`. */
export function SearchField(props: {
  label: string;
  value: string | undefined;
  onSearch: (q: string | undefined) => void;
  className?: string;
  size?: string;
}) {
  const { label, value, onSearch, className, size } = props;
  const [text, setText] = useState(value ?? '');
  const told = useRef(value);
  // Set from outside, by a button or the way back.
  useEffect(() => {
    if (told.current !== value) setText(value ?? '');
    told.current = value;
  }, [value]);
  const tell = useDebouncedCallback((next: string) => {
    told.current = next || undefined;
    onSearch(told.current);
  }, 250);
  return (
    <TextInput
      className={className}
      size={size}
      leftSection={<IconSearch size={15} aria-hidden />}
      placeholder={label}
      aria-label={label}
      title={label}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
