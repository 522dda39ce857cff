"""Nyt i data: every release with its changes, old → new, newest first."""

from datetime import date

from contract import danish
from contract.release import ReleaseError
from dashboard import parts, read, releases
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
    """One section a release that can be read, newest first."""
    names = releases.existing()
    current = read.current().id
    return "".join(_readable(name, current) for name in names)


def _readable(name: str, current: str) -> str:
    """A release's section; one that cannot be read says so and keeps no other from being shown."""
    try:
        return _section(name, current)
    except ReleaseError:
        day = danish.long_day(date.fromisoformat(name[:10]))
        return f'<section class="udgave"><h2>{day}</h2><p>Udgave {escape(name)} kan ikke læses.</p></section>'


def _section(name: str, current: str) -> str:
    release = read.load(name)
    previous = release.manifest.previous
    in_use = " Den er i brug nu." if name == current else ""
    head = (
        f'<section class="udgave" id="u-{releases.short(name)}"><h2>{danish.long_day(release.published)}</h2>'
        f'<p class="kildelinje">Udgave {escape(name)}.{in_use} <a href="/?d={releases.short(name)}">Se denne udgave</a></p>'
        f"<p>{escape(release.manifest.note)}</p>"
    )
    if not previous:
        return f"{head}<p>Første udgave: {danish.number(sum(1 for _ in release.figures()))} tal.</p></section>"
    if previous not in releases.existing():
        return f"{head}<p>Udgaven før, {escape(previous)}, findes ikke længere, så ændringerne kan ikke vises.</p></section>"
    changed = releases.changes(previous, name)
    if not changed:
        return f"{head}<p>Ingen tal er ændret.</p></section>"
    rows = [
        [f'<a href="{talpas_address(c.figure.id)}?d={releases.short(name)}">{escape(c.figure.indicator.title)}</a>',
         escape(", ".join(filter(None, [c.figure.group, c.figure.area_name, c.figure.period_text]))),
         escape(c.old.text) if c.old else "fandtes ikke", escape(c.new.text) if c.new else "udgået",
         escape(c.words if c.old and c.new and c.old.text == c.new.text else "")]
        for c in changed
    ]  # fmt: skip
    caption = f"{len(changed)} ændringer" if len(changed) > 1 else "1 ændring"
    return (
        head
        + parts.table(caption, ["Tal", "Hvor og hvornår", "Før", "Nu", "Bemærkning"], rows)
        + "</section>"
    )
