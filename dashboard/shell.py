"""What every page has around its own content: the notice over an old release, and the footer.

The bar with the menu is in the HTML that the server sends (`dashboard.server.index`).
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from contract import danish
from dashboard import closed, kept, link, parts, read, releases, shown, view
from dashboard.parts import escape
from dashboard.releases import Change
from dashboard.sitemap import FOOTER, by_path, in_group

_MOST_NAMED = 6


def open_page() -> DeltaGenerator:
    """Keep the place over the page for the notice, and begin to note the figures shown."""
    shown.begin()
    return st.empty()


def close_page(place: DeltaGenerator, path: str) -> None:
    """Fill in the notices: an older release, a newer one, the last good one; and draw the footer."""
    html = old_release(path, {key: st.query_params.get_all(key) for key in st.query_params})
    html = html or newer_release(st.session_state.get(view.SEEN_BEFORE, ""))
    html = kept.notice() + html
    if html:
        place.html(html)
    st.html(footer())


def old_release(path: str, params: dict[str, list[str]]) -> str:
    """The notice over an old release: which of the figures shown have changed since, old → new.

    Empty when the address pins no release, or the one in use.
    """
    pinned = params.get(link.RELEASE, [""])[0]
    newest = read.current()
    old = releases.opened(pinned)[0] if pinned else newest
    if old.id == newest.id:
        return ""
    changed = releases.changed_among(old.id, newest.id, shown.ids())
    rest = {key: given[0] for key, given in params.items() if key != link.RELEASE and given}
    newer = f'<a class="nyeste" href="{escape(link.address(path, rest))}">Se de nyeste tal</a>'
    head = f"Du ser udgaven fra {danish.day(old.published)} ({old.id})."
    if releases.withdrawn(old.id):
        head = f"Du ser udgaven fra {danish.day(old.published)} ({old.id}), som er trukket tilbage."
    return parts.notice(head, f"{_changes(changed)} {newer}")


def newer_release(before: str) -> str:
    """The notice that newer figures came while the page was open; `before` is what it showed until now.

    Empty when `before` is, or names what is in use.
    """
    newest = read.current()
    if before not in releases.existing() or before == newest.id:
        return ""
    changed = releases.changed_among(before, newest.id, shown.ids())
    log = '<a class="nyeste" href="/nyt">Se alle ændringer</a>'
    return parts.notice("Tallene er skiftet, mens siden var åben.", f"{_changes(changed)} {log}")


def _changes(changed: list[Change]) -> str:
    """How many of the figures shown have changed and which, and what was said of it."""
    if not changed:
        return "Ingen af tallene på siden er ændret siden."
    named = "; ".join(
        f"{escape(c.figure.indicator.title)}: {escape(c.words)}" for c in changed[:_MOST_NAMED]
    )
    more = f" og {len(changed) - _MOST_NAMED} mere" if len(changed) > _MOST_NAMED else ""
    said = releases.note(read.current().manifest)
    note = f" {escape(said)}" if said else ""
    count = f"{len(changed)} af {len(shown.ids())} tal på siden er ændret siden"
    listed = f"{count}: {named}{more}"
    stop = "" if listed.endswith(".") else "."
    return f"{listed}{stop}{note}"


def footer() -> str:
    """The footer as HTML."""
    sources = by_path("kilder")
    pages = ((sources,) if sources else ()) + in_group(FOOTER)
    links = "".join(f'<li><a href="/{p.path}">{escape(p.title)}</a></li>' for p in pages)
    return (
        '<footer class="bund"><p>Tallene står i de kilder, der er nævnt ved dem. Det, der mangler, '
        "er vist som «findes ikke i materialet».</p>"
        f'<nav aria-label="Om siden"><ul>{links}{closed.way_out()}</ul></nav></footer>'
    )
