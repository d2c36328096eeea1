"""Every message the bot can send, one class each; the template of the same name is in `messages/<language>/*.j2`.

A message is a frozen value: its fields are what the template may use (rupiah as int, moments in UTC, texts unescaped:
the template escapes). Button labels are `Label`s, worded in `messages/<language>/labels.toml`.
"""

from messages.catalog.base import Label, Message, Plain, Text

__all__ = ["Label", "Message", "Plain", "Text"]
