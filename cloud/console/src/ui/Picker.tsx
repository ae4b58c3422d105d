import { MultiSelect, Select, type MultiSelectProps, type OptionsFilter, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { beaconListQuery, customerListQuery, fenceListQuery, siteListQuery, useList } from '@/api/lists';
import { nameQuery } from '@/api/names';

const lists = { sites: siteListQuery, fences: fenceListQuery, beacons: beaconListQuery, customers: customerListQuery };
type Kind = keyof typeof lists;

/** The server has found already. */
export const asFound: OptionsFilter = ({ options }) => options;

/** What may be chosen for a text, with what is chosen already. */
function useChoices(kind: Kind, text: string, chosen: readonly string[]) {
  const [q] = useDebouncedValue(text, 200);
  const names = useQueries({ queries: chosen.map((id) => nameQuery(kind, id)) });
  const labels = new Map(chosen.map((id, i) => [id, names[i]?.data ?? id]));
  // The field shows the name of what was chosen: that is no search.
  const isSearch = q !== '' && ![...labels.values()].includes(q);
  const found = useList<{ id: string; name: string | null }>(lists[kind](isSearch ? q : undefined) as never).items;
  const options = new Map([...labels, ...found.map(({ id, name }) => [id, name ?? id] as const)]);
  return [...options].map(([value, label]) => ({ value, label }));
}

/** Chooses one of a list of any length: typing asks the server. `extra` stands at the end, whatever is typed. */
export function Picker(
  props: { kind: Kind; value: string | null; extra?: { value: string; label: string } } & Omit<SelectProps, 'data' | 'value'>,
) {
  const { kind, value, extra, ...rest } = props;
  const [text, setText] = useState('');
  const isExtra = extra !== undefined && value === extra.value;
  const choices = useChoices(kind, isExtra ? '' : text, value === null || isExtra ? [] : [value]);
  return (
    <Select
      {...rest}
      value={value}
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={asFound}
      data={extra ? [...choices, extra] : choices}
    />
  );
}

/** Chooses several of a list of any length. */
export function MultiPicker(props: { kind: Kind; value: string[] } & Omit<MultiSelectProps, 'data' | 'value'>) {
  const { kind, value, ...rest } = props;
  const [text, setText] = useState('');
  const data = useChoices(kind, text, value);
  return <MultiSelect {...rest} value={value} searchable searchValue={text} onSearchChange={setText} filter={asFound} data={data} />;
}
