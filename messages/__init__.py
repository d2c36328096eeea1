"""Words: every message the bot can send, and how it is written in each language."""
