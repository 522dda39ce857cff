"""The views as one HTML page that needs nothing but itself: charts as SVG, tables, sources. Pure."""

import base64
import re
from collections.abc import Sequence
from html import escape

from contract import danish
from dashboard import theme
from dashboard.export import drawing
from dashboard.export.handout import Handout, Part
from dashboard.export.markup import Table
from dashboard.paths import FONTS

_WIDTH = 900
_FACES = (("IBM Plex Sans", 400, "ibm-plex-sans-latin-400-normal"), ("IBM Plex Sans", 600, "ibm-plex-sans-latin-600-normal"),
          ("Source Serif", 600, "source-serif-4-latin-wght-normal"))  # fmt: skip
_STYLE = """
:root{--ink:%(ink)s;--muted:%(muted)s;--rule:%(rule)s;--paper:%(paper)s;--surface:%(surface)s;--accent:%(accent)s}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 'IBM Plex Sans',Arial,sans-serif}
header,main{max-width:1040px;margin:0 auto;padding:32px 24px}h1,h2{font-family:'Source Serif',Georgia,serif;font-weight:600;line-height:1.2;margin:0 0 8px}
h1{font-size:34px}h2{font-size:26px}h3{font-size:18px;line-height:1.35;margin:32px 0 4px}a{color:var(--accent)}
section{border-top:1px solid var(--rule);padding:40px 0}p{margin:4px 0}.blid{color:var(--muted);font-size:14px}
figure{margin:16px 0}figure svg{max-width:100%%;height:auto}details{margin:8px 0}summary{cursor:pointer;min-height:24px}
table{border-collapse:collapse;font-size:14px;margin:8px 0;width:100%%}caption{text-align:left;font-weight:600;padding:4px 0}
th,td{text-align:left;border-bottom:1px solid var(--rule);padding:6px 8px 6px 0;vertical-align:top}.t{text-align:right}
.rul{overflow-x:auto}.qr{float:right;width:120px;margin:0 0 8px 24px}.qr svg{width:100%%;height:auto;display:block}
@media print{section{break-before:page}details>*{display:block}}
"""


def page(views: Sequence[Handout], day: str) -> str:
    """The page; `day` is the release's day in words. A view or chart that cannot be shown raises."""
    colours = {
        name: theme.TOKENS[name][0]
        for name in ("ink", "muted", "rule", "paper", "surface", "accent")
    }
    listed = "".join(
        f'<li><a href="#v{i}">{escape(own.finding)}</a></li>'
        for i, own in enumerate(views, start=1)
    )
    body = "".join(_section(i, own) for i, own in enumerate(views, start=1))
    return (
        '<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Mødemappe · Indblik</title>\n<style>{_faces()}{_STYLE % colours}</style>\n</head>\n<body>\n"
        f'<header><h1>Mødemappe</h1><p class="blid">Indblik, udgave af {escape(day)}. Siden virker uden net.</p><ol>{listed}</ol></header>\n'
        f"<main>{body}</main>\n</body>\n</html>\n"
    )


def _section(number: int, own: Handout) -> str:
    qr = (
        f'<div class="qr" role="img" aria-label="QR-kode med linket">{own.qr_svg().decode()}</div>'
        if own.origin
        else ""
    )
    link = (
        f'<a href="{escape(own.link())}">{escape(own.link())}</a>'
        if own.origin
        else escape(own.link())
    )
    unknown = "".join(f"<li>{escape(u.what)}: {escape(u.said)}</li>" for u in own.unknown)
    said = "" if own.parts else _figures(own)
    return (
        f'<section id="v{number}">{qr}<p class="blid">{escape(own.title)}</p><h2>{escape(own.finding)}</h2>'
        f'<p class="blid">{escape(own.dated)}<br>{link}</p>{said}'
        + "".join(_part(f"v{number}-{i}", own, part) for i, part in enumerate(own.parts))
        + (f"<h3>Hvad vi ikke ved</h3><ul>{unknown}</ul>" if unknown else "")
        + "</section>"
    )


def _part(prefix: str, own: Handout, part: Part) -> str:
    svg = theme.literal(drawing.drawing(part.spec, _WIDTH))
    # names inside several drawings must not meet: all are in one document
    svg = svg.replace("<svg ", '<svg aria-hidden="true" ', 1)
    svg = re.sub(r'(id="|url\(#|href="#)([\w-]+)', rf"\g<1>{prefix}-\2", svg)
    heading = "" if own.one else f"<h3>{escape(part.title)}</h3>"
    lines = "".join(
        f'<p class="blid">{escape(text)}</p>'
        for text in (*part.notes, *(f"{i}. {e}" for i, e in enumerate(part.events, 1)))
    )
    return (
        f'{heading}<p class="blid">{escape(part.sub)}</p><figure role="img" aria-label="{escape(part.alt)}">'
        f'{svg}</figure>{lines}<p class="blid">{escape(part.source)}</p>'
        f"<details><summary>Tabel</summary>{_table(part.table)}</details>"
    )  # fmt: skip


def _figures(own: Handout) -> str:
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
            Table("Tallene i overskriften", ["Tal", "Værdi", "Periode", "Område", "Kilde"], rows)
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
    return f'<div class="rul"><table><caption>{escape(own.caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:'{family}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{base64.b64encode((FONTS / f'{name}.woff2').read_bytes()).decode()})}}"
        for family, weight, name in _FACES
    )
