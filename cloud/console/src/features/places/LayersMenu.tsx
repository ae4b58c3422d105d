import { Button, Checkbox, Popover, Stack, TextInput } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';

const names = ['fences', 'people', 'beacons'] as const;
export type Layers = Record<(typeof names)[number], boolean>;

export const useLayers = () => useState<Layers>({ fences: true, people: true, beacons: true });

/** Which layers stand on the map, and the address of a tile server for those who have one. */
export function LayersMenu(props: {
  layers: Layers;
  onLayers: (layers: Layers) => void;
  tileUrl: string;
  onTileUrl: (url: string) => void;
}) {
  const { layers, onLayers, tileUrl, onTileUrl } = props;
  const { t } = useI18n();
  const [draft, setDraft] = useState(tileUrl);
  return (
    <Popover position="bottom-end" withArrow trapFocus zIndex={1100}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconStack2 size={15} aria-hidden />}>
          {t('map.layers')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          {names.map((name) => (
            <Checkbox
              key={name}
              label={t(`map.${name}`)}
              checked={layers[name]}
              onChange={(event) => onLayers({ ...layers, [name]: event.currentTarget.checked })}
            />
          ))}
          <TextInput
            size="xs"
            w={280}
            label={t('map.tiles')}
            description={t('map.tilesHint')}
            dir="ltr"
            placeholder="https://…/{z}/{x}/{y}.png"
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onBlur={() => onTileUrl(draft.trim())}
          />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
