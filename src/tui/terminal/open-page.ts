import {spawn} from 'node:child_process';
import {resolve} from 'node:path';

/** Opens a page in the desktop's browser. @returns false if there is no desktop, as over ssh */
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
  // A desktop without an opener: the message with the page's path is enough.
  opener.on('error', () => undefined);
  opener.unref();
  return true;
}

const isNamed = (display: string | undefined) => display !== undefined && display !== '';
