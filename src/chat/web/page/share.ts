import type { TaskView } from '../view.ts';

/** Whether this device passes files on to its other programs: telephones do. */
export function canShareFiles(): boolean {
  const file = new File(['x'], 'clip.mp4', { type: 'video/mp4' });
  return navigator.canShare?.({ files: [file] }) === true;
}

/** Passes the clip itself on. False where the person thought better of it. */
export async function shareFile({ clip, scene }: TaskView): Promise<boolean> {
  if (!clip) return false;
  const response = await fetch(clip.url);
  const file = new File([await response.blob()], clip.name, { type: 'video/mp4' });
  try {
    await navigator.share({ files: [file], text: scene });
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    throw error;
  }
}

/** Whether it could be copied: a page that came by plain HTTP from elsewhere may not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
