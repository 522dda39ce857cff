"""What a link shows, as texts and figures for files: title, finding, charts, sources, date, link and QR. Pure."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import segno

from contract import danish
from dashboard import migrations, parts, share, sitemap
from dashboard.charts import Spec, content
from dashboard.charts.content import Content
from dashboard.export import markup
from dashboard.export.drawing import Around
from dashboard.export.markup import Table
from dashboard.parts import Unknown
from dashboard.picture import Picture, check
from dashboard.read import Figure, Indicator, Release, Source
from dashboard.text import plain

_LONGEST_LINK, _MOST = 4000, 60


class BadLink(ValueError):
    """A link that shows nothing here; the message says why, in Danish."""


@dataclass(frozen=True, slots=True)
class Part:
    """One chart with its texts written out."""

    key: str
    title: str
    sub: str
    alt: str
    notes: Sequence[str]
    events: Sequence[str]
    source: str
    """Period, unit and sources on one line."""
    table: Table
    figures: Sequence[Figure]
    spec: Spec

    @property
    def content(self) -> Content | None:
        """The chart as categories and series, where it is that."""
        return content.of(self.spec)


@dataclass(frozen=True, slots=True)
class Handout:
    """A view to take away."""

    view: share.View
    origin: str
    """`https://host`, empty where nobody knows: then there is no QR code, and the link is a path."""
    parts: Sequence[Part]
    one: bool
    """Only one of the view's charts was asked for."""
    heading: str = ""
    """What a run sheet says over it, in place of the finding."""
    rewritten: bool = False
    """The heading is the visitor's own words."""
    caveat: str = ""
    talk: str = ""
    """A run sheet's caveat, and its talking point."""
    large: Sequence[Figure] = ()
    """The figures that a run sheet shows in large type, in place of charts."""
    tells_unknown: bool = True

    @property
    def release(self) -> Release:
        """The release that all its figures come from."""
        return self.view.release

    @property
    def title(self) -> str:
        """The page's title with what is chosen."""
        return self.view.title

    @property
    def finding(self) -> str:
        """What the chart says, or the page's headline."""
        return self.parts[0].title if self.one else self.view.finding

    @property
    def message(self) -> str:
        """What stands over it in a run sheet's files: its own heading, or the finding."""
        return self.heading or self.finding

    def title_of(self, part: Part) -> str:
        """What stands over one of its charts: the run sheet's heading, or what the chart says."""
        return self.heading or part.title

    def remarks(self, part: Part | None = None) -> list[str]:
        """What stands beside it: the run sheet's caveat, what a chart needs to be read, whose the heading is."""
        notes = [note for note in (part.notes if part else ()) if note != self.caveat]
        if self.rewritten:
            found = part.title if part else self.finding
            notes.append(f"Overskriften er skrevet til mødet. Indblik skriver: {found}")
        return [self.caveat, *notes] if self.caveat else notes

    def as_page(self) -> "Handout":
        """The same as its page says it, without the run sheet's words."""
        return replace(self, heading="", rewritten=False, caveat="", talk="")

    @property
    def name(self) -> str:
        """The start of its files' names: `indblik-fleksjob-niveau`."""
        return "-".join(
            ["indblik", share.slug(self.view.page), *([self.parts[0].key] if self.one else [])]
        )

    @property
    def dated(self) -> str:
        """`Udgave af 23. november 2026 (2026-11-23-0f1e2d3c)`."""
        return f"Udgave af {danish.long_day(self.release.published)} ({self.release.id})"

    def link(self, part: Part | None = None) -> str:
        """The address that keeps showing precisely these figures."""
        part = self.parts[0] if self.one else part
        anchor = part.key if part and len(self.view.pictures()) > 1 else ""
        return self.origin + self.view.address(pinned=True, figure=anchor)

    @property
    def figures(self) -> list[Figure]:
        """All figures of its charts; without charts, those in large type or that the headline says."""
        found = {f.id: f for part in self.parts for f in part.figures} or {
            f.id: f for f in self.large
        }
        return list(found.values()) or list({f.id: f for f in self.view.named_figures()}.values())

    @property
    def indicators(self) -> list[Indicator]:
        """What the figures measure, in order of appearance."""
        return list({f.indicator.id: f.indicator for f in self.figures}.values())

    @property
    def sources(self) -> list[Source]:
        """Where the figures stand."""
        return list({f.source.id: f.source for f in self.figures}.values())

    @property
    def unknown(self) -> Sequence[Unknown]:
        """What the page says that the material does not hold."""
        return getattr(self.view.topic, "UNKNOWN", ()) if self.tells_unknown else ()

    def without_unknown(self) -> "Handout":
        """The same without what the page does not know: a booklet tells it once for each page."""
        return replace(self, tells_unknown=False)

    def apart(self) -> "list[Handout]":
        """One for each of its charts."""
        return [replace(self, parts=[part], one=True) for part in self.parts]

    def foot(self, part: Part) -> str:
        """The line under a chart that stands alone: source, release, link."""
        return f"{part.source}. Indblik, udgave {self.release.id}. {self.link(part)}"

    def around(self, part: Part) -> Around:
        """All that stands around a chart in a picture of its own."""
        events = [f"{i}  {event}" for i, event in enumerate(part.events, start=1)]
        return Around(
            part.title, self.foot(part), part.sub, [*part.notes, *events], self.qr_png(part)
        )

    def qr_png(self, part: Part | None = None, scale: int = 8) -> bytes:
        """The link as a QR code; empty where the host is not known."""
        return self._qr(part, kind="png", scale=scale)

    def qr_svg(self, part: Part | None = None) -> bytes:
        """The same as SVG."""
        return self._qr(part, kind="svg", scale=4, xmldecl=False, nl=False)

    def _qr(self, part: Part | None, **options: Any) -> bytes:
        return qr(self.link(part), **options) if self.origin else b""


