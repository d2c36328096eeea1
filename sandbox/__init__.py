"""A local Bot API server and a chat page: Telegram without Telegram, for trying the bot out and for the tests.

In: Bot API requests under `/bot<token>/`, people's actions under `/sandbox/`, a browser at `/`.
Out: updates, messages and refusals as Telegram gives them, with its texts and its limits.
Everything is kept in memory and is gone with the process. It knows nothing of the bot that talks to it: no other
package of this project is imported here.
"""
