import {spawn} from 'node:child_process';
import {resolve} from 'node:path';

/** Shows a page in the browser of the desktop. @returns false where there is no desktop, as over ssh */
export function openPage(
  path: string,
  {platform, env}: Pick<NodeJS.Process, 'platform' | 'env'> = process,
): boolean {
  const hasDesktop = platform === 'darwin' || isNamed(env.DISPLAY) || isNamed(env.WAYLAND_DISPLAY);
  if (!hasDesktop) return false;
  const opener = spawn(platform === 'darwin' ? 'open' : 'xdg-open', [resolve(path)], {
    detached: true,
    stdio: 'ignore',
  });
  // A desktop without an opener: where the page is has been said anyway.
  opener.on('error', () => undefined);
  opener.unref();
  return true;
}

const isNamed = (display: string | undefined) => display !== undefined && display !== '';
