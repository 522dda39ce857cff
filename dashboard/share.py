"""What sharing a view consists of: its links, its words, its QR code and its embed code. Pure.

A shared link is fully specified: it names every choice, defaults included, so that it keeps showing the
same view when defaults change. «Præcis disse tal» names the release too, «følg nyeste» does not.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

import segno

from contract import danish, template
from dashboard import link, parts, read, releases
from dashboard.link import Choice, Kind, Values
from dashboard.picture import Picture
from dashboard.read import Figure, Release
from dashboard.sitemap import PAGES, Page
from dashboard.text import plain
from dashboard.topics import Parameters, Topic, topic

FRONT_SLUG = "kort-fortalt"
_UNNAMED = frozenset({"alle", "ingen"})
"""Ids that mean no choice has been made: they do not go into the title."""
_MOST_SOURCES = 3
_AROUND, _PER_NOTE, _PER_EVENT = 280, 80, 48
"""What an embedded figure needs besides its plot (px): heading, axis and source line; each note; each event."""


@dataclass(frozen=True, slots=True)
class View:
    """A page as an address shows it: its release and its valid values."""

    page: Page
    release: Release
    choices: Sequence[Kind]
    values: Values
    topic: Topic = field(repr=False)

    @property
    def title(self) -> str:
        """The page's title, with the first choice where one has been made."""
        first = next((c for c in self.choices if isinstance(c, Choice)), None)
        chosen = [i for i in self.values[first.key] if i not in _UNNAMED] if first else []
        if first is None or not chosen:
            return self.page.title
        named = danish.listing([first.options[i] for i in chosen])
        return f"{self.page.title}{'' if self.page.title.endswith('?') else ':'} {named}"

    @property
    def finding(self) -> str:
        """The page's headline as plain text."""
        return plain(self.release, self.headline)

    @property
    def headline(self) -> str:
        """The page's headline as a story id or template."""
        return self.topic.headline(self.release, self.values)

    def pictures(self) -> list[Picture]:
        """The charts of the page."""
        return self.topic.pictures(self.release, self.values)

    def picture(self, key: str) -> Picture | None:
        """The chart with a key, or None."""
        return next((p for p in self.pictures() if p.key == key), None) if key else None

    def named_figures(self) -> list[Figure]:
        """The figures that the headline says."""
        story = self.release.story.get(self.headline, self.headline)
        return [
            self.release.figure(p.figure) for p in template.parse(story) if not isinstance(p, str)
        ]

    def parameters(self, *, pinned: bool) -> dict[str, str]:
        """The address's parameters. A number that has not been chosen has nothing to say and is left out."""
        written = link.write(self.values, self.choices, full=True)
        asked = {c.key for c in self.choices if isinstance(c, Choice)}
        result = {key: value for key, value in written.items() if value or key in asked}
        if not pinned:
            return result
        for choice in self.choices:
            if (
                isinstance(choice, Choice)
                and _is_every(choice, self.values[choice.key])
                and choice.key in result
            ):
                result[choice.key] = link.EVERY
        return result | {link.RELEASE: releases.short(self.release.id)}

    def address(self, *, pinned: bool, figure: str = "") -> str:
        """`/udforsk?i=…&d=…#figure`: the part of a link after the host."""
        anchor = f"#{figure}" if figure else ""
        return link.address(self.page.path, self.parameters(pinned=pinned)) + anchor


def _is_every(choice: Choice, chosen: tuple[str, ...]) -> bool:
    every = tuple(choice.options)
    written = link.SEPARATOR.join(every)
    return (
        choice.many
        and chosen == every
        and len(every) <= choice.most
        and len(written) > len(link.EVERY)
    )


def slug(page: Page) -> str:
    """The page's name in addresses of files: its path, `kort-fortalt` for the front page."""
    return page.path or FRONT_SLUG


def by_slug(name: str) -> Page | None:
    """The page with a slug, or None."""
    return next((page for page in PAGES if slug(page) == name), None)


def view(page: Page, params: Parameters) -> View:
    """What a page shows at an address; what is not valid there is as the page itself would show it.

    Raises ReleaseError if the data cannot be read.
    """
    pinned = next(iter(params.get(link.RELEASE, ())), "")
    release = releases.opened(pinned)[0] if pinned else read.current()
    own = topic(page.path)
    choices = own.choices(release, params)
    values, _ = link.read(params, choices)
    return View(page, release, choices, values, own)


