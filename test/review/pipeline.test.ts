import { spawnSync } from 'node:child_process';
import '@microsoft/jest-sarif';
import { changesSince } from '../../review/changes';
import { renderAnnotations } from '../../review/report/pipeline/annotations';
import { renderCodeQuality } from '../../review/report/pipeline/codeQuality';
import { renderJunit } from '../../review/report/pipeline/junit';
import { type Places, unplaced } from '../../review/report/pipeline/places';
import { mostResults, renderSarif } from '../../review/report/pipeline/sarif';
import { type ReviewResult, review } from '../../review/review';
import { open, prices, sound, sticky } from '../support/review/samples';
import { deployment } from '../support/review/terraform';

const reviewed = (...deployments: Parameters<typeof review>[0]) => review(deployments, { prices, today: '2026-11-24' });
const hostile = () => ({
  ...deployment({ plan: { sku_name: ']]>\n::error::%0A##vso[task]\u0007<b>&"' } }),
  name: 'a,b:c <b>&"\n::add-mask::x',
});
const at =
  (path: string, line: number): Places =>
  () => ({ path, line });

interface Log {
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: {
          readonly rules: readonly {
            readonly id: string;
            readonly defaultConfiguration: { readonly level: string };
            readonly properties: { readonly tags: readonly string[]; readonly 'security-severity'?: string };
          }[];
        };
      };
      readonly invocations: readonly [
        { readonly toolExecutionNotifications: readonly { message: { text: string } }[] },
      ];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: readonly [
          {
            readonly physicalLocation: {
              readonly artifactLocation: { readonly uri: string };
              readonly region: { readonly startLine: number };
            };
            readonly logicalLocations: readonly [{ readonly fullyQualifiedName: string }];
          },
        ];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      }[];
    },
  ];
}
const logOf = (result: ReviewResult, places = unplaced) => JSON.parse(renderSarif(result, places).text) as Log;

