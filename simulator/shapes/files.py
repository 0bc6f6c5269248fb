"""Files as Slack writes them."""

from simulator.world.records import JSON, StoredFile
from simulator.world.state import World

KINDS = {
    "png": ("image/png", "PNG"),
    "ics": ("text/calendar", "Calendar"),
    "csv": ("text/csv", "CSV"),
    "json": ("application/json", "JSON"),
    "txt": ("text/plain", "Plain Text"),
}


def file_object(world: World, file: StoredFile) -> JSON:
    ending = file.name.rpartition(".")[2].lower()
    mimetype, pretty = KINDS.get(ending, ("application/octet-stream", "Binary"))
    url = f"{world.base_url}files/{file.id}/{file.name}"
    shares: JSON = {}
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": mimetype,
        "filetype": ending,
        "pretty_type": pretty,
        "user": file.user,
        "user_team": world.team_id,
        "editable": False,
        "size": file.length,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": url,
        "url_private_download": url + "?download=1",
        "permalink": url,
        "shares": shares,
        "channels": list(file.channels),
        "has_rich_preview": False,
        "file_access": "visible",
        **({"alt_txt": file.alt_txt} if file.alt_txt else {}),
    }
