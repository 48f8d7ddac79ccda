import type { SessionPlace } from '../../sessions/stores';
import { isUnknown, type Known } from '../known';
import { argumentOf, innerBlocks, unknown } from '../terraform/arguments';
import { partOf, type TerraformDocument, type TerraformResource } from '../terraform/document';
import { restOfMap } from '../terraform/planValues';
import { appSetting, settingsOf } from './appSettings';
import { readStack } from './appStack';

/** A setting by which apps of a stack usually choose where they keep sessions. */
export interface UsualSetting {
  readonly stack: string;
  /** As people write it. */
  readonly setting: string;
  /** Matches the name without dots, dashes and underscores, in lower case. */
  readonly name: RegExp;
  /** What its presence says, whatever its value; absent: its value says it. */
  readonly means?: SessionPlace;
  /** Values that mean something else here than with other stacks. */
  readonly words?: Readonly<Record<string, SessionPlace>>;
  readonly source: string;
}

const spring = {
  stack: 'Spring Session',
  source: 'https://docs.spring.io/spring-boot/reference/web/spring-session.html',
};

export const usualSettings: readonly UsualSetting[] = [
  {
    stack: 'Laravel',
    setting: 'SESSION_DRIVER',
    name: /^sessiondriver$/,
    source: 'https://laravel.com/docs/session',
  },
  {
    ...spring,
    setting: 'SPRING_SESSION_STORE_TYPE',
    name: /^springsessionstoretype$/,
    // Without Spring Session the servlet container keeps sessions in its memory.
    words: { none: 'in-process' },
    source: 'https://docs.spring.io/spring-boot/docs/2.1.1.RELEASE/reference/html/boot-features-session.html',
  },
  { ...spring, setting: 'SPRING_SESSION_REDIS_…', name: /^springsession(data)?redis./, means: 'redis' },
  { ...spring, setting: 'SPRING_SESSION_JDBC_…', name: /^springsessionjdbc./, means: 'database' },
  { ...spring, setting: 'SPRING_SESSION_MONGODB_…', name: /^springsession(data)?mongodb./, means: 'database' },
  {
    stack: 'PHP',
    setting: 'PHP_SESSION_SAVE_HANDLER',
    name: /^php(ini)?session(save)?handler$/,
    source: 'https://www.php.net/manual/session.configuration.php',
  },
  {
    stack: 'Django',
    setting: 'SESSION_ENGINE',
    name: /^(django)?sessionengine$/,
    // Of a cache it is not said which one.
    words: { file: 'in-process' },
    source: 'https://docs.djangoproject.com/en/stable/topics/http/sessions/',
  },
  {
    stack: 'Flask-Session',
    setting: 'FLASK_SESSION_TYPE',
    name: /^(flask)?sessiontype$/,
    source: 'https://flask-session.readthedocs.io/en/latest/config.html',
  },
];

/** What values of such a setting mean, without dots, dashes and underscores, in lower case. */
const places: readonly (readonly [RegExp, SessionPlace])[] = [
  [/^(memory|inmemory|inprocess|inproc|apcu?)$/, 'in-process'],
  [/^(redis|rediscluster|redissentinel|phpredis|predis)$/, 'redis'],
  [/^(cookies?|cookiesession|signedcookies|sealedcookie)$/, 'cookie'],
  [
    /^(database|db|cacheddb|jdbc|sql|sqlserver|postgres(ql)?|pgsql|mysql|mongo(db)?|dynamodb|cosmos(db)?|sqlalchemy|pdo)$/,
    'database',
  ],
  [/^(files?|filesystem)$/, 'files'],
  [/^memcached?$/, 'service'],
];

const plain = (text: string) => text.toLowerCase().replace(/[.\-_:]/g, '');

/** Where a word says that sessions are kept; undefined: it is none of the usual ones. */
function placeNamed(value: string, words: UsualSetting['words'] = {}): SessionPlace | undefined {
  // Django names a Python module, whose last part is the store.
  const word = plain(value.split('.').at(-1) ?? '');
  return words[word] ?? places.find(([pattern]) => pattern.test(word))?.[1];
}

/**
 * Where an app keeps sessions, by the usual settings of its stack; undefined: it has none of them.
 *
 * @param own value of `SESSION_STORE`, where it is there and no store of Steadystate's
 */
export function usualPlace(
  app: TerraformResource,
  own: string | undefined,
  document: TerraformDocument,
): Known<SessionPlace> | undefined {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return undefined;
  if (own !== undefined) {
    const place = placeNamed(own);
    return place === 'files' ? filesOf(app, document) : place;
  }
  for (const usual of usualSettings) {
    const name = Object.keys(settings).find((one) => one !== restOfMap && usual.name.test(plain(one)));
    if (name === undefined) continue;
    if (usual.means) return usual.means;
    // A dot in an argument's name leads into a block.
    const flat = name.replaceAll('.', '_');
    const value = argumentOf(partOf(app, 'app_settings', { [flat]: settings[name] }), flat, document);
    if (isUnknown(value)) return value;
    const place = typeof value === 'string' ? placeNamed(value, usual.words) : undefined;
    if (place === undefined)
      return unknown(app, `app_settings.${name}`, `is not a store of ${usual.stack} that is known`);
    if (place === 'files') return usual.stack === 'PHP' ? savePathOf(app, document) : filesOf(app, document);
    return place;
  }
  return undefined;
}

/** Names of the settings of an app that say where it keeps sessions. */
export function sessionSettingNames(app: TerraformResource): readonly string[] {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return [];
  return Object.keys(settings).filter(
    (one) => one === 'SESSION_STORE' || usualSettings.some(({ name }) => name.test(plain(one))),
  );
}

/** Files in the folder of the app: `/home` is shared by all instances, the disk of a container is not. */
function filesOf(app: TerraformResource, document: TerraformDocument): Known<SessionPlace> {
  const { container } = readStack(app, document);
  if (isUnknown(container)) return container;
  if (container) {
    const mounts = innerBlocks(app, 'storage_account');
    const shared = appSetting(app, 'WEBSITES_ENABLE_APP_SERVICE_STORAGE', document);
    if (isUnknown(mounts) || isUnknown(shared)) return isUnknown(mounts) ? mounts : (shared as Known<never>);
    return mounts.length > 0 || /^(true|1)$/i.test(String(shared ?? ''))
      ? unknown(app, 'app_settings', 'keeps sessions in files of a container that also has shared storage')
      : 'in-process';
  }
  // A local cache gives each instance its own copy of the files.
  const local = appSetting(app, 'WEBSITE_LOCAL_CACHE_OPTION', document);
  if (isUnknown(local)) return local;
  return /^always$/i.test(String(local ?? '')) ? 'in-process' : 'files';
}

/** PHP writes session files to the temporary folder of the instance unless it is given another. */
function savePathOf(app: TerraformResource, document: TerraformDocument): Known<SessionPlace> {
  const settings = settingsOf(app);
  if (isUnknown(settings)) return settings;
  const name = Object.keys(settings).find((one) => /^php(ini)?session(save)?path$/.test(plain(one)));
  if (name === undefined) return 'in-process';
  const path = appSetting(app, name, document);
  if (isUnknown(path)) return path;
  return /^(\/home\/|[A-Z]:\\home\\)/i.test(String(path)) ? filesOf(app, document) : 'in-process';
}
