"""Every way a service can fail to answer: a clear Danish message each, and nothing written. All values are made up."""

import dataclasses
import gzip
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.fetch import service
from etl.fetch.refused import FetchError, KeyMissing, ServiceDown
from tests.data.fetching import Keeper, refused, well
from tests.data.jobindsats_service import KEY, Jobindsats
from tests.data.loopback import Loopback, Reply, Request, loopback
from tests.data.statbank_service import Statbank

Fault = Callable[[Request, Reply], Reply]
CPR_LIKE = "010203-1234"
LOGIN = b"<!DOCTYPE html>\n<html><title>Log ind</title><form></form></html>"
ENGLISH = re.compile(
    r"\b(error|failed|exception|traceback|invalid|unexpected|none)\b", re.IGNORECASE
)


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(tmp_path / "data")


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with loopback(Statbank()) as running:
        monkeypatch.setenv("STATBANK_URL", running.url)
        yield running


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    with loopback(Jobindsats()) as running:
        monkeypatch.setenv("JOBINDSATS_URL", running.url)
        monkeypatch.setenv("JOBINDSATS_KEY", KEY)
        yield running


def _answer(
    status: int = 200, kind: str = "text/plain", body: bytes = b"", **headers: str
) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _, __: Reply(status, kind, body, named)


def _body(change: Callable[[bytes], bytes]) -> Fault:
    return lambda _, right: dataclasses.replace(right, body=change(right.body))


