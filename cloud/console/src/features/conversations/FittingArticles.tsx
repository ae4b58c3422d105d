import { Button, Kbd } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { textIn, type ArticleRow } from '@/api/articles';
import { fittingArticlesQuery } from '@/api/queries';
import type { ConversationMessage } from '@/api/types';
import { useI18n } from '@/i18n';
import { changeDraft } from '@/lib/useDraft';
import { Panel } from '@/ui/Panel';
import classes from './conversations.module.css';
import { nothing } from './draft';
import { fitting, lastWords, withWords, wordsOf } from './fitting';

interface FittingArticlesProps {
  conversationId: string;
  messages: ConversationMessage[];
}

/** What the company knows about the customer's last words; Alt with a digit puts it into the answer. */
export function FittingArticles({ conversationId, messages }: FittingArticlesProps) {
  const { t, language } = useI18n();
  const words = lastWords(messages);
  const found = useQuery({ ...fittingArticlesQuery(words ?? ''), enabled: words !== null }).data?.items ?? [];
  const shown = words === null ? [] : fitting(found);
  const insert = (row: ArticleRow | undefined) =>
    row && changeDraft(`words.${conversationId}`, nothing, (draft) => withWords(draft, wordsOf(row, language, location.origin)));
  const byDigit = useRef((_digit: number) => {});
  useEffect(() => {
    byDigit.current = (digit) => insert(shown[digit - 1]);
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // By its place: with Alt the key writes another sign on some keyboards.
      const digit = /^Digit([1-3])$/.exec(event.code)?.[1];
      if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      byDigit.current(Number(digit));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  if (shown.length === 0) return null;
  return (
    <Panel title={t('conversation.fitting')}>
      <ul className={classes.fitting}>
        {shown.map((row, index) => (
          <li key={row.id} data-testid="fitting-article">
            <Link to="/articles/$id" params={{ id: row.id }} dir="auto">
              {textIn(row.article.title, language)}
            </Link>
            <Kbd size="xs">Alt+{index + 1}</Kbd>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t('conversation.insertArticle', { title: textIn(row.article.title, language) })}
              onClick={() => insert(row)}
              data-testid="fitting-insert"
            >
              {t('conversation.insert')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
