"""Damaged links: put right where there is one way to read them, left alone everywhere else."""

from urllib.parse import parse_qsl, quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import link, mangled, read
from dashboard.link import Choice, Number
from dashboard.mangled import Address
from dashboard.server import arrivals
from dashboard.server.pages import canonical
from dashboard.sitemap import PAGES
from dashboard.topics import topic
from tests.unit.test_address import HOSTILE

HOST = "indblik.example.dk"
WHOLE = "i=nettoledige-kontanthjaelp&o=101.000&fra=2017K4&til=2022K4&vis=indeks&d=75dfaa6b"
LINK = f"https://{HOST}/udforsk?{WHOLE}"


def led(path: str, query: str = "") -> str | None:
    """Where the server sends a visitor of an address."""
    return arrivals.target(path, query, HOST, canonical(path))


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/udforsk", quote(WHOLE, safe="")),
        ("/udforsk", quote(quote(WHOLE, safe=""), safe="")),
        ("/udforsk", quote(WHOLE, safe="=&").replace(".", "%252E")),
        ("/udforsk", WHOLE.replace(".", "%25252E")),
        ("/udforsk", WHOLE.replace("&", "&amp;")),
        ("/udforsk", WHOLE.replace("&", "&amp;amp;")),
        ("/udforsk", WHOLE.replace("&", "%26amp%3B")),
        ("/udforsk", WHOLE.replace("=", "=3D")),
        ("/udforsk", WHOLE.replace("-", "-%0D%0A", 1)),
        ("/udforsk", WHOLE.replace("-", "-=%0A", 1)),
        ("/udforsk", WHOLE.replace("kontant", "kon%E2%80%8Btant")),
        ("/udforsk", WHOLE.replace("kontant", "%EF%BB%BFkon%C2%ADtant")),
        ("/udforsk", WHOLE.replace("-", "-+", 1)),
        ("/udforsk", WHOLE.replace("-", "%20-", 1)),
        ("/udforsk", "%20" + WHOLE + "%20%0A"),
        ("/udforsk?" + WHOLE, ""),
        ("/udforsk&" + WHOLE, ""),
        ("/udforsk%3F" + quote(WHOLE), ""),
        ("/udforsk?" + WHOLE.split("&")[0], WHOLE.split("&", 1)[1]),
        ("/udforsk", "?" + WHOLE),
        ("/" + LINK, ""),
        ("/" + LINK.replace("//", "/"), ""),
        ("/" + quote(LINK, safe=""), ""),
        ("/", f"url={quote(LINK, safe='')}&data=05%7C02%7Cx%40y.dk%7C&sdata=a%2Bb%3D&reserved=0"),
        ("/safelinks", f"url={quote(quote(LINK, safe=''), safe='')}&locale=da-dk"),
        ("/", f"url={LINK}&data=05%7C01&sdata=x&reserved=0"),
        ("/dl/launcher/launcher.html", f"url={quote(LINK, safe='')}&type=meetup"),
    ],
    ids=range(27),
)
def test_a_damaged_link_leads_to_the_whole_one(path: str, query: str) -> None:
    assert led(path, query) == f"/udforsk?{WHOLE}"


@pytest.mark.parametrize(
    "tail",
    [
        ".",
        ",",
        ">",
        ")",
        "]",
        "}",
        '"',
        "'",
        "»",
        "”",
        "’",
        ").",
        ">.",
        "*",
        "**",
        "_",
        ";",
        "!",
        "?",
        "=",
        "%3E",
        "%22",
    ],
)
def test_what_a_sentence_leaves_at_the_end_is_taken_off(tail: str) -> None:
    sent = tail if tail.startswith("%") else quote(tail)
    assert led("/udforsk", WHOLE + sent) == f"/udforsk?{WHOLE}"
    assert led("/hvad-nu-hvis", "k=0.5" + sent) == "/hvad-nu-hvis?k=0.5"
    if tail not in ("?", "%3E", "%22"):
        assert led("/udforsk" + tail) == "/udforsk"
        assert led("/tal/folketal-101" + tail) == "/tal/folketal-101"


@pytest.mark.parametrize("path", ["/)", "/>", "/).", "/»", '/"'])
def test_the_front_page_at_the_end_of_a_sentence(path: str) -> None:
    assert led(path) == "/"


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("/spørgsmål", "/spoergsmaal"),
        ("/spørgsma\u030al", "/spoergsmaal"),
        ("/SPØRGSMÅL/", "/spoergsmaal"),
        ("/flere- skal-med", "/flere-skal-med"),
        ("/flere-\u200bskal-med", "/flere-skal-med"),
        ("/fleksjob ", "/fleksjob"),
        ("/tilgængelighed", "/was"),
    ],
)
def test_danish_letters_and_breaks_in_a_path(path: str, leads: str) -> None:
    assert led(path) == leads


def test_an_id_with_danish_letters_is_the_one_without() -> None:
    assert (
        led("/udforsk", f"i=nettoledige-{quote('kontanthjælp')}")
        == "/udforsk?i=nettoledige-kontanthjaelp"
    )
    assert led("/udforsk", "o=a%CC%8Abc") == led("/udforsk", "o=%C3%A5bc") == "/udforsk?o=aabc"