def _cut(right: Reply, **how: Any) -> Reply:
    return dataclasses.replace(right, cut=len(right.body) // 2, encoding="", **how)


def _packed(change: Callable[[bytes], bytes]) -> Fault:
    return lambda _, right: dataclasses.replace(
        right, body=change(gzip.compress(right.body)), encoding="gzip"
    )


def _refusal(code: str, message: str, status: int = 400) -> Fault:
    body = json.dumps({"errorTypeCode": code, "message": message}, ensure_ascii=False).encode()
    return _answer(
        status, "application/json; charset=utf-8", body, StatbankAPI_Request_Id="proeve-9"
    )


ANYWHERE: dict[str, tuple[Fault, type[FetchError], str]] = {
    "viderestilling": (
        _answer(302, body=b"", Location="https://et-andet-sted.example/login?key=1"),
        ServiceDown, r"viser videre til et-andet-sted\.example \(302\)",
    ),
    "permanent viderestilling": (_answer(308, Location="/v2/nyt"), ServiceDown, r"viser videre .* \(308\)"),
    "login-side med 200": (_answer(200, "text/html; charset=utf-8", LOGIN), ServiceDown, "webside"),
    "login-side, der kalder sig data": (_answer(200, "text/csv", b"\xef\xbb\xbf\n" + LOGIN), ServiceDown, "webside"),
    "adgang nægtet": (_answer(403, "text/plain", b"nej"), FetchError, r"afviser adgangen \(403\)"),
    "for mange": (_answer(429, Retry_After="0"), ServiceDown, r"for mange forespørgsler \(429\) \(forsøg: 4\)"),
    "for mange, vent længe": (_answer(429, Retry_After="3600"), ServiceDown, r"\(forsøg: 1\).*vente 3600 sekunder"),
    "for mange, vent til en dato": (
        _answer(429, Retry_After="Wed, 01 Jan 1902 00:00:00 GMT"), ServiceDown, "429",
    ),
    "fejl 500": (_answer(500, body=b"x"), ServiceDown, r"tjenesten har en fejl \(500\)"),
    "fejl 501": (_answer(501, body=b"x"), ServiceDown, r"har en fejl \(501\)"),
    "fejl 503": (_answer(503, "text/html", LOGIN), ServiceDown, r"tjenesten har en fejl \(503\)"),
    "halvt svar": (lambda _, right: _cut(right), ServiceDown, "afbrudt, før svaret var helt"),
    "halvt svar i stykker": (lambda _, right: _cut(right, chunked=True), ServiceDown, "afbrudt, før svaret var helt"),
    "halv gzip": (_packed(lambda body: body[: len(body) // 2]), ServiceDown, "kun kommet halvt"),
    "ødelagt gzip": (_packed(lambda body: body[:12] + b"\xff" * 40 + body[52:]), ServiceDown, "beskadiget"),
    "ukendt pakning": (
        lambda _, right: dataclasses.replace(right, encoding="deflate"), FetchError, "pakning, der ikke er bedt om",
    ),
    "CPR-nummer": (
        _body(lambda body: body + f"\n{CPR_LIKE}\n".encode()), FetchError, "ligner et CPR-nummer; det gemmes ikke",
    ),
    "tomt svar": (_answer(200, "application/json", b""), FetchError, r"tomt|ikke hel|har kolonnerne"),
    "nul-bytes": (_answer(200, "application/octet-stream", b"\x00" * 64), FetchError, r"JSON|ikke hel|har kolonnerne"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANYWHERE)
@pytest.mark.parametrize("at", ["tableinfo", "data"])
def test_statbank_fails_and_nothing_is_written(
    bank: Loopback, keeper: Keeper, name: str, at: str
) -> None:
    fault, kind, message = ANYWHERE[name]
    bank.faults = [None] if at == "data" else []
    bank.always = fault
    error = refused(keeper.statbank("KY04"))
    _is_clear(error, kind, message)
    assert len(keeper.kept()) == (2 if at == "data" else 0), "of a table, at most its description"
    assert not keeper.answers("statbank", "KY04")


@pytest.mark.parametrize("name", ANYWHERE)
def test_jobindsats_fails_and_nothing_is_written(jobs: Loopback, keeper: Keeper, name: str) -> None:
    fault, kind, message = ANYWHERE[name]
    jobs.faults = [None]
    jobs.always = fault
    error = refused(keeper.jobindsats("y09a02"))
    _is_clear(error, KeyMissing if "adgang" in name else kind, message)
    assert not keeper.answers("jobindsats", "y09a02")
    assert len(keeper.kept()) == 2


def _is_clear(error: FetchError, kind: type[FetchError], message: str) -> None:
    assert isinstance(error, kind), repr(error)
    text = str(error)
    assert re.search(message, text), text
    assert not ENGLISH.search(text), text
    assert KEY not in text
    assert "key=1" not in text


@pytest.mark.parametrize(
    "passing",
    [
        _answer(429, Retry_After="0"),
        _answer(503),
        _answer(500),
        lambda _, right: _cut(right),
        _answer(429),
    ],
    ids=["429 vent", "503", "500", "halvt", "429"],
)
def test_what_passes_is_asked_again_and_said(
    bank: Loopback, keeper: Keeper, passing: Fault
) -> None:
    bank.faults = [passing, None, passing, passing]
    well(keeper.statbank("KY04"))
    assert len(bank.requests) == 5
    assert sum("prøver igen" in line for line in keeper.said) == 3
    assert keeper.rows("KY04").height == 6 * 12


def test_retry_after_is_obeyed(bank: Loopback, keeper: Keeper) -> None:
    bank.faults = [_answer(429, Retry_After="1")]
    well(keeper.statbank("KY04", longest_wait=2.0))
    first, second = bank.requests[:2]
    assert second.at - first.at >= 1.0


@pytest.mark.parametrize("status", [400, 404, 405, 422])
def test_a_refusal_is_not_asked_again(bank: Loopback, keeper: Keeper, status: int) -> None:
    bank.always = _answer(status, "text/plain", b"nej")
    refused(keeper.statbank("KY04"))
    assert len(bank.requests) == 1


def test_nobody_answers(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    with loopback(Statbank()) as gone:
        monkeypatch.setenv("STATBANK_URL", gone.url)
    _is_clear(refused(keeper.statbank("KY04")), ServiceDown, "ingen forbindelse")
    assert keeper.kept() == []


def test_an_answer_that_never_comes(bank: Loopback, keeper: Keeper) -> None:
    never = threading.Event()
    bank.always = lambda _, right: dataclasses.replace(right, hold=never)
    error = refused(keeper.statbank("KY04", read_timeout=0.05, attempts=2))
    never.set()
    _is_clear(error, ServiceDown, "svaret kom ikke inden for tiden")


def test_an_answer_without_end(bank: Loopback, keeper: Keeper) -> None:
    bank.always = _answer(200, "text/csv", b"x" * 70_000)
    error = refused(keeper.statbank("KY04", largest=50_000))
    _is_clear(error, FetchError, "sender mere, end der kan tages imod")


def test_a_small_packet_that_unpacks_without_end(bank: Loopback, keeper: Keeper) -> None:
    bank.always = lambda _, right: dataclasses.replace(
        right, body=gzip.compress(b"0" * 3_000_000), encoding="gzip"
    )
    error = refused(keeper.statbank("KY04", largest=100_000))
    _is_clear(error, FetchError, "sender mere, end der kan tages imod")


@pytest.mark.parametrize(
    ("code", "message", "status"),
    [
        ("EXTRACT-NOTFOUND", "Tabellen blev ikke fundet", 400),
        ("EXTRACT-NOTFOUND", "Kan ikke finde værdien: INVALID999 (OMRÅDE)", 400),
        ("EXTRACT-NOTALLOWED", "Der skal vælges værdier for variabel: OMRÅDE", 400),
        ("EXTRACT-STREAMINGTIMESORT", "Der kan ikke vælges sortering af tid for streamede formater.", 400),
        ("REQUEST-MISSING", "Tabel ikke angivet", 400),
        ("REQUEST-EMPTY", "Forespørgslen er tom", 400),
        ("EN-KODE-INGEN-KENDER", "Noget nyt", 400),
        ("EXTRACT-NOTFOUND", "Noget nyt med 200", 200),
    ],
)  # fmt: skip
def test_statbanks_own_refusals_are_told(
    bank: Loopback, keeper: Keeper, code: str, message: str, status: int
) -> None:
    bank.faults = [None]
    bank.always = _refusal(code, message, status)
    text = str(refused(keeper.statbank("KY04")))
    assert code in text
    assert f"«{message}»" in text
    assert "proeve-9" in text, "the request's number, which StatBank asks for"
    assert not keeper.answers("statbank", "KY04")


@pytest.mark.parametrize("code", ["REQUEST-LIMIT", "EXTRACT-TOOBIG", "EN-KODE-INGEN-KENDER"])
def test_too_large_even_for_bulk(bank: Loopback, keeper: Keeper, code: str) -> None:
    bank.faults = [None]
    bank.always = _refusal(
        code, "Forespørgslen på op mod 9 celler er over begrænsningen på 8 celler"
    )
    assert code in str(refused(keeper.statbank("KY04")))
    assert json.loads(bank.requests[-1].body)["format"] == "BULK"


TABLEINFO: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "anden tabel": (lambda t: t.update(id="KY99"), "hører til KY99"),
    "afsluttet": (lambda t: t.update(active=False), "afsluttet"),
    "uden variable": (lambda t: t.pop("variables"), "ikke hel"),
    "ny variabel": (
        lambda t: t["variables"].insert(0, _variable("NY", {"1": "Ny"})), "variablen NY er ikke nævnt",
    ),
    "variabel væk": (lambda t: t["variables"].pop(1), "TAL findes ikke længere"),
    "kode væk": (lambda t: _values(t, "VISITATION").pop(2), r"koden 2 \(«Aktivitetsparat»\) findes ikke"),
    "anden tekst": (
        lambda t: _values(t, "VISITATION")[2].update(text="Jobparat"),
        "koden 2 hedder «Jobparat», ventet «Aktivitetsparat»",
    ),
    "andet mål": (lambda t: _values(t, "TAL")[0].update(text="Udbetalt beløb"), "koden 1 hedder «Udbetalt beløb»"),
    "område væk": (lambda t: _values(t, "OMRÅDE").pop(0), "området 000 findes ikke"),
    "område skiftet": (
        lambda t: next(v for v in _values(t, "OMRÅDE") if v["id"] == "751").update(text="Viborg"),
        "området 751 hedder «Viborg», ventet «Aarhus»",
    ),
    "anden frekvens": (lambda t: _values(t, "Tid")[0].update(id="1901K1"), "ikke af typen «måned»"),
    "ukendt periode": (lambda t: _values(t, "Tid")[0].update(id="1901U01"), "perioden «1901U01» kendes ikke"),
    "måned 13": (lambda t: _values(t, "Tid")[0].update(id="1901M13"), "kan ikke læses"),
    "ingen perioder": (lambda t: _values(t, "Tid").__setitem__(slice(None), [{"id": "1871M01", "text": "x"}]),
                       "ingen perioder fra 1901-01"),
    "to tidsvariable": (lambda t: t["variables"][0].update(time=True), "én tidsvariabel"),
    "kode to gange": (lambda t: _values(t, "TAL").append({"id": "1", "text": "Andet"}), "ikke hel"),
}  # fmt: skip


def _variable(code: str, values: dict[str, str]) -> dict[str, Any]:
    listed = [{"id": value, "text": text} for value, text in values.items()]
    return {"id": code, "text": code, "elimination": True, "time": False, "values": listed}


def _values(table: dict[str, Any], code: str) -> list[dict[str, str]]:
    return next(v for v in table["variables"] if v["id"] == code)["values"]


@pytest.mark.parametrize("name", TABLEINFO)
def test_a_table_that_is_not_what_we_think_stops_before_any_number(
    bank: Loopback, keeper: Keeper, name: str
) -> None:
    change, message = TABLEINFO[name]

    def changed(body: bytes) -> bytes:
        described = json.loads(body)
        change(described)
        return json.dumps(described, ensure_ascii=False).encode()

    bank.faults = [_body(changed)]
    error = refused(keeper.statbank("KY04"))
    _is_clear(error, FetchError, message)
    assert len(bank.requests) == 1
    assert keeper.kept() == []


def test_a_cut_description(bank: Loopback, keeper: Keeper) -> None:
    bank.faults = [_body(lambda body: body[:-40])]
    _is_clear(refused(keeper.statbank("KY04")), FetchError, "ikke hel")
    assert keeper.kept() == []


DATA: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "afbrudt midt i en række": (lambda b: b[:-4], "afbrudt"),
    "de sidste rækker mangler": (
        lambda b: b"\r\n".join(b.split(b"\r\n")[:-6]) + b"\r\n",
        r"67 af 72 rækker",
    ),
    "kun overskriften": (lambda b: b.split(b"\r\n")[0] + b"\r\n", "0 af 72 rækker"),
    "en række to gange": (lambda b: b + b.split(b"\r\n")[1] + b"\r\n", "står to gange"),
    "sidste års fil": (lambda b: b.replace(b"1901M", b"1900M"), "ikke er spurgt om"),
    "et område mere": (lambda b: b.replace(b"101;", b"153;"), "ikke er spurgt om"),
    "tal for kode": (lambda b: b.replace(b"000;", b"0;"), "ikke er spurgt om"),
    "anden kolonne": (lambda b: b.replace(b"INDHOLD", b"VALUE", 1), "ventet .*INDHOLD"),
    "en kolonne mangler": (lambda b: b.replace(b"VISITATION;", b"", 1), "kolonnerne"),
    "tekster for koder": (lambda b: b.replace(b"101;", "København;".encode()), "ikke er spurgt om"),
    "komma for semikolon": (lambda b: b.replace(b";", b","), "kolonnerne"),
    "ikke UTF-8": (
        lambda b: b.replace(b"\xef\xbb\xbf", b"").decode().encode("cp1252"),
        "ikke UTF-8",
    ),
    "UTF-16": (lambda b: b.decode("utf-8-sig").encode("utf-16"), "ikke UTF-8"),
    "en tom linje": (lambda b: b + b"\r\n", "ufuldstændig række"),
    "for mange felter": (lambda b: b.replace(b"101;", b"101;101;", 1), "ufuldstændig række"),
    "under fem": (lambda b: _last(b, b"<5"), "«<5» er hverken"),
    "negativt": (lambda b: _last(b, b"-5"), "«-5» er hverken"),
    "minus nul": (lambda b: _last(b, b"-0"), "«-0» er hverken"),
    "tusindpunktum": (lambda b: _last(b, b"1.234"), r"«1\.234» er hverken"),
    "to kommaer": (lambda b: _last(b, b"4,9,9"), "«4,9,9» er hverken"),
    "ikke et tal": (lambda b: _last(b, b"NaN"), "«NaN» er hverken"),
    "uendelig": (lambda b: _last(b, b"1e9"), "«1e9» er hverken"),
    "streg": (lambda b: _last(b, b"-"), "«-» er hverken"),
    "arabisk fire": (lambda b: _last(b, "٤".encode()), "er hverken"),
    "mellemrum": (lambda b: _last(b, b" 5"), "« 5» er hverken"),
    "større end landet": (lambda b: _last(b, b"900001"), "større end hele landet"),
    "JSON i stedet": (lambda _: b'{"dataset": {}}', "kolonnerne"),
}


def _last(body: bytes, value: bytes) -> bytes:
    rows = body.rstrip(b"\r\n").split(b"\r\n")
    return b"\r\n".join([*rows[:-1], rows[-1].rpartition(b";")[0] + b";" + value, b""])


@pytest.mark.parametrize("name", DATA)
def test_numbers_that_are_not_what_was_asked_for(bank: Loopback, keeper: Keeper, name: str) -> None:
    change, message = DATA[name]
    bank.faults = [None, _body(change)]
    error = refused(keeper.statbank("KY04"))
    _is_clear(error, FetchError, message)
    assert not keeper.answers("statbank", "KY04")


def test_a_decimal_comma_is_read(bank: Loopback, keeper: Keeper) -> None:
    bank.faults = [None, _body(lambda body: _last(body, b"12,5"))]
    well(keeper.statbank("KY04"))
    assert 12.5 in keeper.rows("KY04")["value"].to_list()


def test_one_table_refused_does_not_stop_the_next_but_a_dead_service_does(
    bank: Loopback, keeper: Keeper
) -> None:
    bank.faults = [_refusal("EXTRACT-NOTFOUND", "Tabellen blev ikke fundet")]
    first, second = keeper.statbank("KY04", "KY16")
    assert first.error is not None
    assert second.error is None
    assert second.fetched == 1
    bank.requests.clear()
    bank.always = _answer(503)
    assert len(keeper.statbank("FOLK1A", "AUK01")) == 1
    assert len(bank.requests) == 4


@pytest.mark.parametrize(
    "address",
    ["http://api.statbank.dk", "ftp://127.0.0.1", "https://", "api.statbank.dk", "http://127.0.0.1.nip.example",
     "https://bruger:kode@api.statbank.dk", "https://api.statbank.dk?x=1", "http://localhost.example"],
)  # fmt: skip
def test_an_unsafe_address_is_not_used(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATBANK_URL", address)
    with pytest.raises(FetchError, match="STATBANK_URL skal være en adresse"):
        service.address("statbank")


@pytest.mark.parametrize(
    "address",
    ["https://api.statbank.dk/", "http://127.0.0.1:8099", "http://[::1]:1", "http://localhost:1"],
)
def test_a_safe_address_is_used(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATBANK_URL", address)
    assert service.address("statbank") == address.rstrip("/")


def test_the_real_services_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STATBANK_URL", "JOBINDSATS_URL"):
        monkeypatch.delenv(name, raising=False)
    assert service.address("statbank") == "https://api.statbank.dk"
    assert service.address("jobindsats") == "https://api.jobindsats.dk"