def qr(address: str, **options: Any) -> bytes:
    """An address as a QR code; `options` as those of segno's `save`."""
    out = io.BytesIO()
    segno.make_qr(address, error="m").save(out, border=4, dark="black", light="white", **options)
    return out.getvalue()


def part(release: Release, picture: Picture) -> Part:
    """A picture with its texts written out. Raises IncompleteFigure if it lacks something."""
    check(picture)
    title = plain(release, picture.finding)
    html = picture.table or parts.figure_table(title, picture.figures)
    return Part(
        picture.key, title, plain(release, picture.sub), plain(release, picture.alt),
        [plain(release, note) for note in picture.notes],
        [f"{danish.period(e.date)}: {e.title}" for e in picture.events],
        _source(markup.text(parts.source_line(picture.figures, picture.extra))), markup.table(html),
        picture.figures, picture.spec,
    )  # fmt: skip


def _source(line: str) -> str:
    """The source line with its parts named: outside the screen nothing else says what they are."""
    period, unit, *rest = line.split(" · ")
    return f"Periode: {period} · Enhed: {unit} · Kilde: {' · '.join(rest)}"


def of(view: share.View, origin: str, figure: str = "") -> Handout:
    """A view, or one of its charts. Raises BadLink for a chart that is not in the view."""
    pictures = view.pictures()
    chosen = [p for p in pictures if p.key == figure] if figure else pictures
    if figure and not chosen:
        raise BadLink(f"siden «{view.page.title}» har ingen figur «{figure[:40]}»")
    return Handout(view, origin, [part(view.release, p) for p in chosen], bool(figure))


def read(link: str, origin: str = "") -> Handout:
    """A link as copied from «Del»; `origin` is used where it names no host.

    A `#` that is no chart of the page is taken for a place on it. Raises BadLink, and ReleaseError if
    the data cannot be read.
    """
    try:
        asked = urlsplit(link.strip()[:_LONGEST_LINK])
        params = parse_qs(asked.query, keep_blank_values=True, max_num_fields=_MOST)
    except ValueError:
        raise BadLink("linket kan ikke læses") from None
    if asked.scheme and (asked.scheme not in ("http", "https") or not asked.netloc):
        raise BadLink("linket skal begynde med https:// eller /")
    page = sitemap.by_path(migrations.path(asked.path.strip("/")))
    if page is None:
        raise BadLink(f"der er ingen side på adressen «{asked.path[:60]}»")
    view = share.view(page, migrations.parameters(params))
    host = f"{asked.scheme}://{asked.netloc}" if asked.scheme else origin.rstrip("/")
    pictures = view.pictures()
    figure = asked.fragment if view.picture(asked.fragment) and len(pictures) > 1 else ""
    return of(view, host, figure)
