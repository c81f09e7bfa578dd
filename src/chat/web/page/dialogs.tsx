import { render } from 'preact';
import { Confirm } from './confirm.tsx';
import { type Settings, SettingsDialog } from './settings.tsx';

/** What opens over the page. */
export const renderDialogs = (place: HTMLElement, settings?: Settings): void =>
  render(
    <>
      <Confirm />
      {settings && <SettingsDialog settings={settings} />}
    </>,
    place,
  );
