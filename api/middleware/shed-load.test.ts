import express from 'express';
import { EventEmitter } from 'node:events';
import { AppError } from '../../core/errors';
import { shedLoad } from './shed-load';

const res = (): express.Response & EventEmitter => new EventEmitter() as never;

test('sends away what is too much, until something has ended, however it ended', () => {
  const shed = shedLoad(2);
  const come = (answer: express.Response): unknown => {
    const next = jest.fn();
    void shed({} as express.Request, answer, next);
    return next.mock.calls[0]?.[0];
  };
  const [one, two] = [res(), res()];
  expect([come(one), come(two)]).toEqual([undefined, undefined]);
  const refused = come(res());
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ status: 503, details: { reason: 'BUSY' } });
  one.emit('close');
  expect(come(res())).toBeUndefined();
});
