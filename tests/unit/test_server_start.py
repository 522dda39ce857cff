"""What happens at the start and when something fails: settings, faults, health, memory, headers."""

import gc
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session
from uvicorn import Config

from dashboard.server import assets, faults, headers, health, memory, settings, theme_message


def _options(**changed: Any) -> Any:
    values = settings.REQUIRED | {name.replace("__", "."): value for name, value in changed.items()}

    def get(name: str) -> Any:
        if values[name] is KeyError:
            raise RuntimeError(f'Config key "{name}" not defined.')
        return values[name]

    return get


def test_the_theme_is_told_as_streamlit_tells_it() -> None:
    told = theme_message.once(app_session._populate_theme_msg)
    for _ in range(2):
        own, theirs = NewSession(), NewSession()
        for message, populate in ((own, told), (theirs, app_session._populate_theme_msg)):
            populate(message.custom_theme)
            populate(message.custom_theme.light, "theme.light")
            populate(message.custom_theme.dark, "theme.dark")
            populate(message.custom_theme.dark.sidebar, "theme.dark.sidebar")
        assert own == theirs
        assert own.custom_theme.dark.primary_color.startswith("#")


def test_the_agreed_configuration_has_no_faults() -> None:
    assert settings.faults(_options(), "1.67.0") == []
    settings.require(_options(), "1.67.0")


def test_an_option_that_streamlit_does_not_know_is_named() -> None:
    found = settings.faults(_options(runner__postScriptGC=KeyError), "1.99.0")
    assert found == ["Streamlit 1.99.0 kender ikke runner.postScriptGC; den skal være false."]


@pytest.mark.parametrize("value", [True, None, 0, "false"])
def test_another_value_is_named_whatever_it_is(value: object) -> None:
    found = settings.faults(_options(client__showErrorLinks=value), "1.67.0")
    assert len(found) == 1
    assert found[0].startswith("client.showErrorLinks er ")
    assert found[0].endswith("men skal være false.")


def test_all_faults_are_told_at_once_and_stop_the_start() -> None:
    wrong = _options(runner__postScriptGC=KeyError, client__toolbarMode="auto")
    with pytest.raises(SystemExit) as stopped:
        settings.require(wrong, "1.67.0")
    assert "runner.postScriptGC" in str(stopped.value)
    assert "client.toolbarMode er «auto», men skal være «minimal»." in str(stopped.value)


def test_a_failed_page_is_logged_in_full_and_shown_by_number_only(
    caplog: pytest.LogCaptureFixture,
) -> None:
    try:
        raise ValueError("hemmelig /srv/sti")
    except ValueError as error:
        with caplog.at_level(logging.ERROR):
            number = faults.record(error)
    shown = faults.notice(number)
    assert re.fullmatch(r"[0-9A-F]{6}", number)
    assert number in caplog.text
    assert "hemmelig /srv/sti" in caplog.text
    assert number in shown
    assert "hemmelig" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "[Errno 13] Permission denied: '/srv/data/x.parquet'",
        "kan ikke læses (C:\\data\\x)",
        "findes ikke: /a",
    ],
)
def test_a_reason_names_no_path_of_the_machine(text: str) -> None:
    assert not re.search(r"[/\\]\w", health.without_paths(text))


def test_uvicorn_is_told_to_keep_its_name() -> None:
    config = Config("app:app", server_header=True)
    config.encoded_headers = [(b"server", b"uvicorn"), (b"x", b"y")]
    assert headers.hide_server_name([object(), config])
    assert config.encoded_headers == [(b"x", b"y")]
    assert not headers.hide_server_name([object()])


def test_what_is_loaded_at_the_start_is_set_aside() -> None:
    before = gc.get_freeze_count()
    try:
        memory.settle()
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_compressed_copies_are_written_once_and_only_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"/static/js/a.js": tmp_path / "a.js", "/static/media/b.woff2": tmp_path / "b.woff2"}
    for file in files.values():
        file.write_bytes(b"indhold " * 1000)
    monkeypatch.setenv("INDBLIK_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(assets, "_streamlit_files", lambda: files)
    assert assets.precompress() == 2
    assert assets.precompress() == 0
    assert sorted(file.name for file in assets.cache_folder().rglob("*") if file.is_file()) == [
        "a.js.br",
        "a.js.gzip",
    ]


def test_a_cache_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fil").write_text("")
    monkeypatch.setenv("INDBLIK_CACHE", str(tmp_path / "fil"))
    assert assets.main() == 0
    assert "komprimeres undervejs" in capsys.readouterr().out
