/** Whether a file may come in, and under which name and type it is kept. */
import { AppError } from '../errors';
import { FILE_KINDS, kindsOf } from './kinds';

const MEGABYTE = 1024 * 1024;

/** Largest file that an agent or a visitor may send. */
export const MAX_FILE_BYTES = 20 * MEGABYTE;
/** Largest file of an open channel. */
export const MAX_OPEN_CHANNEL_FILE_BYTES = 15 * MEGABYTE;

/** An open channel's message carries one file. */
export const MAX_FILES_OF_OPEN_CHANNEL = 1;

const MAX_NAME_LENGTH = 150;

/** Endings that run something somewhere; refused at any place of a name (`invoice.exe.pdf`). */
const DANGEROUS = new Set(
  `ade adp apk app appx bat bin cab chm cmd com cpl desktop dll dmg docm dotm exe gadget hta htm html
   inf ins iso isp jar js jse jsp lnk mhtml msc msh msi msix mst ocx php pif potm ppam ppsm pptm ps1 py rb
   reg scf scr sct sh shtml svg swf sys url vb vbe vbs vhd vxd wsc wsf wsh xhtml xlam xlsm xltm xml`.split(
    /\s+/,
  ),
);

export interface OfferedFile {
  readonly name: string;
  /** What the sender says it is; only a contradiction to the content matters. */
  readonly mime?: string | undefined;
  readonly bytes: Uint8Array;
}

export interface AcceptedFile {
  /** Safe to be shown and to be put into a header. */
  readonly name: string;
  readonly mime: string;
}

/**
 * @throws AppError FILE_TOO_LARGE with the limit in bytes; FILE_KIND_REFUSED with `reason`: `empty`, `extension`
 *   (a dangerous one), `kind` (the content is of none that is accepted) or `mismatch` (the content is something
 *   else than its name or its sender says)
 */
export function checkFile(file: OfferedFile, maxBytes: number): AcceptedFile {
  if (file.bytes.length > maxBytes) throw new AppError('FILE_TOO_LARGE', { maxBytes });
  if (file.bytes.length === 0) throw refused('empty');
  const name = cleanName(file.name);
  const [, ...endings] = name.toLowerCase().split('.');
  if (endings.some((ending) => DANGEROUS.has(ending))) throw refused('extension');

  const possible = kindsOf(file.bytes);
  if (possible.length === 0) throw refused('kind');
  const ending = endings.at(-1) ?? '';
  const kind = possible.find((each) => each.extensions.includes(ending));
  if (!kind) throw refused('mismatch');
  const said = FILE_KINDS.find((each) => each.mime === mimeOnly(file.mime));
  if (said && !possible.includes(said)) throw refused('mismatch');
  return { name, mime: kind.mime };
}

const refused = (reason: 'empty' | 'extension' | 'kind' | 'mismatch'): AppError =>
  new AppError('FILE_KIND_REFUSED', { reason });

const mimeOnly = (mime: string | undefined): string | undefined =>
  mime?.split(';')[0]?.trim().toLowerCase();

/** The last part of a path, without characters that hide or break something, not too long. */
export function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // Control characters, and those that turn the direction of writing and so hide an ending.
  const visible = last.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').trim();
  const dot = visible.lastIndexOf('.');
  const ending = dot > 0 ? visible.slice(dot).slice(0, 20) : '';
  const stem = (dot > 0 ? visible.slice(0, dot) : visible).replace(/^\.+/, '');
  return `${[...stem].slice(0, MAX_NAME_LENGTH).join('') || 'file'}${ending}`;
}
