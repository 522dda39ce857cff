"""Where an address that is not quite ours leads: another spelling, an old name, or a damaged link."""

from urllib.parse import parse_qsl, unquote_plus, urlencode

from dashboard import mangled, migrations, sitemap

FIGURE = "/tal/"
_LONGEST_QUERY = 8_000
MOST_FIELDS = 500
"""With more than 1,000 parameters Streamlit takes none of them and says nothing; so the rest is cut off
here, and the page names what it does not know of those that are left."""
_STREAMLITS = frozenset({"embed", "embed_options"})
"""Keys that Streamlit's scripts obey, and that are no part of a view: with `disable_scrolling` the page cannot be
scrolled, with `dark_theme` half of it is dark."""


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
    """The query with old keys and ids under their names of today, and without those that are Streamlit's own; the
    same text if there are none.
    """
    given = query.split("&")
    own = [one for one in given if _key(one) not in _STREAMLITS]
    query = query if len(own) == len(given) else "&".join(own)
    pieces = query.split("&", MOST_FIELDS)
    if len(pieces) > MOST_FIELDS:
        return "&".join(pieces[:MOST_FIELDS])
    if len(query) > _LONGEST_QUERY:
        return query
    before = parse_qsl(query, keep_blank_values=True)
    now = [(migrations.key(key), value) for key, value in before]
    now = [(key, _ids(key, value)) for key, value in now]
    return query if now == before else urlencode(now)


def _key(piece: str) -> str:
    """The name in a piece of a query (`name=value`)."""
    return unquote_plus(piece.partition("=")[0]).lower()


def _ids(key: str, value: str) -> str:
    return ".".join(migrations.identifier(key, one) for one in value.split("."))