describe('SARIF', () => {
  test('is valid by the schema of SARIF 2.1.0, whatever is in it', () => {
    for (const result of [reviewed(sticky(), sound(), open()), reviewed(hostile()), reviewed()])
      expect(logOf(result, at('infra/a b.tf', 7))).toBeValidSarifLog();
  });

  test('has a result for each finding that is not accepted, at its line, with its rule', () => {
    const result = reviewed(sticky(), open());
    const [{ tool, results }] = logOf(result, at('infra/a b:c.tf', 7)).runs;
    const wanted = result.variants.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
    expect(results.map(({ ruleId, level }) => [ruleId, level]).sort()).toEqual(
      wanted.map(({ rule, severity }) => [rule, severity]).sort(),
    );
    for (const { ruleId, ruleIndex, locations } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(locations[0].physicalLocation.artifactLocation.uri).toBe('infra/a%20b%3Ac.tf');
      expect(locations[0].physicalLocation.region.startLine).toBe(7);
      expect(wanted.map(({ resource }) => resource)).toContain(locations[0].logicalLocations[0].fullyQualifiedName);
    }
  });

  test('scores the rules of security alone, by their level, so that code scanning sorts them with those of others', () => {
    const { rules } = logOf(reviewed(sticky())).runs[0].tool.driver;
    const scores = { error: '7.0', warning: '4.0' } as const;
    for (const { defaultConfiguration, properties } of rules)
      expect(properties['security-severity']).toBe(
        properties.tags.includes('security') ? scores[defaultConfiguration.level as 'error' | 'warning'] : undefined,
      );
    expect(rules.filter(({ properties }) => properties['security-severity']).length).toBeGreaterThan(3);
    // More are refused.
    expect(Math.max(...rules.map(({ properties }) => properties.tags.length))).toBeLessThanOrEqual(20);
  });

  test('shows what is unknown as a notice, and never as a result', () => {
    const [{ invocations, results }] = logOf(reviewed(open())).runs;
    expect(invocations[0].toolExecutionNotifications.map(({ message }) => message.text)).toContainEqual(
      expect.stringContaining('unknown: azurerm_linux_web_app.a.app_settings has no SESSION_STORE'),
    );
    expect(results.map(({ ruleId }) => ruleId)).not.toContain('in-process-state');
  });

  test('fingerprints stay when lines move, and differ between findings', () => {
    const prints = (line: number) =>
      logOf(reviewed(sticky(), open()), at('main.tf', line)).runs[0].results.map(
        ({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash,
      );
    expect(prints(3)).toEqual(prints(300));
    expect(new Set(prints(3)).size).toBe(prints(3).length);
    const named = (name: string) => logOf(reviewed({ ...sticky(), name }), at('main.tf', 1)).runs[0].results[0];
    expect(named('./infra/')?.partialFingerprints).toEqual(named('infra')?.partialFingerprints);
    expect(named('prod')?.partialFingerprints).not.toEqual(named('dev')?.partialFingerprints);
    // Agents differ in where they keep a temporary file.
    expect(named('/agent/1/_temp/plan.json')?.partialFingerprints).toEqual(
      named('C:\\agent\\2\\_temp\\plan.json')?.partialFingerprints,
    );
    const [one] = reviewed(sticky()).variants;
    const twice = { ruleCount: 1, variants: one ? [{ ...one, findings: [...one.findings, ...one.findings] }] : [] };
    const both = logOf(twice).runs[0].results.map(({ partialFingerprints }) => partialFingerprints);
    expect(new Set(both.map((print) => print.primaryLocationLineHash)).size).toBe(both.length);
  });

  test('keeps to the limits of code scanning, errors first, and says what it leaves out', () => {
    const [one] = reviewed(sticky()).variants;
    const error = one?.findings.find(({ severity }) => severity === 'error');
    const warning = one?.findings.find(({ severity }) => severity === 'warning');
    if (!one || !error || !warning) throw new Error('The sample has no such findings.');
    const findings = [...Array.from({ length: mostResults }, () => warning), error];
    const { text, warnings } = renderSarif({ ruleCount: 1, variants: [{ ...one, findings }] }, unplaced);
    const { results, invocations } = (JSON.parse(text) as Log).runs[0];
    expect([results.length, results[0]?.level]).toEqual([mostResults, 'error']);
    expect(warnings).toEqual([expect.stringMatching(/^25001 findings are more than the 25000 .*: 1 are left out/)]);
    expect(invocations[0].toolExecutionNotifications[0]?.message.text).toBe(warnings[0]);
    expect(renderSarif(reviewed(sticky()), unplaced).warnings).toEqual([]);
  });
});

describe('JUnit', () => {
  test('has a case for each rule at each resource: errors fail, the rest is skipped or passes', () => {
    const result = reviewed(sticky());
    const [{ findings, cannotTell, compliant }] = result.variants as [(typeof result.variants)[number]];
    const xml = renderJunit(result, at('main.tf', 1));
    const errors = findings.filter(({ severity, suppressed }) => severity === 'error' && !suppressed);
    const cases = findings.length + cannotTell.length + compliant.length;
    expect(compliant.length).toBeGreaterThan(5);
    expect(xml.match(/<testcase /g)).toHaveLength(cases);
    expect(xml.match(/<failure /g)).toHaveLength(errors.length);
    expect(xml.match(/<skipped /g)).toHaveLength(cases - errors.length - compliant.length);
    expect(xml).toContain(
      `<testsuites name="steadystate review" tests="${cases}" failures="${errors.length}" errors="0"`,
    );
    expect(xml).toContain('name="in-process-state at azurerm_linux_web_app.app" file="main.tf"');
    expect(xml).toContain('Declared at: main.tf:1</failure>');
    // Jenkins takes it of a suite, and not of all together.
    expect(/<testsuites [^>]*>/.exec(xml)?.[0]).not.toContain('skipped');
    expect(xml).toMatch(/<testsuite [^>]*skipped="\d+"/);
  });

  test('no two cases have one class and name, because GitLab reads only the first of them', () => {
    const result = reviewed({ ...sticky(), name: 'dev' }, { ...sticky(), name: 'prod' });
    const twice = result.variants.map((one) => ({ ...one, findings: [...one.findings, ...one.findings] }));
    const cases = [
      ...renderJunit({ ...result, variants: twice }, unplaced).matchAll(/classname="([^"]*)" name="([^"]*)"/g),
    ];
    expect(cases.length).toBeGreaterThan(20);
    expect(new Set(cases.map(([all]) => all)).size).toBe(cases.length);
    expect(new Set(cases.map(([, deployment]) => deployment))).toEqual(new Set(['dev', 'prod']));
  });

  test('is XML whatever names are in it', () => {
    const xml = renderJunit(reviewed(hostile()), unplaced);
    const check = spawnSync(
      'python3',
      ['-c', 'import sys, xml.dom.minidom as m; m.parseString(sys.stdin.buffer.read())'],
      {
        input: xml,
        encoding: 'utf8',
      },
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there.
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f]|\]\]>|<b>/);
    if (!check.error) expect(check.stderr).toBe('');
  });
});

