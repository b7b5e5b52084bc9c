"""The bot on discord.py, as Debian's package python3-discord has it."""

import asyncio
import io
import os

import discord
import yarl
from discord import app_commands

API = os.environ["DISCORD_API_URL"]
# discord.py has no setting for the address.
discord.http.Route.BASE = f"{API}/v10"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(API.replace("http", "ws", 1).removesuffix("/api") + "/gateway")

client = discord.Client(intents=discord.Intents(guilds=True))
tree = app_commands.CommandTree(client)
channels = []


class Choose(discord.ui.View):
    @discord.ui.button(label="Press", custom_id="press", style=discord.ButtonStyle.primary)
    async def press(self, interaction, _button):
        await interaction.response.edit_message(content="Pressed")

    @discord.ui.select(custom_id="pick", options=[discord.SelectOption(label=color) for color in ("red", "blue")])
    async def pick(self, interaction, select):
        await interaction.response.edit_message(content=f"Picked {','.join(select.values)}")


class Form(discord.ui.Modal, title="Form"):
    text = discord.ui.TextInput(label="Text", custom_id="text")

    async def on_submit(self, interaction):
        await interaction.response.send_message(f"Wrote {self.text.value}")


@tree.command(description="hello")
async def hello(interaction: discord.Interaction, name: str):
    await interaction.response.send_message(f"Hello {name}")


@hello.autocomplete("name")
async def suggest(_interaction, typed):
    names = [name for name in ("Ana", "Anton", "Ben") if name.startswith(typed)]
    return [app_commands.Choice(name=name, value=name) for name in names]


@tree.command(description="wait")
async def wait(interaction: discord.Interaction):
    await interaction.response.defer(ephemeral=True)
    await interaction.edit_original_response(content="Waited")


@tree.command(description="count")
async def count(interaction: discord.Interaction):
    await interaction.response.send_message("One")
    await interaction.edit_original_response(content="Two")


@tree.command(description="more")
async def more(interaction: discord.Interaction):
    await interaction.response.send_message("First")
    await interaction.followup.send("Second")


@tree.command(description="choose")
async def choose(interaction: discord.Interaction):
    await interaction.response.send_message("Choose", view=Choose())


@tree.command(description="form")
async def form(interaction: discord.Interaction):
    await interaction.response.send_modal(Form())


@tree.command(description="file")
async def file(interaction: discord.Interaction, upload: discord.Attachment):
    content = (await upload.read()).upper()
    await interaction.response.send_message("File", file=discord.File(io.BytesIO(content), upload.filename))


@tree.command(description="fetch")
async def fetch(interaction: discord.Interaction):
    guild = await client.fetch_guild(interaction.guild_id, with_counts=True)
    events = await guild.fetch_scheduled_events(with_counts=True)
    await interaction.response.send_message(f"{guild.approximate_member_count} members, {len(events)} events")


@tree.command(description="post")
async def post(interaction: discord.Interaction, text: str, nonce: str):
    await interaction.response.defer()
    message = await interaction.channel.send(text, nonce=nonce)
    await interaction.edit_original_response(content=str(message.id))


@tree.command(description="flood")
async def flood(interaction: discord.Interaction):
    await interaction.response.defer()
    await asyncio.gather(*(interaction.channel.send(f"Message {number}") for number in range(1, 8)))
    await interaction.edit_original_response(content="Posted")


@tree.command(name="channels", description="channels")
async def list_channels(interaction: discord.Interaction):
    await interaction.response.send_message(f"New: {', '.join(channels)}")


@client.event
async def on_guild_channel_create(channel):
    channels.append(channel.name)


@client.event
async def on_ready():
    await tree.sync()
    print("ready", flush=True)


client.run(os.environ["DISCORD_TOKEN"])
