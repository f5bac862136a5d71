import { describe, expect, it } from 'vitest';

import { request } from '../../testing/contracts/sample-request.ts';
import { encodeExchange, parseRecording, type RecordedExchange, recordingHeader } from './recording.ts';

const exchange: RecordedExchange = {
  request: { ...request, temperature: 0.5, messages: [{ role: 'user', content: 'Zeile 1\nZeile 2 🙂' }] },
  response: {
    outcome: 'answered',
    text: '{"a":\n1}',
    model: 'gpt-4.1-mini-2026',
    usage: { inputTokens: 3, cachedInputTokens: 0, outputTokens: 5 },
    isSimulated: false,
  },
};

describe('parseRecording', () => {
  it('reads what was written, line by line', () => {
    const text = recordingHeader + encodeExchange(exchange) + encodeExchange(exchange);

    expect(text.split('\n')).toHaveLength(4);
    expect(parseRecording(text, 'a.jsonl')).toEqual([exchange, exchange]);
  });

  it('reads a recording without exchanges', () => {
    expect(parseRecording(recordingHeader, 'a.jsonl')).toEqual([]);
  });

  it('leaves out a last line that was being written', () => {
    const text = recordingHeader + encodeExchange(exchange) + encodeExchange(exchange).slice(0, 40);

    expect(parseRecording(text, 'a.jsonl')).toEqual([exchange]);
  });

  it.each([
    ['an empty file', '', 1],
    ['another format', '{"hello":"world"}\n', 1],
    ['a later version', '{"format":"jarvis-llm-recording","version":2}\n', 1],
    ['a line in the middle that is cut', `${recordingHeader}{"req\n${encodeExchange(exchange)}`, 2],
    ['an exchange without an answer', `${recordingHeader}${encodeExchange(exchange)}{"request":{}}\n`, 3],
  ])('refuses %s', (_what, text, line) => {
    expect(() => parseRecording(text, 'a.jsonl')).toThrow(
      expect.objectContaining({ code: 'JARVIS_LLM_RECORDING_UNREADABLE', source: 'a.jsonl', line }),
    );
  });

  it('says which version it can read', () => {
    const text = '{"format":"jarvis-llm-recording","version":2}\n';

    expect(() => parseRecording(text, 'a.jsonl')).toThrow(
      'The recording a.jsonl cannot be used: line 1: it has version 2, and this release reads version 1. ' +
        'Name another file, or record the run again.',
    );
  });
});
