import type { REST } from '@discordjs/rest';
import { Routes } from 'discord-api-types/v10';
import { z } from 'zod';

/** The pages that the operator has named in Discord's developer portal. */
export interface Links {
  privacy?: string;
  terms?: string;
}

const url = z.url().nullish();
const application = z.object({ privacy_policy_url: url, terms_of_service_url: url });

/** Asks Discord for the application's pages: the portal is the one place where they are named. */
export async function fetchLinks(rest: REST): Promise<Links> {
  const named = application.parse(await rest.get(Routes.currentApplication()));
  const { privacy_policy_url: privacy, terms_of_service_url: terms } = named;
  return { ...(privacy && { privacy }), ...(terms && { terms }) };
}
