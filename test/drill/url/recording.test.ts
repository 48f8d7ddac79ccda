import { renderDrill } from '../../../drill/report/terminal';
import { record } from '../../../drill/url/recording';
import { details, reportOf, run } from '../../support/drill/sample';

let clock = 0;
const at = (seconds: number, what: () => void) => {
  clock = seconds * 1000;
  what();
};

test('what an operator marks is the zero of the picture, and is said as it was typed', () => {
  clock = 0;
  const recording = record(() => clock);
  at(1, () => recording.reply(true));
  at(5, () => recording.mark(' stopped the app in north '));
  at(6, () => recording.reply(false));
  at(9.5, () => recording.reply(false));
  at(10, () => recording.mark(''));
  at(11, () => recording.reply(true));
  expect(recording.failedSeconds()).toBe(3.5);
  expect(recording.draw('shop.example')).toEqual({
    ...{ sliceSeconds: 1, begin: -5 },
    lanes: [
      {
        label: 'shop.example',
        answered: [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
        failed: [0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0],
      },
    ],
    marks: [
      { label: 'stopped the app in north', at: 0 },
      { label: 'event 2', at: 5 },
    ],
  });
  expect(recording.sentence()).toBe('The operator marked “stopped the app in north” at 5 s, “event 2” at 10 s.');
});

test('what the drill noticed of itself is not said to be the operator’s, and is not the zero where there is another', () => {
  clock = 0;
  const recording = record(() => clock);
  at(3, () => recording.notice('the drill’s own network is cut'));
  at(5, () => recording.notice('the drill’s own network is back'));
  expect(recording.draw('shop.example')).toMatchObject({ begin: -3, marks: [{ at: 0 }, { at: 2 }] });
  at(8, () => recording.mark('stopped north'));
  expect(recording.draw('shop.example')).toMatchObject({ begin: -8, marks: [{ at: -5 }, { at: -3 }, { at: 0 }] });
  expect(recording.sentence()).toBe(
    'The operator marked “stopped north” at 8 s. The drill noticed “the drill’s own network is cut” at 3 s, “the drill’s own network is back” at 5 s.',
  );
});

test('without a mark nothing is claimed', () => {
  const recording = record(() => 0);
  expect([recording.sentence(), recording.failedSeconds()]).toEqual([null, 0]);
  expect(recording.draw('shop.example')).toMatchObject({ begin: 0, marks: [] });
});

test('a report on an address says nothing of emulated timers or seconds of Azure', () => {
  const report = { ...reportOf([{ ...run, variant: 'shop.example', fault: 'none' }], details), remote: true as const };
  const text = renderDrill(report, { colour: false, width: Number.POSITIVE_INFINITY });
  expect(text).toMatch(/^shop\.example lost 30 of 60 carts\.\n/);
  // What is deployed there is unknown, so nothing was predicted.
  expect(text).toContain('1 run: every shopper found all that was acknowledged, and every request was answered.');
  expect(text).toContain('Real: the shop at that address');
  expect(text).not.toMatch(/Azure|emulated|times as fast/i);
});
