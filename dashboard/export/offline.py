"""A meeting as one HTML page that needs nothing but itself: charts as SVG, tables, sources. Pure."""

import base64
import re
from html import escape

from contract import danish
from dashboard import theme
from dashboard.export import drawing
from dashboard.export.handout import Handout, Part
from dashboard.export.markup import Table
from dashboard.export.meeting import Meeting
from dashboard.export.progress import Told, silent
from dashboard.paths import FONTS

_WIDTH, _PHONE = 900, 330
"""Width of the plot (px) on a wide screen, and of all of the drawing on a phone."""
_FACES = (("IBM Plex Sans", 400, "ibm-plex-sans-latin-400-normal"), ("IBM Plex Sans", 600, "ibm-plex-sans-latin-600-normal"),
          ("Source Serif", 600, "source-serif-4-latin-wght-normal"))  # fmt: skip
_STYLE = """
:root{--ink:%(ink)s;--muted:%(muted)s;--rule:%(rule)s;--paper:%(paper)s;--surface:%(surface)s;--accent:%(accent)s;--ochre:%(ochre)s}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 'IBM Plex Sans',Arial,sans-serif}
header,main{max-width:1040px;margin:0 auto;padding:32px 24px}h1,h2{font-family:'Source Serif',Georgia,serif;font-weight:600;line-height:1.2;margin:0 0 8px}
h1{font-size:34px}h2{font-size:26px}h3{font-size:18px;line-height:1.35;margin:32px 0 4px}a{color:var(--accent)}
section{border-top:1px solid var(--rule);padding:40px 0}p{margin:4px 0}.blid{color:var(--muted);font-size:14px}
figure{margin:16px 0}figure svg{max-width:100%%;height:auto}details{margin:8px 0}summary{cursor:pointer;min-height:24px}
table{border-collapse:collapse;font-size:14px;margin:8px 0;width:100%%}caption{text-align:left;font-weight:600;padding:4px 0}
th,td{text-align:left;border-bottom:1px solid var(--rule);padding:6px 8px 6px 0;vertical-align:top}.t{text-align:right}
.store{display:flex;flex-wrap:wrap;gap:16px 48px;margin:24px 0}.store b{display:block;font:600 32px/1.2 'Source Serif',Georgia,serif}
.store div{flex:1 1 220px}.forbehold{font-weight:600}.mangler{border-left:4px solid var(--ochre);padding-left:16px}.smal{display:none}
header li{margin:4px 0}.rul{overflow-x:auto}.qr{float:right;width:120px;margin:0 0 8px 24px}.qr svg{width:100%%;height:auto;display:block}
@media (max-width:640px){header,main{padding:24px 16px}h1{font-size:28px}h2{font-size:22px}.bred{display:none}.smal{display:block}
.qr{width:88px;margin-left:16px}.blid a{overflow-wrap:anywhere}.rul table{min-width:560px}}
@media print{section{break-before:page}details>*{display:block}}
"""


def page(meeting: Meeting, told: Told = silent) -> str:
    """The page. A view or chart that cannot be shown raises. `told` is called for each view."""
    colours = {
        name: theme.TOKENS[name][0]
        for name in ("ink", "muted", "rule", "paper", "surface", "accent", "ochre")
    }
    listed = "".join(
        f'<li><a href="#v{i}">{escape(own.message)}</a></li>'
        for i, own in enumerate(meeting.views, start=1)
    )
    body = "".join(
        _section(i, len(meeting.views), own, told) for i, own in enumerate(meeting.views, start=1)
    )
    title = escape(meeting.title)
    whole = (
        f'<p class="blid">Køreplanen i Indblik: {_linked(meeting.link)}</p>' if meeting.link else ""
    )
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title} · Indblik</title>\n<style>{_faces()}{_STYLE % colours}</style>\n</head>\n<body>\n"
        f'<header><h1>{title}</h1><p class="blid">Indblik, udgave af {escape(meeting.day)}. Siden virker uden net.</p>'
        f"{whole}{_missing(meeting)}<ol>{listed}</ol></header>\n"
        f"<main>{body}{_unknown(meeting)}</main>\n</body>\n</html>\n"
    )


def _missing(meeting: Meeting) -> str:
    if not meeting.missing:
        return ""
    items = "".join(f"<li>{escape(one)}</li>" for one in meeting.missing)
    return f'<div class="mangler"><p><b>Det er ikke med:</b></p><ul>{items}</ul></div>'


