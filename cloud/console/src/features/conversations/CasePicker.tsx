import { Select, type SelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { caseListQuery, useList } from '@/api/lists';
import { caseQuery } from '@/api/queries';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { caseTitleOf } from '@/sentences/sentences';
import { asFound } from '@/ui/Picker';

/** Chooses one of a customer's cases, of which there may be any number: typing asks the server. */
export function CasePicker(props: { customerId: string; value: string | null } & Omit<SelectProps, 'data' | 'value'>) {
  const { customerId, value, ...rest } = props;
  const i18n = useI18n();
  const labelOf = (item: Case) => `#${item.number} ${caseTitleOf(item, i18n)}`;
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text, 200);
  const chosen = useQuery({ ...caseQuery(value ?? ''), enabled: value !== null }).data?.value;
  // The field shows the name of what was chosen: that is no search.
  const isSearch = q !== '' && (!chosen || q !== labelOf(chosen));
  const found = useList(caseListQuery({ customerId, q: isSearch ? q : undefined, sort: 'newest' })).items;
  const options = new Map([...(chosen ? [chosen] : []), ...found].map((item) => [item.id, labelOf(item)]));
  if (value !== null && !options.has(value)) options.set(value, value);
  return (
    <Select
      {...rest}
      value={value}
      clearable
      searchable
      searchValue={text}
      onSearchChange={setText}
      filter={asFound}
      data={[...options].map(([id, label]) => ({ value: id, label }))}
    />
  );
}