@dataclass(frozen=True, slots=True)
class Form:
    """One of the two ways of sharing: its link and what is made of it."""

    key: str
    name: str
    meaning: str
    address: str
    subject: str
    body: str
    embed: str
    """HTML to paste into another site; empty when no figure is shared."""

    def qr(self, scale: int = 0) -> str:
        """The link as a QR code; see `qr_of`."""
        return qr_of(self.address, scale)


def qr_of(address: str, scale: int = 0) -> str:
    """An address as a QR code: SVG, black on white, four modules quiet zone.

    A module is `scale` px; without a scale the SVG fills the place it is given.
    """
    out = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(out, kind="svg", scale=scale or 1, omitsize=not scale, border=4, dark="black", light="white",
              xmldecl=False, nl=False, title="QR-kode med linket")  # fmt: skip
    return out.getvalue().decode()


@dataclass(frozen=True, slots=True)
class Share:
    """All there is to share of a view or of one of its figures."""

    title: str
    finding: str
    figure: str
    """Key of the figure shared, empty for the whole page."""
    pinned: Form
    newest: Form


def share(origin: str, page: Page, params: Parameters, figure: str = "") -> Share:
    """What to share of a page at an address of `origin` (`https://host`), or of one of its figures.

    A figure that is not there gives the whole page. Raises ReleaseError if the data cannot be read.
    """
    seen = view(page, params)
    newest = view(page, {key: given for key, given in params.items() if key != link.RELEASE})
    own = seen.picture(figure)
    key = own.key if own else ""
    day = danish.long_day(seen.release.published)
    pinned_form = _form(
        origin, seen, key, "fast", "Præcis disse tal",
        f"Linket viser udgaven fra {day}, også når der er kommet nye tal.",
    )  # fmt: skip
    newest_form = _form(
        origin, newest, key, "nyeste", "Følg nyeste",
        "Linket viser det samme valg med de tal, der er nyeste, når det åbnes.",
    )  # fmt: skip
    finding = plain(seen.release, own.finding) if own else seen.finding
    return Share(seen.title, finding, key, pinned_form, newest_form)


def _form(origin: str, own: View, figure: str, key: str, name: str, meaning: str) -> Form:
    pictures = own.pictures() if figure else []
    picture = next((p for p in pictures if p.key == figure), None)
    pinned = key == "fast"
    # A page with one chart needs no anchor: the chart is what it shows.
    address = origin + own.address(
        pinned=pinned, figure=figure if picture and len(pictures) > 1 else ""
    )
    finding = plain(own.release, picture.finding) if picture else own.finding
    figures = picture.figures if picture else own.named_figures()
    day = danish.long_day(own.release.published)
    dated = f"Tallene er fra udgaven af {day}, og linket viser netop dem:" if pinned else (
        f"Teksten er fra udgaven af {day}; linket viser de nyeste tal, når det åbnes:")  # fmt: skip
    body = "\n\n".join(filter(None, [_ended(finding), f"{dated}\n{address}", sources(figures)]))
    embed = embed_code(origin, own, picture, finding, pinned=pinned) if picture else ""
    return Form(key, name, meaning, address, f"{own.title} (Indblik)", body, embed)


def embed_code(origin: str, own: View, picture: Picture, finding: str, *, pinned: bool) -> str:
    """An iframe with one figure."""
    source = f"{origin}/indlejr/{slug(own.page)}/{picture.key}"
    query = link.address("", own.parameters(pinned=pinned))[1:]
    height = (
        picture.spec["height"]
        + _AROUND
        + _PER_NOTE * len(picture.notes)
        + _PER_EVENT * len(picture.events)
    )
    return (
        f'<iframe src="{escape(source + query)}" title="{escape(finding)}" width="100%" height="{height}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def sources(figures: Sequence[Figure]) -> str:
    """`Kilde: A, B, C og 2 andre.` Empty without figures."""
    named = list(dict.fromkeys(parts.short_source(f.source) for f in figures))
    if not named:
        return ""
    more = len(named) - _MOST_SOURCES
    tail = f"; og {more} {'anden' if more == 1 else 'andre'}" if more > 0 else ""
    return f"Kilde: {'; '.join(named[:_MOST_SOURCES])}{tail}."


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
