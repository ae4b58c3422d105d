import { createTheme, rem, type MantineColorsTuple } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#e8f6f6',
  '#d0e9ea',
  '#a3d3d6',
  '#73bcc1',
  '#4ba8ae',
  '#2f979e',
  '#178089',
  '#0b6b74',
  '#07565e',
  '#033f46',
];
/** As dark where buttons are filled with it that white can be read on it. */
const red: MantineColorsTuple = [
  '#fff5f5',
  '#ffe3e3',
  '#ffc9c9',
  '#ffa8a8',
  '#ff8787',
  '#ff6b6b',
  '#d92f2f',
  '#cf2b2b',
  '#b52525',
  '#a01f1f',
];
/** Neutral with a hint of petrol, so that surfaces and accent belong together. */
const dark: MantineColorsTuple = [
  '#d5dbde',
  '#b4bdc2',
  '#8f9aa1',
  '#65717a',
  '#3d474e',
  '#2b343a',
  '#1f262b',
  '#161b1f',
  '#101417',
  '#0a0d0f',
];

export const theme = createTheme({
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  colors: { petrol, dark, red },
  autoContrast: true,
  defaultRadius: rem(5),
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace',
  fontSizes: { xs: rem(11.5), sm: rem(13), md: rem(14), lg: rem(16), xl: rem(20) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.45', xl: '1.35' },
  spacing: { xs: rem(6), sm: rem(10), md: rem(14), lg: rem(20), xl: rem(28) },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: rem(20), lineHeight: '1.3' },
      h2: { fontSize: rem(15), lineHeight: '1.4' },
      h3: { fontSize: rem(13.5), lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    // Its head is none of the page: readers of landmarks would meet a second banner.
    Modal: { defaultProps: { attributes: { header: { role: 'none' } } } },
    TextInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false } },
    // Its placeholder for the first focus is no item, which a menu may not hold.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // As high as buttons: a smaller one is missed by fingers. A finger gets more, in global.css.
    SegmentedControl: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});