def _unknown(meeting: Meeting) -> str:
    """What the pages do not know, once for each of them."""
    blocks = "".join(
        f"<h3>{escape(own.title)}</h3><ul>"
        + "".join(f"<li>{escape(u.what)}: {escape(u.said)}</li>" for u in own.unknown)
        + "</ul>"
        for own in meeting.pages
        if own.unknown
    )
    return f"<section><h2>Hvad vi ikke ved</h2>{blocks}</section>" if blocks else ""


def _linked(address: str) -> str:
    """An address as a link, where its host is known."""
    shown = escape(address)
    return f'<a href="{shown}">{shown}</a>' if address.startswith("http") else shown


def _section(number: int, total: int, own: Handout, told: Told) -> str:
    told(own.message)
    qr = (
        f'<div class="qr" role="img" aria-label="QR-kode med linket">{own.qr_svg().decode()}</div>'
        if own.origin
        else ""
    )
    talk = (
        f"<details><summary>Talepunkt</summary><p>{escape(own.talk)}</p></details>"
        if own.talk
        else ""
    )
    said = (
        ""
        if own.parts
        else _figures(own)
        + "".join(
            f'<p class="blid">{escape(note)}</p>' for note in own.remarks() if note != own.caveat
        )
    )
    caveat = f'<p class="forbehold">{escape(own.caveat)}</p>' if own.caveat else ""
    return (
        f'<section id="v{number}">{qr}<p class="blid">{number} af {total} · {escape(own.title)}</p><h2>{escape(own.message)}</h2>'
        f"{caveat}{talk}{said}"
        + "".join(_part(f"v{number}-{i}", own, part) for i, part in enumerate(own.parts))
        + f'<p class="blid">{escape(own.dated)}<br>{_linked(own.link())}</p></section>'
    )


def _part(prefix: str, own: Handout, part: Part) -> str:
    wide = drawing.drawing(part.spec, _WIDTH)
    narrow = drawing.fitted(part.spec, _PHONE, phone=True)
    svg = _svg(f"{prefix}-b", "bred", wide) + _svg(f"{prefix}-s", "smal", narrow)
    heading = "" if own.one else f"<h3>{escape(part.title)}</h3>"
    notes = [note for note in own.remarks(part) if note != own.caveat]
    lines = "".join(
        f'<p class="blid">{escape(text)}</p>'
        for text in (*notes, *(f"{i}. {e}" for i, e in enumerate(part.events, 1)))
    )
    return (
        f'{heading}<p class="blid">{escape(part.sub)}</p><figure role="img" aria-label="{escape(part.alt)}">'
        f'{svg}</figure>{lines}<p class="blid">{escape(part.source)}</p>'
        f"<details><summary>Tabel</summary>{_table(part.table)}</details>"
    )  # fmt: skip


def _svg(prefix: str, css: str, svg: str) -> str:
    """A drawing in its colours; names inside several drawings must not meet: all are in one document."""
    own = theme.literal(svg).replace("<svg ", f'<svg class="{css}" aria-hidden="true" ', 1)
    return re.sub(r'(id="|url\(#|href="#)([\w-]+)', rf"\g<1>{prefix}-\2", own)


def _figures(own: Handout) -> str:
    large = "".join(
        f"<div><b>{escape(f.with_unit)}</b><p>{escape(f.indicator.title)}</p>"
        f'<p class="blid">{escape(f.area_name)} · {escape(f.period_text)}</p></div>'
        for f in own.large
    )
    return (f'<div class="store">{large}</div>' if large else "") + _figure_table(own)


def _figure_table(own: Handout) -> str:
    rows = [
        [
            f.indicator.title,
            f.with_unit,
            danish.period(f.period),
            f.area_name,
            f"{f.source.publisher}: {f.source.title}",
        ]
        for f in own.figures
    ]
    return (
        _table(
            Table(
                "Tallene" if own.large else "Tallene i overskriften",
                ["Tal", "Værdi", "Periode", "Område", "Kilde"],
                rows,
            )
        )
        if rows
        else ""
    )


def _table(own: Table) -> str:
    def css(index: int) -> str:
        return ' class="t"' if index in own.numeric else ""

    head = "".join(f'<th scope="col"{css(i)}>{escape(c)}</th>' for i, c in enumerate(own.columns))
    body = "".join(
        "<tr>" + "".join(
            f'<th scope="row">{escape(c)}</th>' if i == 0 else f"<td{css(i)}>{escape(c)}</td>" for i, c in enumerate(row)
        ) + "</tr>"
        for row in own.rows
    )  # fmt: skip
    named = escape(own.caption)
    return (
        f'<div class="rul" role="region" tabindex="0" aria-label="{named}"><table><caption>{named}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{base64.b64encode((FONTS / f'{name}.woff2').read_bytes()).decode()})}}"
        for family, weight, name in _FACES
    )
