import { describe, expect, it } from 'vitest';

import { readRecordText, writeRecordText } from './record-text.ts';

const place = { runId: 'run-1', seq: 7 };
const record = { ...place, atMs: 12.5, type: 'test.noted', version: 2 };

describe('readRecordText', () => {
  it.each([null, 0, '', [], { a: [null] }])('gives back a record whose data are %j', (data) => {
    const text = writeRecordText({ ...record, data });

    expect(readRecordText(text, place, undefined)).toEqual({ ...record, data });
  });

  it.each([
    '["test.noted",2,12.5]',
    '["test.noted",2,12.5,{},1,1]',
    '["test.noted",2,12.5,{},0]',
    '["test.noted",2,12.5,{},null]',
    '[null,2,12.5,{}]',
    '[1,2,12.5,{}]',
    '["test.noted",0,12.5,{}]',
    '["test.noted",-1,12.5,{}]',
    '["test.noted",1.5,12.5,{}]',
    '["test.noted",9007199254740993,12.5,{}]',
    '["test.noted","2",12.5,{}]',
    '["test.noted",2,null,{}]',
    '["test.noted",2,"12.5",{}]',
    '["test.noted",2,1e999,{}]',
    '[]',
    '[',
    '{}',
    '"["',
    'null',
  ])('takes %s for no record', (text) => {
    expect(() => readRecordText(text, place, undefined)).toThrow();
  });
});
