"""The bar at the top of every page: skip link, name, menu. The same HTML from the first byte."""

from html import escape
from urllib.parse import urlencode

from dashboard import closed
from dashboard.sitemap import FOOTER, GROUPS, Page, in_group

_CHEVRON = (
    '<svg class="vinkel" aria-hidden="true" viewBox="0 0 12 8" width="12" height="8">'
    '<path d="M1.5 1.5 6 6l4.5-4.5" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>'
)


_PRESENT = '<a class="fremlaeg-knap" href="/fremlaeg">Fremlæg</a>'


def bar(current: Page | None, *, skip_to: str) -> str:
    """Skip link and bar; `current` is marked in the menu, `skip_to` is the id the skip link goes to."""
    groups = "".join(_group(name, in_group(name), current) for name in GROUPS if in_group(name))
    here = ' aria-current="page"' if current is not None and not current.path else ""
    return (
        f'<a class="spring-til" href="#{skip_to}">Gå til indhold</a>\n'
        '<header class="bjaelke" id="bjaelke"><div class="bjaelke-indre">\n'
        f'<a class="navn" href="/"{here}><strong>Indblik</strong> <span>Udsatteområdet 2017–2022</span></a>\n'
        '<button type="button" class="menu-knap" aria-expanded="false" aria-controls="menu">Menu</button>\n'
        f'<nav class="menu" id="menu" aria-label="Hovedmenu"><ul class="menu-grupper">{groups}\n</ul></nav>\n'
        # The place of «Del» and «Fremlæg».
        f'<div class="bjaelke-valg" id="bjaelke-valg">{_share(current)}</div>\n'
        "</div></header>"
    )


def name_only() -> str:
    """The bar with nothing but the name."""
    return (
        '<header class="bjaelke"><div class="bjaelke-indre">'
        '<a class="navn" href="/"><strong>Indblik</strong></a></div></header>'
    )


def _share(current: Page | None) -> str:
    """The link to `/del` (`del.js` puts in the whole address and opens the dialog), and to Fremlæg."""
    if current is None:
        return _PRESENT
    add = f'<a class="koereplan-knap" href="/fremlaeg?{urlencode({"k": current.path or "kort-fortalt"})}">Læg i køreplan</a>'
    return f'{add}{_PRESENT}<a class="del-knap" href="/del?{urlencode({"til": f"/{current.path}"})}">Del</a>'


def _group(name: str, pages: tuple[Page, ...], current: Page | None) -> str:
    identifier = f"menu-{GROUPS.index(name)}"
    chosen = " aktuel" if current in pages else ""
    links = "".join(f"\n<li>{link(page, current)}</li>" for page in pages)
    return (
        f'\n<li class="menu-gruppe{chosen}"><button type="button" class="gruppe-knap" '
        f'aria-expanded="false" aria-controls="{identifier}">{escape(name)}{_CHEVRON}</button>'
        f'<ul class="gruppe-sider" id="{identifier}">{links}</ul></li>'
    )


def link(page: Page, current: Page | None = None) -> str:
    """A link to a page, marked when it is the current one."""
    here = ' aria-current="page"' if page == current else ""
    return f'<a href="/{page.path}"{here}>{escape(page.title)}</a>'


def footer_links() -> str:
    """The pages of the footer as list items, and the way out."""
    return "".join(f"<li>{link(page)}</li>" for page in in_group(FOOTER)) + closed.way_out()
