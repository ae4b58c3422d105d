import { Checkbox, Input } from '@mantine/core';
import { session } from '@/api/session';
import { useI18n } from '@/i18n';
import table from '@/ui/table.module.css';
import { byResource, withRight } from './rights';

/** Rights to be chosen, of those that one has oneself: others nobody can give. */
export function RightsField(props: { value: string[]; onChange: (names: string[]) => void; error?: string }) {
  const { value, onChange, error } = props;
  const { t, code } = useI18n();
  const own = byResource([...new Set([...(session.current()?.rights ?? []), ...value])]);
  return (
    <Input.Wrapper label={t('roles.rights')} error={error} labelElement="div">
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('roles.resource')}</th>
            <th scope="col">{t('roles.read')}</th>
            <th scope="col">{t('roles.write')}</th>
          </tr>
        </thead>
        <tbody>
          {own.map(({ resource, read, write }) => (
            <tr key={resource}>
              <th scope="row">{code('right', resource)}</th>
              {(['read', 'write'] as const).map((action) => (
                <td key={action}>
                  {(action === 'read' ? read || write : write) && (
                    <Checkbox
                      aria-label={`${code('right', resource)}: ${t(`roles.${action}`)}`}
                      checked={value.includes(`${resource}:${action}`) || (action === 'read' && value.includes(`${resource}:write`))}
                      onChange={(event) => onChange(withRight(value, resource, action, event.currentTarget.checked))}
                      data-testid={`right-${resource}-${action}`}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Input.Wrapper>
  );
}
