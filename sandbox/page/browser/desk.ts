import { html, nothing, type TemplateResult } from 'lit';
import type { ObservedFaultRule } from '../../rules/fault-reactions.ts';
import type { FaultRuleInput } from '../../rules/faults.ts';
import { change, setFaults } from './actions.ts';
import { PERMISSIONS } from './discord.ts';
import { cross } from './icons.ts';
import { guildOf, now, type State, set } from './store.ts';

/** Where one makes trouble, to see how the bot copes. */
export function desk(state: State): TemplateResult | typeof nothing {
  if (!state.deskOpen) return nothing;
  const guild = guildOf(state);
  // Nobody sees the channels of a server in an outage.
  const channel = guild?.unavailable ? undefined : guild?.channels.find(({ id }) => id === state.channel);
  return html`<aside id="desk" class="desk" aria-label="Test failures">
    <header>
      <h2>Test failures</h2>
      <button type="button" class="icon-button" aria-label="Close" @click=${() => set({ deskOpen: false, said: '' })}>${cross}</button>
    </header>
    <p class="desk-said" role="status">${state.said}</p>
    ${faults(state)}
    ${channel && guild ? permissions(guild.id, channel) : nothing}
    ${guild ? server(guild, channel) : nothing}
  </aside>`;
}

type Guild = State['world']['guilds'][number];
type Channel = Guild['channels'][number];

function permissions(guild: string, { id, name, botPermissions }: Channel): TemplateResult {
  const bot = now().world.bot.name;
  const held = BigInt(botPermissions);
  return html`<fieldset>
    <legend>${bot}’s permissions in #${name}</legend>
    ${PERMISSIONS.map(([permission, label, bit]) => {
      const may = (held & bit) !== 0n;
      const turn = () =>
        change(
          { [may ? 'deny' : 'allow']: { guild, channel: id, permission } },
          `${label} is ${may ? 'denied' : 'granted'} in #${name}.`,
        );
      return html`<label class="switch"><input type="checkbox" .checked=${may} @change=${turn}> ${label}</label>`;
    })}
  </fieldset>`;
}

function server({ id, name, bot, unavailable }: Guild, channel: Channel | undefined): TemplateResult {
  const app = now().world.bot.name;
  const add = (event: Event) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const called = String(new FormData(form).get('name')).trim();
    form.reset();
    if (called) void change({ addChannel: { guild: id, name: called } }, `#${called} created.`);
  };
  return html`<fieldset>
    <legend>${name}</legend>
    <div class="buttons">
      ${
        channel
          ? html`<button type="button" class="danger" @click=${() => change({ deleteChannel: channel.id }, `#${channel.name} deleted.`)}>
              Delete #${channel.name}
            </button>`
          : nothing
      }
      ${
        bot
          ? html`<button type="button" class="danger" @click=${() => change({ removeBot: id }, `${app} removed.`)}>Remove ${app}</button>
              <button type="button" @click=${() => change(unavailable ? { endOutage: id } : { outage: id }, unavailable ? 'Outage ended: the bot sees this server again.' : 'Outage started: the bot sees this server as unavailable.')}>
                ${unavailable ? 'End the outage' : 'Start an outage'}
              </button>`
          : html`<button type="button" @click=${() => change({ addBot: id }, `${app} invited again.`)}>Invite ${app}</button>`
      }
    </div>
    <form class="row" @submit=${add}>
      <label>New channel <input name="name" maxlength="100" required></label>
      <button>Add</button>
    </form>
  </fieldset>`;
}

const POST = 'POST /channels/*/messages';
type HttpFault = Extract<FaultRuleInput, { does: unknown }>;

