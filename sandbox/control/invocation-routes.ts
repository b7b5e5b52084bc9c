import { Hono } from 'hono';
import { z } from 'zod';
import type { HonoEnv } from '../http/middleware.ts';
import type { Component } from '../rules/components.ts';
import type { Services } from '../services.ts';
import { type Caller, resolveCaller } from './caller.ts';
import { clickComponent } from './click-component.ts';
import { ControlError } from './errors.ts';
import { filesSchema } from './given-files.ts';
import { createReply, type InvocationResult } from './invoke.ts';
import { parseBody } from './parse-body.ts';
import { requestSuggestions, runCommand } from './run-command.ts';
import { findMenuCommand, runMenuCommand } from './run-menu-command.ts';
import { type OpenModal, submitModal } from './submit-modal.ts';

const callerFields = {
  user: z.string().optional(),
  locale: z.string().optional(),
  install: z.enum(['guild', 'user']).optional(),
};
const commandSchema = z.object({
  text: z.string().min(1),
  channel: z.string().optional(),
  context: z.enum(['guild', 'dm', 'private']).optional(),
  guild: z.string().optional(),
  target: z.string().optional(),
  files: filesSchema,
  ...callerFields,
});
const clickSchema = z.object({
  message: z.string(),
  customId: z.string(),
  values: z.array(z.string()).default([]),
  ...callerFields,
});
const modalSchema = z.object({
  interaction: z.string().optional(),
  customId: z.string().optional(),
  fields: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])).default({}),
  files: filesSchema,
});

/** Creates the calls that do what a user of Discord does: run commands, click components, submit modals. */
export function createInvocationRoutes(services: Services): Hono<HonoEnv> {
  const { world } = services;
  /** Open modals, by the interaction that opened them. */
  const openModals = new Map<string, OpenModal>();

  function respond(result: InvocationResult, caller: Caller): Response {
    const { interaction, outcome } = result;
    if (outcome.kind !== 'modal') return Response.json(createReply(result));
    const modal = outcome.modal as { custom_id: string; components: Component[] };
    openModals.set(interaction.id, { interaction, caller, modal });
    return Response.json({ ...createReply(result), interaction: interaction.id });
  }

  return new Hono<HonoEnv>()
    .post('/command', async (context) => {
      const { text, target, files, ...input } = await parseBody(context.req.raw, commandSchema);
      const caller = resolveCaller(world, input);
      if (target !== undefined)
        return respond(await runMenuCommand(services, caller, { name: text, target }), caller);
      if (!text.startsWith('/') && findMenuCommand(world, caller, text)) {
        const problem = 'is a command of the context menu: say in "target" which message or user it is for';
        throw new ControlError(`${text} ${problem}`);
      }
      return respond(await runCommand(services, caller, { text, files }), caller);
    })
    .post('/autocomplete', async (context) => {
      const { text, ...input } = await parseBody(context.req.raw, commandSchema);
      const result = await requestSuggestions(services, resolveCaller(world, input), text);
      return Response.json(createReply(result));
    })
    .post('/click', async (context) => {
      const { message, customId, values, ...input } = await parseBody(context.req.raw, clickSchema);
      const result = await clickComponent(services, input, { message, customId, values });
      return respond(result, callerOf(result, input.locale));
    })
    .post('/modal', async (context) => {
      const { interaction, customId, fields, files } = await parseBody(context.req.raw, modalSchema);
      const found = [...openModals].findLast(([id, { modal }]) =>
        interaction === undefined ? modal.custom_id === customId : id === interaction,
      );
      if (!found) throw new ControlError(`No modal ${interaction ?? customId ?? ''} is open`, 404);
      const [id, openModal] = found;
      const result = await submitModal(services, openModal, { fields, files });
      openModals.delete(id);
      return respond(result, openModal.caller);
    });
}

/** Returns the caller of a click, for a modal that it opens. */
const callerOf = ({ interaction }: InvocationResult, locale = 'en-US'): Caller => ({
  user: interaction.user,
  guild: interaction.guild,
  channel: interaction.channel,
  context: interaction.guild ? 0 : interaction.channel.private ? 2 : 1,
  locale,
  userInstall: '1' in interaction.owners,
});
