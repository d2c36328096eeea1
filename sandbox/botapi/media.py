"""Files that the bot sends: uploaded with the request, or named by an id it has got before.

In: a call and the name of a parameter. Out: the content of a message. Limits (Bot API, "Sending files"): a photo of
at most 10 MiB whose width and height add up to at most 10,000 and differ at most 20-fold; other files 50 MiB. There
is no network here, so a file cannot be fetched from an address.
"""

from __future__ import annotations

from sandbox.attachments import file_field, photo_field
from sandbox.botapi.call import Call, Upload
from sandbox.errors import ApiError, bad_request
from sandbox.pictures import dimensions
from sandbox.shelf import FileKind
from sandbox.world import Json, World

MIB = 1024 * 1024
PHOTO_LIMIT = 10 * MIB
UPLOAD_LIMIT = 50 * MIB


def attached(world: World, call: Call, kind: FileKind, source: str, field: str = "") -> Json:
    """The field of a message that holds this file. `source` is a file_id or `attach://name`; `field` may be a part."""
    upload = call.files.get(field) if field else None
    if source.startswith("attach://"):
        upload = call.files.get(source.removeprefix("attach://"))
        if upload is None:
            raise bad_request(f"there is no {kind} in the request")
    if upload is not None:
        return _uploaded(world, kind, upload)
    if not source:
        raise bad_request(f"there is no {kind} in the request")
    return _known(world, kind, source)


def _uploaded(world: World, kind: FileKind, upload: Upload) -> Json:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        check_photo(upload.content)
        return {"photo": photo_field(world.shelf.keep_photo(upload.content))}
    if len(upload.content) > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    return {kind: file_field(world.shelf.keep(kind, upload.content, upload.name, upload.mime))}


def check_photo(content: bytes) -> None:
    """Refuse what Telegram would not take as a photo. Raises ApiError 400."""
    if len(content) > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
        )
    shape = dimensions(content)
    if shape is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(shape) > 10_000 or max(shape) > 20 * min(shape):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _known(world: World, kind: FileKind, file_id: str) -> Json:
    if file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.shelf.by_id(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}")
    return {kind: photo_field(world.shelf.sizes(file_id)) if kind == "photo" else file_field(stored)}