def test_a_link_cut_at_an_ampersand_opens_with_defaults() -> None:
    assert led("/udforsk", WHOLE.split("&")[0]) is None
    assert led("/udforsk", "i=folketal&o") == "/udforsk?i=folketal"
    assert led("/udforsk", "i=folketal&fr") == "/udforsk?i=folketal"
    assert led("/udforsk", "i=folketal&o=") is None, "no area at all is a choice of its own"


def test_an_encoded_anchor_is_an_anchor_again() -> None:
    assert led("/fleksjob", "d=75dfaa6b%23timer") == "/fleksjob?d=75dfaa6b#timer"
    assert led("/fleksjob", "d=75dfaa6b%23%3Cscript%3E") == "/fleksjob?d=75dfaa6b"


@pytest.mark.parametrize(
    "query",
    [
        "k=1+4",
        "k=1%204",
        "n=%EF%BC%95%EF%BC%90%EF%BC%90",
        "n=%D9%A4",
        "i=%3Cscript%3E",
        "i=%00",
        "i=%ff%fe",
        "i=.",
        "i=..",
        "i=)",
        "d=../../etc",
        "d=%2e%2e%2f",
        "i=%E2%80%AEegnu",
        "__proto__=1",
        "constructor",
        "I=x",
        "a+b=c",
        "utm_source=Nyt+fra+os.&i=folketal",
        "i=a&i=b",
        "=x",
        "&&",
        "i=" + "x" * 9000,
        "&".join(["i=a."] * 200),
    ],
    ids=range(23),
)
def test_what_is_not_certain_is_left_for_the_page_to_name(query: str) -> None:
    assert led("/udforsk", query) is None


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", "url=https%3A%2F%2Fevil.example%2Fudforsk"),
        ("/https://evil.example/udforsk", ""),
        ("//evil.example/udforsk", ""),
        ("/", f"url=https%3A%2F%2F{HOST}.evil.example%2Fudforsk"),
        ("/", f"url=https%3A%2F%2Fevil.example%40{HOST}%2Fudforsk"),
        ("/", f"url=javascript%3A%2F%2F{HOST}%2Fudforsk"),
        ("/findes-ikke.", ""),
        ("/..", ""),
        ("/../udforsk/..", ""),
        ("/%2e%2e", ""),
    ],
)
def test_nothing_leads_off_the_site_or_to_something_not_meant(path: str, query: str) -> None:
    assert led(path, query) is None


def test_without_a_host_nothing_is_unwrapped() -> None:
    assert mangled.repair("/", f"url={quote(LINK, safe='')}") == Address(
        "/", f"url={quote(LINK, safe='')}"
    )


def test_every_full_link_of_every_page_is_left_as_it_is() -> None:
    """What `link.write` makes needs no repair, whatever is chosen."""
    release = read.current()
    for page in PAGES:
        for choice in topic(page.path).choices(release, {}):
            options = (
                choice.options
                if isinstance(choice, Choice)
                else [choice.text(choice.low), choice.text(choice.high)]
            )
            for one in options:
                written = link.address(page.path, {choice.key: one})
                path, _, query = written.partition("?")
                assert led(path, query) is None, written
            if isinstance(choice, Choice) and choice.many:
                path, _, query = link.address(
                    page.path, link.write({choice.key: tuple(options)}, [choice], full=True)
                ).partition("?")
                assert led(path, query) is None


TEXT = (
    st.text(max_size=40)
    | st.sampled_from(HOSTILE)
    | st.sampled_from([*mangled._AFTER, "%25", "&amp;", "=3D", "%26", "?", "#"])
)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6), TEXT)
def test_any_address_is_put_right_at_most_once(pairs: list[tuple[str, str]], tail: str) -> None:
    query = "&".join(
        f"{quote(k, errors='replace')}={quote(v, errors='replace')}" for k, v in pairs
    ) + quote(tail, errors="replace")
    for path in ("/udforsk", "/" + tail):
        first = led(path, query)
        if first is None:
            continue
        assert first.startswith("/")
        assert not first.startswith("//")
        again, _, rest = first.partition("#")[0].partition("?")
        assert led(again, rest) is None, (path, query, first)


@given(
    st.lists(st.sampled_from(["encode", "amp", "tail", "break", "space", "three"]), max_size=4),
    st.dictionaries(
        st.sampled_from(["i", "o", "fra", "til", "vis", "d"]),
        st.sampled_from(["a", "a-b.c", "101.000", "2017K4", "0.5", "2017-12"]),
        min_size=1,
    ),
)
def test_damage_upon_damage_is_undone(damage: list[str], params: dict[str, str]) -> None:
    query = whole = urlencode(params)
    for kind in damage:
        if kind == "encode":
            query = quote(query, safe="")
        elif kind == "amp":
            query = query.replace("&", "&amp;")
        elif kind == "tail":
            query += ")."
        elif kind == "break":
            query = "%0A" + query + "%0D%0A"
        elif kind == "space":
            query += "%20"
        elif "=3D" not in query and "%" not in query:
            query = query.replace("=", "=3D")
    found = led("/udforsk", query)
    assert found == f"/udforsk?{whole}" or (
        found is None and parse_qsl(query) == parse_qsl(whole)
    ), query


def test_numbers_of_the_address_survive() -> None:
    number = Number("k", "Tal", -5, 5, 0.5, 0)
    for value in ("-4.5", "0.5", "−2", "3"):
        assert led("/hvad-nu-hvis", f"k={quote(value)}") is None
        assert not link.read({"k": [value]}, [number])[1]
