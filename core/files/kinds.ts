/** The kinds of files that are accepted, told by their first bytes and never by what a sender says. */
import { isOfficeDocument } from './zip-entries';

export interface FileKind {
  readonly mime: string;
  /** Endings that a name of this kind may have; the first is the usual one. */
  readonly extensions: readonly string[];
}

const kind = (mime: string, ...extensions: string[]): FileKind => ({ mime, extensions });

const OFFICE = 'application/vnd.openxmlformats-officedocument';

const PNG = kind('image/png', 'png');
const JPEG = kind('image/jpeg', 'jpg', 'jpeg');
const GIF = kind('image/gif', 'gif');
const WEBP = kind('image/webp', 'webp');
const PDF = kind('application/pdf', 'pdf');
const MP3 = kind('audio/mpeg', 'mp3');
const MP4 = kind('video/mp4', 'mp4', 'm4a', 'm4v');
const OGG = kind('audio/ogg', 'ogg', 'oga', 'opus', 'ogv');
const WEBM = kind('video/webm', 'webm', 'weba');
const DOCX = kind(`${OFFICE}.wordprocessingml.document`, 'docx');
const XLSX = kind(`${OFFICE}.spreadsheetml.sheet`, 'xlsx');
const PPTX = kind(`${OFFICE}.presentationml.presentation`, 'pptx');
const TEXT = kind('text/plain', 'txt', 'log', 'md');
const CSV = kind('text/csv', 'csv');

/** Every kind that is accepted. */
export const FILE_KINDS: readonly FileKind[] = [
  ...[PNG, JPEG, GIF, WEBP, PDF, MP3, MP4, OGG, WEBM],
  ...[DOCX, XLSX, PPTX, TEXT, CSV],
];

/**
 * The kinds that this content may be, judged by the bytes alone. Text has no mark of its own, so plain text and CSV
 * are told apart by the name. Empty where the content is of no accepted kind.
 */
export function kindsOf(bytes: Uint8Array): readonly FileKind[] {
  const at = (offset: number, mark: string): boolean =>
    [...mark].every((letter, i) => bytes[offset + i] === letter.charCodeAt(0));
  if (at(0, '\x89PNG\r\n\x1a\n')) return [PNG];
  if (at(0, '\xff\xd8\xff')) return [JPEG];
  if (at(0, 'GIF87a') || at(0, 'GIF89a')) return [GIF];
  if (at(0, 'RIFF') && at(8, 'WEBP')) return [WEBP];
  if (at(0, '%PDF-')) return [PDF];
  if (at(0, 'ID3') || isMpegAudioFrame(bytes)) return [MP3];
  if (at(4, 'ftyp')) return [MP4];
  if (at(0, 'OggS')) return [OGG];
  if (at(0, '\x1a\x45\xdf\xa3')) return hasWebmDoctype(bytes) ? [WEBM] : [];
  if (at(0, 'PK\x03\x04')) return officeKinds(bytes);
  return isPlainText(bytes) ? [TEXT, CSV] : [];
}

/** Layer III of MPEG 1, 2 or 2.5, with a bit rate and a sampling rate that exist. */
function isMpegAudioFrame(bytes: Uint8Array): boolean {
  const [first = 0, second = 0, third = 0] = bytes;
  const layerThree = first === 0xff && (second & 0xe6) === 0xe2 && (second & 0x18) !== 0x08;
  return layerThree && (third & 0xf0) !== 0xf0 && (third & 0x0c) !== 0x0c;
}

/** Matroska begins alike; only its web form is accepted. */
function hasWebmDoctype(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  return head.includes('\x42\x82\x84webm');
}

function officeKinds(bytes: Uint8Array): readonly FileKind[] {
  if (isOfficeDocument(bytes, 'word/')) return [DOCX];
  if (isOfficeDocument(bytes, 'xl/')) return [XLSX];
  return isOfficeDocument(bytes, 'ppt/') ? [PPTX] : [];
}

/** UTF-8 without control characters other than tab, line feed, form feed and carriage return. */
function isPlainText(bytes: Uint8Array): boolean {
  if (bytes.length === 0) return false;
  const control = (byte: number): boolean =>
    (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte)) || byte === 0x7f;
  if (bytes.some(control)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
