"""Which releases there are, what their manifests say, and their files unchanged."""

from typing import Any

from contract import paths
from contract.release import RELEASE_ID, ReleaseError, content_of, read_manifest
from dashboard import read, releases
from dashboard.server.api import columns
from dashboard.server.api.call import PARQUET, Call, Content, named, to_json
from dashboard.server.api.columns import Schema
from dashboard.server.api.listings import ADDRESS, closed
from dashboard.server.api.problem import Problem, shown

SUFFIX = ".parquet"


def log(call: Call) -> Content:
    """Every release folder, newest first, with the facts of its manifest."""
    current = read.shown_id()
    told = {
        "current": current,
        "links": {"self": call.again()},
        "data": [_facts(call, name, name == current) for name in releases.existing()],
    }
    return Content(to_json(told))


def _facts(call: Call, name: str, current: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "release": name,
        "d": releases.short(name),
        "current": current,
        "readable": True,
    }
    try:
        manifest = read_manifest(paths.releases_dir() / name)
    except ReleaseError:
        unknown = ("published", "previous", "note", "schema_version", "inputs_sha256")
        return told | dict.fromkeys(unknown) | {"readable": False, "files": []}
    return told | {
        "published": manifest.published,
        "previous": manifest.previous or None,
        "note": releases.note(manifest),
        "schema_version": manifest.schema_version,
        "inputs_sha256": manifest.inputs_sha256,
        "files": [
            {"name": entry.name, "rows": entry.rows, "bytes": entry.bytes, "sha256": entry.sha256,
             "url": call.link(f"/release/{name}/{entry.name}")}
            for entry in manifest.files
        ],
    }  # fmt: skip


def file(call: Call) -> Content:
    """One file of a release, after its hash was held against the manifest.

    The name asked for is only compared with the manifest's names, never used as a path.
    """
    asked = call.ids["file"] + SUFFIX
    manifest = named(call.ids["id"], "id").manifest
    entry = next((entry for entry in manifest.files if entry.name == asked), None)
    if entry is None:
        names = [entry.name for entry in manifest.files]
        detail = f"Udgaven {manifest.release} har ingen fil «{shown(asked)}»."
        raise Problem("not-found", detail, parameter="file", allowed=names)
    content = content_of(paths.releases_dir() / manifest.release, entry)
    name = f"{manifest.release}-{entry.name}"
    return Content(content, PARQUET, name, immutable=True, release=manifest.release)


def _nullable(kind: str, **more: Any) -> Schema:
    return {"type": [kind, "null"]} | more


SCHEMA: Schema = closed({
    "current": columns.STRING | {"description": "The release in use: what is answered without d."},
    "links": closed({"self": ADDRESS}),
    "data": {"type": "array", "items": closed({
        "release": columns.STRING | {"pattern": "^" + RELEASE_ID.pattern.removesuffix(r"\Z") + "$"},
        "d": columns.STRING | {"description": "What stands for it in addresses."},
        "current": {"type": "boolean"},
        "readable": {"type": "boolean", "description": "Whether its manifest can be read; if not, the facts are null."},
        "published": _nullable("string", format="date", description="The data's own date, never the clock."),
        "previous": _nullable("string"),
        "note": _nullable("string"),
        "schema_version": _nullable("integer"),
        "inputs_sha256": _nullable("string"),
        "files": {"type": "array", "items": closed({
            "name": columns.STRING, "rows": {"type": "integer"}, "bytes": {"type": "integer"},
            "sha256": columns.STRING, "url": ADDRESS,
        })},
    })},
})  # fmt: skip