/** What can go wrong, in words; `route` is left out where it goes wrong for posts. */
const TROUBLE: readonly [label: string, rule: HttpFault | Exclude<FaultRuleInput, HttpFault>][] = [
  ['A post fails: error 500', { route: POST, does: { status: 500 } }],
  ['A post arrives, but the response is error 500', { route: POST, does: { status: 500, when: 'after' } }],
  ['A post is rate limited for 5 seconds: 429', { route: POST, does: { rateLimit: 5 } }],
  ['A post hangs for 5 seconds', { route: POST, does: { hang: 5 } }],
  ['A post arrives, but the connection breaks', { route: POST, does: { reset: true, when: 'after' } }],
  ['A post is forbidden: 403', { route: POST, does: { status: 403, code: 50_013 } }],
  ['An answer to a command fails: error 500', { route: 'POST /interactions/**', does: { status: 500 } }],
  ['The gateway drops the connection', { gateway: 'drop' }],
  ['The gateway says that the session timed out: 4009', { gateway: { close: 4009 } }],
];

function faults({ faults: active }: State): TemplateResult {
  const inject = (event: Event) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget as HTMLFormElement);
    const [label, rule] = TROUBLE[Number(data.get('what'))] ?? [];
    const times = String(data.get('times'));
    if (!rule) return;
    const timed =
      'does' in rule ? { ...rule, times: times === 'always' ? ('always' as const) : Number(times) } : rule;
    const kept = now().faults.filter((rule) => 'does' in rule && rule.times !== rule.fired);
    const inputs = kept.map(({ fired: _fired, reaction: _reaction, ...rule }) => rule as FaultRuleInput);
    void setFaults([...inputs, timed], `${label}.`);
  };
  return html`<fieldset>
    <legend>Faults</legend>
    <form @submit=${inject}>
      <label>What happens <select name="what">${TROUBLE.map(([label], index) => html`<option value=${index}>${label}</option>`)}</select></label>
      <div class="row">
        <label>How often <select name="times">
          <option value="1">Once</option><option value="3">Three times</option><option value="always">Always</option>
        </select></label>
        <button>Inject</button>
      </div>
    </form>
    ${
      active.length > 0
        ? html`<ul class="rules" aria-live="polite">${active.map(faultItem)}</ul>
            <button type="button" @click=${() => setFaults([], 'Faults cleared.')}>Clear the faults</button>`
        : nothing
    }
  </fieldset>`;
}

/** A fault in the words of its choice, how often it happened, and what the bot did then. */
function faultItem(rule: ObservedFaultRule): TemplateResult {
  const json = JSON.stringify('does' in rule ? rule.does : rule.gateway);
  const [label] = TROUBLE.find(([, known]) => isSameFault(known, rule)) ?? [];
  return html`<li>
    ${label ?? html`<code>${json}</code>`}: <b>happened ${rule.fired}×</b>
    ${rule.fired > 0 ? html`<br>The bot ${describeReaction(rule.reaction)}.` : nothing}
  </li>`;
}

/** Whether a rule in force is this choice: it has all that the choice says. */
function isSameFault(choice: FaultRuleInput, rule: ObservedFaultRule): boolean {
  if (!('does' in choice))
    return !('does' in rule) && JSON.stringify(rule.gateway) === JSON.stringify(choice.gateway);
  if (!('does' in rule) || rule.route !== choice.route) return false;
  const [wanted, given] = [
    { when: 'before', ...choice.does },
    rule.does as Readonly<Record<string, unknown>>,
  ];
  return Object.entries(wanted).every(
    ([name, value]) => given[name] === value || (name === 'when' && !(name in given)),
  );
}

/** What the bot did, to follow "The bot". */
function describeReaction(reaction: ObservedFaultRule['reaction']): string {
  if (!reaction) return 'has not tried again';
  const { did, after, status } = reaction;
  const when =
    after < 0.1 ? 'at once' : `after ${after < 10 ? Math.round(after * 10) / 10 : Math.round(after)} s`;
  if (did !== 'retried') return `${did === 'resumed' ? 'resumed its session' : 'identified again'} ${when}`;
  if (status === null) return `retried ${when}, and waits`;
  return `retried ${when}, ${status < 400 ? 'answered' : `refused with ${status}`}`;
}
