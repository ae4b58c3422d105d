import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent } from 'react';
import { searchQuery } from '@/api/queries';
import type { SearchHit, SearchKind } from '@/api/types';
import { useI18n } from '@/i18n';
import type { MessageKey } from '@/i18n/en';
import { Problem } from '@/ui/states';
import { addressOf, groupsOf, moved, piecesOf } from './hits';
import classes from './search.module.css';

const names: Record<SearchKind, MessageKey> = {
  customers: 'nav.customers',
  conversations: 'nav.conversations',
  messages: 'conversation.messages',
  cases: 'nav.cases',
  devices: 'nav.devices',
  articles: 'search.articles',
  timeline: 'search.timeline',
};

const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** The field and what it finds: arrows choose, Enter goes there. */
export function SearchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { history } = useRouter();
  const listId = useId();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), 200);
  const [chosen, setChosen] = useState(0);
  const { data, error, isFetching } = useQuery(searchQuery(q));
  const items = (q && data?.items) || [];

  const go = (hit: SearchHit) => {
    const address = addressOf(hit);
    if (!address) return;
    onClose();
    history.push(address);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(moved(chosen, step, items.length));
    }
    const hit = items[chosen];
    if (event.key === 'Enter' && !event.nativeEvent.isComposing && hit) go(hit);
  };

  return (
    <>
      <TextInput
        data-autofocus
        leftSection={<IconSearch size={16} aria-hidden />}
        placeholder={t('search.hint')}
        aria-label={t('search.title')}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-activedescendant={items.length > 0 ? `${listId}-${chosen}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        data-testid="search-field"
      />
      {error && <Problem error={error} />}
      <p className={classes.none} role="status">
        {q && q === text.trim() && data && !isFetching && items.length === 0 ? t('search.none') : ''}
      </p>
      <div id={listId} role="listbox" aria-label={t('search.title')}>
        {groupsOf(items).map(({ kind, hits }) => (
          <div key={kind} role="group" aria-label={t(names[kind])}>
            <div className={classes.kind} aria-hidden>
              {t(names[kind])}
            </div>
            {hits.map((hit) => {
              const at = items.indexOf(hit);
              return <Row key={hit.id} id={`${listId}-${at}`} hit={hit} chosen={at === chosen} onGo={() => go(hit)} />;
            })}
          </div>
        ))}
      </div>
    </>
  );
}

function Row({ id, hit, chosen, onGo }: { id: string; hit: SearchHit; chosen: boolean; onGo: () => void }) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={classes.row}
      ref={(row) => {
        if (chosen) row?.scrollIntoView({ block: 'nearest' });
      }}
      onClick={onGo}
      data-testid="search-hit"
    >
      <span className={`own-direction ${classes.title}`} dir="auto">
        {hit.title}
      </span>
      <span className={`own-direction ${classes.snippet}`} dir="auto">
        {piecesOf(hit.snippet).map(({ text, found }, at) => (found ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>))}
      </span>
    </div>
  );
}
