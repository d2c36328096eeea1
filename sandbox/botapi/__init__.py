"""The Bot API as the bot sees it: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

In: HTTP requests in any of the encodings that Telegram takes. Out: `{"ok": true, "result": …}` or Telegram's refusal,
word for word. Each method reads its parameters from a `Call`, changes the world, and returns JSON; only waiting for
updates is asynchronous.
"""
