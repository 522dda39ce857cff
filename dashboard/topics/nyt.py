"""Nyt i data: every release with its changes, old → new, newest first."""

from datetime import date

from contract import danish
from contract.journal import UNDONE, Event
from contract.release import ReleaseError
from dashboard import fetched_changes, in_use, parts, read, releases
from dashboard.link import Choice, Values
from dashboard.picture import Picture
from dashboard.read import Release
from dashboard.text import escape, talpas_address
from dashboard.topics import Parameters


def choices(release: Release, params: Parameters) -> list[Choice]:
    """The page has no choices."""
    return []


def headline(release: Release, values: Values) -> str:
    """When the figures were last changed."""
    return f"Tallene er senest ændret {danish.long_day(release.published)}"


def pictures(release: Release, values: Values) -> list[Picture]:
    """No charts."""
    return []


def log() -> str:
    """One section a publication, and one for each that was undone, newest first."""
    events = releases.publications()
    told: set[str] = set()
    sections = []
    for event in events:
        sections.append(_readable(event, first=event is events[0], again=event.release in told))
        told.add(event.release)
    return "".join(sections)


def _readable(event: Event, *, first: bool, again: bool) -> str:
    """A section; one whose release cannot be read says so and keeps no other from being shown.

    `first`: it is in use. `again`: a newer section tells of the same release, and has its address.
    """
    anchor = "" if again else f' id="u-{releases.short(event.release)}"'
    day = danish.long_day(date.fromisoformat(event.date))
    head = f'<section class="udgave"{anchor}><h2>{day}</h2>'
    try:
        return f"{head}{_told(event, first)}</section>"
    except ReleaseError:
        return f"{head}<p>Udgave {escape(event.release)} kan ikke læses.</p></section>"


def _told(event: Event, first: bool) -> str:
    name, previous = event.release, event.previous
    release = read.load(name)
    now = " Den er i brug nu." if first else ""
    if first and in_use.previewing():
        now = (
            " Den vises kun her og er ikke offentliggjort." if name not in in_use.public() else now
        )
    what = f"Udgave {escape(name)}."
    if event.kind == UNDONE:
        what = f"Udgaven {escape(previous)} er trukket tilbage, og {escape(name)} er igen i brug."
        now = ""
    head = (
        f'<p class="kildelinje">{what}{now} <a href="/?d={releases.short(name)}">Se denne udgave</a></p>'
        f"<p>{escape(event.note)}</p>"
    )
    if not previous:
        return (
            f"{head}<p>Første udgave: {danish.number(sum(1 for _ in release.figures()))} tal.</p>"
        )
    if previous not in releases.existing():
        return f"{head}<p>Udgaven før, {escape(previous)}, findes ikke længere, så ændringerne kan ikke vises.</p>"
    return head + _table(previous, name)


def _table(previous: str, name: str) -> str:
    """What changed from one release to another, old → new."""
    changed = releases.changes(previous, name)
    lines = fetched_changes.between(previous, name)
    listed = "".join(f"<li>{line}</li>" for line in lines)
    fetched = f"<p>Hentede serier:</p><ul>{listed}</ul>" if lines else ""
    if not changed:
        return fetched or "<p>Ingen tal er ændret.</p>"
    rows = [
        [f'<a href="{talpas_address(c.figure.id)}?d={releases.short(name)}">{escape(c.figure.indicator.title)}</a>',
         escape(", ".join(filter(None, [c.figure.group, c.figure.area_name, c.figure.period_text]))),
         escape(c.old.text) if c.old else "fandtes ikke", escape(c.new.text) if c.new else "udgået",
         escape(c.words if c.old and c.new and c.old.text == c.new.text else "")]
        for c in changed
    ]  # fmt: skip
    caption = f"{len(changed)} ændringer" if len(changed) > 1 else "1 ændring"
    columns = ["Tal", "Hvor og hvornår", "Før", "Nu", "Bemærkning"]
    return parts.table(caption, columns, rows) + fetched
