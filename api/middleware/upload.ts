import type { Request, RequestHandler } from 'express';
import multer, { MulterError } from 'multer';
import { MAX_FILE_BYTES } from '../../core/files/check-file';
import { AppError } from '../../core/errors';
import type { GivenFile } from '../keep-file';

const read = multer({
  storage: multer.memoryStorage(),
  // Browsers write names as UTF-8 and say nothing of it.
  defParamCharset: 'utf8',
  limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 5, fieldSize: 1000, parts: 6 },
}).single('file');

/** Files that are being read at a time; each may take 20 MB of memory. */
const MOST_AT_ONCE = 16;
let underWay = 0;

/** Reads one file, of at most 20 MB, into memory. @throws AppError FILE_TOO_LARGE, INVALID_REQUEST, UNSUPPORTED_MEDIA_TYPE, UNAVAILABLE */
export const upload: RequestHandler = (req, res, next) => {
  if (!req.is('multipart/form-data')) return next(new AppError('UNSUPPORTED_MEDIA_TYPE'));
  if (underWay >= MOST_AT_ONCE) return next(new AppError('UNAVAILABLE', { reason: 'BUSY' }));
  underWay++;
  // It lies in memory until it is stored and answered.
  res.once('close', () => underWay--);
  read(req, res, (error: unknown) => {
    if (!error) return next();
    if (error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE') {
      return next(new AppError('FILE_TOO_LARGE', { maxBytes: MAX_FILE_BYTES }));
    }
    const problem = 'must be one file, in a part named file';
    next(new AppError('INVALID_REQUEST', { fields: [{ path: 'file', problem }] }));
  });
};

/** The file that `upload` has read. @throws AppError INVALID_REQUEST where there was none */
export function uploaded(req: Request): GivenFile {
  if (!req.file) {
    throw new AppError('INVALID_REQUEST', { fields: [{ path: 'file', problem: 'is missing' }] });
  }
  const { originalname: name, mimetype: mime, buffer: bytes } = req.file;
  return { name, mime, bytes };
}
