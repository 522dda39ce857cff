"""Where an address that is not quite ours leads: another spelling, an old name, or a damaged link."""

from urllib.parse import parse_qsl, urlencode

from dashboard import mangled, migrations, sitemap

FIGURE = "/tal/"
_LONGEST_QUERY = 8_000
MOST_FIELDS = 500
"""With more than 1,000 parameters Streamlit takes none of them and says nothing; so the rest is cut off
here, and the page names what it does not know of those that are left."""


def target(path: str, query: str, host: str, canonical: str) -> str | None:
    """The address to send a visitor on to, or None if the one given is as it should be, or unknown.

    `canonical` is the path in its one spelling; `host` is the server's own name, for links in wrappers.
    """
    found = mangled.repair(path, query, host)
    wanted = _path(canonical, found)
    if wanted is None:
        return None
    renamed = _renamed(found.query)
    if (wanted, renamed) == (path, query):
        return None
    anchor = f"#{found.anchor}" if found.anchor else ""
    return wanted + (f"?{renamed}" if renamed else "") + anchor


def _path(canonical: str, found: mangled.Address) -> str | None:
    """The page or figure that a path means, in its own spelling; None if there is none."""
    if found.path.startswith(FIGURE):
        return FIGURE + migrations.figure(found.path.removeprefix(FIGURE))
    repaired = "/" + "/".join(filter(None, found.path.lower().split("/")))
    for one in (repaired, canonical):
        name = migrations.path(one.strip("/"))
        if sitemap.by_path(name):
            return f"/{name}"
    return None


def _renamed(query: str) -> str:
    """The query with old keys and ids under their names of today; the same text if there are none."""
    pieces = query.split("&", MOST_FIELDS)
    if len(pieces) > MOST_FIELDS:
        return "&".join(pieces[:MOST_FIELDS])
    if len(query) > _LONGEST_QUERY:
        return query
    given = parse_qsl(query, keep_blank_values=True)
    now = [(migrations.key(key), value) for key, value in given]
    now = [(key, _ids(key, value)) for key, value in now]
    return query if now == given else urlencode(now)


def _ids(key: str, value: str) -> str:
    return ".".join(migrations.identifier(key, one) for one in value.split("."))
