import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { send } from '@/api/client';
import type { SurveyPreview as Preview } from '@/api/types';
import { useI18n } from '@/i18n';
import { directionOf, languages, type Language } from '@/i18n/languages';
import type { SurveyDocument } from './documents';
import classes from './surveys.module.css';

/** Long enough that not each letter is asked about. */
const restMs = 300;

/** What customers would be sent, in each language. While something is wrong, what was last right stays. */
export function SurveyPreview({ survey }: { survey: SurveyDocument }) {
  const { t } = useI18n();
  const { id: _, ...written } = survey;
  const [body] = useDebouncedValue(JSON.stringify(written), restMs);
  const { data } = useQuery({
    queryKey: ['surveyPreview', body],
    queryFn: ({ signal }) => send<Preview>('/surveys/preview', { method: 'POST', text: body, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!data) return null;
  return (
    <section className={classes.preview} aria-label={t('survey.preview')} data-testid="survey-preview">
      <h3>{t('survey.preview')}</h3>
      <dl>
        {(Object.keys(languages) as Language[]).map((code) => (
          <div key={code}>
            <dt lang={code}>{languages[code]}</dt>
            <dd lang={code} dir={directionOf(code)} data-testid={`survey-preview-${code}`}>
              {data.value.messages[code]}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
