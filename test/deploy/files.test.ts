import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../commands/countdown/support.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const dockerfile = readFileSync('Dockerfile', 'utf8');
const compose = readFileSync('compose.yaml', 'utf8');
const unit = readFileSync('deploy/concierge.service', 'utf8');

describe('the Dockerfile', () => {
  test('has no mistake that the linter finds', () => {
    expect(lint('dockerfile-utils', ['lint', 'Dockerfile'])).toEqual({ status: 0, output: '' });
  });

  test('names every image by a digest that the builder gives', () => {
    const images = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toMatch(/^node:26-slim@\$\{NODE_DIGEST\}$/);
    // A default would hide that nobody has looked it up.
    expect(dockerfile.match(/^ARG .*$/gm)).toEqual(['ARG NODE_DIGEST', 'ARG NODE_DIGEST']);
  });

  test('copies only files that exist and get into the build', () => {
    const copies = [...dockerfile.matchAll(/^COPY (?!--)(.+) \S+$/gm)];
    const sources = copies.flatMap(([, list = '']) => list.split(' '));
    expect(sources.length).toBeGreaterThan(5);
    const allowed = readFileSync('.dockerignore', 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'));
    for (const source of sources) {
      expect([source, existsSync(source)]).toEqual([source, true]);
      expect(allowed).toContain(`!${source.split('/')[0]}`);
    }
  });

  test('runs the bot without root, on the Node of the lock file', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    const programs = [...dockerfile.matchAll(/CMD \["([^"]+)"/g)].map(([, program]) => program);
    expect(programs).toEqual(['node_modules/.bin/node', 'node_modules/.bin/node']);
  });
});

interface Service {
  image: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  privileged?: boolean;
  security_opt?: string[];
  environment: Record<string, string>;
  logging?: object;
}

/** The rules of dclint that differ from its own. */
const COMPOSE_RULES = {
  // The image that is built has a name, so that other services can run it.
  'no-build-and-image': 0,
  // The keys are in the order in which one explains them.
  'service-keys-order': 0,
  'require-quotes-in-ports': [2, { quoteType: 'double' }],
};

/** Runs a linter that npm has installed; returns its exit code and what it says. */
function lint(program: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(`node_modules/.bin/${program}`, args, { encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}`.trim() };
}

/** What the linter says about a file, when Compose has put its variables in. */
function lintCompose(text: string) {
  const folder = temporaryFolder();
  const [file, config] = [join(folder, 'compose.yaml'), join(folder, 'rules.json')];
  writeFileSync(file, text.replace(/\$\{\w+_DIGEST:[^}]*\}/g, DIGEST).replace(/\$\{[^}]*\}/g, 'x'));
  writeFileSync(config, JSON.stringify({ rules: COMPOSE_RULES }));
  return lint('dclint', ['--config', config, '--max-warnings', '0', file]);
}

describe('compose.yaml', () => {
  const { services } = parse(compose) as { services: Record<string, Service> };

  test('has no mistake that the linter finds, by the schema of Compose too', () => {
    expect(lintCompose(compose)).toEqual({ status: 0, output: '' });
    const mistaken = lintCompose(compose.replace('read_only:', 'readonly:'));
    expect(mistaken.status).toBe(1);
    expect(mistaken.output).toContain('must NOT have additional properties');
  });

  test.each(Object.keys(services))('the service %s can change nothing but its volume', (name) => {
    const { read_only, cap_drop, cap_add, privileged, security_opt } = services[name] ?? {};
    expect({ read_only, cap_drop, cap_add, privileged, security_opt }).toEqual({
      read_only: true,
      cap_drop: ['ALL'],
      cap_add: undefined,
      privileged: undefined,
      security_opt: ['no-new-privileges:true'],
    });
  });

  test('keeps the latest 30 MB of the log of each service', () => {
    const logging = Object.values(services).map((service) => service.logging);
    const rotated = { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } };
    expect(logging).toEqual([rotated, rotated]);
  });

  test('names the image of PostgreSQL by a digest', () => {
    expect(services['database']?.image).toMatch(/^postgres:18@\$\{POSTGRES_DIGEST:\?/);
    expect(services['database']?.user).toBe('postgres');
  });

  test('keeps the password of the superuser from the bot', () => {
    expect(services['bot']?.environment).toMatchObject({ POSTGRES_ADMIN_PASSWORD: '' });
    expect(services['bot']?.environment['DATABASE_URL']).toMatch(/^postgres:\/\/concierge:/);
  });
});

describe('the systemd unit', () => {
  test('restarts the bot without end, but not after a cause that lasts', () => {
    for (const line of ['Restart=on-failure', 'RestartPreventExitStatus=78', 'StartLimitIntervalSec=0'])
      expect(unit.split('\n')).toContain(line);
  });

  test('runs the Node of the lock file, as a user without privileges', () => {
    expect(unit).toMatch(/^ExecStart=\/opt\/concierge\/node_modules\/\.bin\/node /m);
    for (const line of [
      'DynamicUser=yes',
      'NoNewPrivileges=yes',
      'ProtectSystem=strict',
      'CapabilityBoundingSet=',
    ])
      expect(unit.split('\n')).toContain(line);
  });

  test('has a journal of its own, which is kept for 30 days', () => {
    expect(unit.split('\n')).toContain('LogNamespace=concierge');
    const journal = readFileSync('deploy/journald@concierge.conf', 'utf8').split('\n');
    expect(journal).toEqual(expect.arrayContaining(['MaxRetentionSec=30day', 'MaxFileSec=1day']));
  });

  test('has no mistake that systemd finds', ({ skip }) => {
    if (spawnSync('systemd-analyze', ['--version']).error) return skip('systemd-analyze is not installed');
    // Where this is read, the bot is not installed.
    const file = join(temporaryFolder(), 'concierge.service');
    writeFileSync(file, unit.replaceAll('/opt/concierge/node_modules/.bin/node', process.execPath));
    const { stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    const findings = stderr.split('\n').filter((line) => line.includes('concierge.service'));
    // Of systemd 254: older ones ignore them, and restart after the same pause every time.
    const newer = /Unknown key '(RestartSteps|RestartMaxDelaySec)'/;
    expect(findings.filter((line) => !newer.test(line))).toEqual([]);
  });
});

test('the scripts of CI have no mistake that the shell finds', () => {
  expect(() => execFileSync('bash', ['-n', '.ci/run'])).not.toThrow();
});
