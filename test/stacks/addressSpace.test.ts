import { addressRange, overlaps, subnet24 } from '../../stacks/addressSpace';

const rule = 'an RFC 1918 range between /8 and /22 that starts on its own boundary, for instance 10.0.0.0/16';

test.each(['10.0.0.0/8', '10.255.252.0/22', '172.16.0.0/12', '172.31.252.0/22', '192.168.0.0/16'])('takes %s', (text) =>
  expect(addressRange(text)).toEqual({ first: expect.any(Number), prefix: Number(text.split('/')[1]) }),
);

test.each([
  '10.0.0.0/7',
  '10.0.0.0/23',
  '10.0.1.0/16',
  '172.32.0.0/16',
  '192.168.0.0/15',
  '8.8.0.0/16',
  '10.256.0.0/16',
  '10.0.0/16',
  '010.0.0.0/16',
  '10.0.0.0/08',
  'ten',
])('refuses %s', (text) => expect(addressRange(text)).toBe(rule));

test('neighbours do not overlap, and a range overlaps what it holds', () => {
  expect(overlaps('10.0.0.0/16', '10.1.0.0/16')).toBe(false);
  expect(overlaps('10.0.0.0/15', '10.1.0.0/16')).toBe(true);
  expect(overlaps('10.1.4.0/22', '10.1.0.0/16')).toBe(true);
});

test('computes subnets from the range, also where its second half begins inside an octet', () => {
  expect(subnet24('10.1.0.0/16', 2)).toBe('10.1.2.0/24');
  expect(subnet24('192.168.252.0/22', 3)).toBe('192.168.255.0/24');
});