describe('annotations', () => {
  test('are one command a line at the declaration, errors first', () => {
    const lines = renderAnnotations(reviewed(open(), sticky()), at('infra/main.tf', 12)).split('\n');
    expect(lines.pop()).toBe('');
    expect(
      lines.every((line) => /^::(error|warning) file=infra\/main\.tf,line=12,title=[\w-]+::azurerm_/.test(line)),
    ).toBe(true);
    const kinds = lines.map((line) => line.slice(2, 7));
    expect(kinds.indexOf('warni')).toBeGreaterThan(kinds.lastIndexOf('error'));
  });

  test('put what is new first, and say how many GitHub does not show', () => {
    const [one] = reviewed(sticky()).variants;
    const error = one?.findings.find(({ severity }) => severity === 'error');
    if (!one || !error) throw new Error('The sample has no error.');
    const numbered = (count: number) => ({
      ruleCount: 1,
      variants: [
        { ...one, findings: Array.from({ length: count }, (_, at) => ({ ...error, resource: `azurerm_x.n${at}` })) },
      ],
    });
    const [before, after] = [numbered(10), numbered(11)];
    expect(renderAnnotations(before, unplaced)).not.toContain('::notice');
    const text = renderAnnotations(
      after,
      unplaced,
      changesSince({ variants: [{ name: one.name, findings: before.variants[0]?.findings ?? [] }] }, after),
    );
    expect(text.split('\n')[0]).toMatch(/^::error .*::azurerm_x\.n10: /);
    expect(text.match(/^::error /gm)).toHaveLength(11);
    expect(text).toMatch(/^::notice title=Steadystate::GitHub shows 10 errors .* there are 11\./m);
  });

  test('no name becomes a command or a parameter of one', () => {
    const text = renderAnnotations(reviewed(hostile()), unplaced);
    expect(text.split('\n').filter((line) => line !== '' && !/^::(error|warning) file=a%2Cb%3Ac/.test(line))).toEqual(
      [],
    );
    expect(text).not.toMatch(/.::add-mask|##vso\[|[^%]%0A/);
  });
});

describe('a Code Quality report', () => {
  test('has what GitLab asks for of each finding, and no two fingerprints that are the same', () => {
    const result = reviewed({ ...sticky(), name: 'dev' }, { ...sticky(), name: 'prod' }, hostile());
    const entries = JSON.parse(renderCodeQuality(result, at('infra/main.tf', 12))) as Record<string, unknown>[];
    const open = result.variants.flatMap(({ findings }) => findings.filter(({ suppressed }) => !suppressed));
    expect(entries.map(({ check_name, severity }) => [check_name, severity])).toEqual(
      open.map(({ rule, severity }) => [rule, severity === 'error' ? 'major' : 'minor']),
    );
    for (const { description, fingerprint, location } of entries) {
      expect(location).toEqual({ path: 'infra/main.tf', lines: { begin: 12 } });
      expect([typeof description, typeof fingerprint]).toEqual(['string', 'string']);
    }
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(open.length);
    expect(JSON.parse(renderCodeQuality(reviewed(), unplaced))).toEqual([]);
  });
});
