"""The floor: the plainest bot, as python-telegram-bot's own first example has it, with its default client.

`python -m tests.bench.echo_bot ADDRESS TOKEN`. It repeats every text; it keeps nothing and promises nothing.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it again."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main(address: str, token: str) -> None:
    """Repeat until stopped."""
    application: Application[Any, Any, Any, Any, Any, Any] = (
        Application.builder().token(token).base_url(f"{address}/bot").build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
