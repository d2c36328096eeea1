"""Files that the bot fetches: where one lies, and its bytes.

In: a file_id. Out: a path that works under `/file/bot<token>/`. Limit: 20 MiB (Bot API, getFile).
"""

from __future__ import annotations

from sandbox.botapi.call import Call
from sandbox.botapi.media import MIB
from sandbox.errors import bad_request
from sandbox.world import Json, World

DOWNLOAD_LIMIT = 20 * MIB


def get_file(world: World, call: Call) -> Json:
    """getFile."""
    file_id = call.text("file_id")
    if not file_id:
        raise bad_request("file_id is not specified")
    stored = world.shelf.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {**stored.ids(), "file_path": world.shelf.path(stored)}
