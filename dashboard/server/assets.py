"""Our own files at /aktiver/<stem>.<hash>.<ext> and Streamlit's at /static/*, compressed once.

`python -m dashboard.server.assets` writes compressed copies of Streamlit's files to a cache folder;
without them they are compressed when first asked for. Names are looked up in a list of the files
that exist, so no request is ever turned into a path.
"""

import mimetypes
import os
import re
import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from anyio import to_thread
from starlette.types import ASGIApp, Receive, Scope, Send

from contract.paths import REPO
from dashboard.server import reply
from dashboard.server.reply import Answer, Encoding

FOLDER = Path(__file__).resolve().parent.parent / "assets"
PREFIX = "/aktiver/"
STATIC_PREFIX = "/static/"
PACKED = {".js", ".css", ".svg", ".json", ".html"}
"""What is worth compressing; fonts and pictures are compressed already."""
LARGE = 900_000
"""Files above this many bytes (charts we do not use) get a quicker, slightly weaker compression."""

_CSS_URL = re.compile(r"""url\(\s*["']?(fonts/[\w.-]+)["']?\s*\)""")
_CSS_COMMENT = re.compile(r"/\*.*?\*/\s*", re.S)
"""Every page carries the style sheet; what it says to developers stays here."""
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
          ".woff2": "font/woff2", ".svg": "image/svg+xml"}  # fmt: skip


def _content_type(name: str) -> str:
    known = _TYPES.get(Path(name).suffix)
    return known or mimetypes.guess_type(name)[0] or "application/octet-stream"


# --- our own ---------------------------------------------------------------------------------------


@cache
def _own() -> Mapping[str, Path]:
    return {
        file.relative_to(FOLDER).as_posix(): file
        for file in sorted(FOLDER.rglob("*"))
        if file.suffix in {".css", ".js", ".svg", ".woff2", ".png"}
    }


@lru_cache(maxsize=64)
def _content(name: str, _mtime_ns: int) -> bytes:
    raw = _own()[name].read_bytes()
    if not name.endswith(".css"):
        return raw
    rules = _CSS_COMMENT.sub("", raw.decode())
    return _CSS_URL.sub(lambda m: f"url({asset_url(m[1])})", rules).encode()


def content(name: str) -> bytes:
    """The bytes of an asset, read again when the file changes. CSS has its font URLs put in and its comments taken out.

    Raises KeyError if there is no such asset.
    """
    return _content(name, _own()[name].stat().st_mtime_ns)


def asset_url(name: str) -> str:
    """Address of an asset by its name below dashboard/assets, e.g. `fonts/x.woff2`. Raises KeyError."""
    stem, _, extension = name.rpartition("/")[2].rpartition(".")
    return f"{PREFIX}{stem}.{reply.digest(content(name))}.{extension}"


@lru_cache(maxsize=64)
def _own_answer(name: str, body: bytes, encoding: Encoding, immutable: bool) -> Answer:
    encoding = encoding if Path(name).suffix in PACKED else ""
    packed = reply.compress(body, encoding, quality=11)
    # A wrong hash comes from a page of another version of us (a replica, an open tab): serve ours, unkept.
    keep = reply.IMMUTABLE if immutable else "no-store"
    return Answer(packed, _content_type(name), keep, 200, encoding, reply.digest(body))


def _own_named(path: str, encoding: Encoding) -> Answer | None:
    stem, _, rest = path.removeprefix(PREFIX).partition(".")
    fingerprint, _, extension = rest.rpartition(".")
    wanted = f"{stem}.{extension}"
    name = next((one for one in _own() if one.rpartition("/")[2] == wanted), None)
    if name is None or "." in fingerprint or not fingerprint:
        return None
    body = content(name)
    return _own_answer(name, body, encoding, fingerprint == reply.digest(body))


# --- Streamlit's -----------------------------------------------------------------------------------


@cache
def streamlit_folder() -> Path:
    """Streamlit's folder of browser files, found without importing Streamlit."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise RuntimeError("Streamlit er ikke installeret")
    return Path(spec.origin).parent / "static"


@cache
def _streamlit_files() -> Mapping[str, Path]:
    folder = streamlit_folder()
    return {
        "/" + file.relative_to(folder).as_posix(): file
        for file in sorted((folder / "static").rglob("*"))
        if file.is_file()
    }


def cache_folder() -> Path:
    """Where the compressed copies lie: `.cache/` or what INDBLIK_CACHE names, per Streamlit version."""
    root = Path(os.environ.get("INDBLIK_CACHE") or REPO / ".cache")
    return root / "static" / version("streamlit")


@lru_cache(maxsize=512)
def _streamlit_answer(path: str, encoding: Encoding) -> Answer:
    file = _streamlit_files()[path]
    encoding = encoding if file.suffix in PACKED else ""
    ready = cache_folder() / f"{path.removeprefix(STATIC_PREFIX)}.{encoding}"
    compressed = encoding and ready.is_file()
    body = ready.read_bytes() if compressed else reply.compress(file.read_bytes(), encoding)
    # Streamlit's names carry a hash of the content, so the name is tag enough.
    return Answer(
        body, _content_type(path), reply.IMMUTABLE, 200, encoding, reply.digest(path.encode())
    )


def precompress() -> int:
    """Write the missing compressed copies; the number written. Raises OSError if not writable."""
    folder = cache_folder()
    jobs: list[tuple[Path, Path, Encoding]] = []
    for path, file in _streamlit_files().items():
        for encoding in ("br", "gzip") if file.suffix in PACKED else ():
            target = folder / f"{path.removeprefix(STATIC_PREFIX)}.{encoding}"
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                jobs.append((file, target, encoding))
    jobs.sort(key=lambda job: -job[0].stat().st_size)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        list(pool.map(_write_compressed, *zip(*jobs, strict=True)) if jobs else ())
    return len(jobs)


def _write_compressed(file: Path, target: Path, encoding: Encoding) -> None:
    raw = file.read_bytes()
    packed = reply.compress(raw, encoding, quality=9 if len(raw) > LARGE else 11)
    descriptor, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(descriptor, "wb") as out:
        out.write(packed)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(target)


# --- serving ---------------------------------------------------------------------------------------


def _find(path: str, encoding: Encoding) -> Answer | None:
    if path.startswith(PREFIX):
        return _own_named(path, encoding)
    return _streamlit_answer(path, encoding) if path in _streamlit_files() else None


class Assets:
    """Middleware that answers everything below /aktiver/ and /static/; unknown names are 404."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on."""
        if scope["type"] != "http" or not scope["path"].startswith((PREFIX, STATIC_PREFIX)):
            await self.app(scope, receive, send)
            return
        if scope["method"] not in {"GET", "HEAD"}:
            answer = Answer(b"", "text/plain; charset=utf-8", "no-store", 405)
        else:
            found = await to_thread.run_sync(_find, scope["path"], reply.wanted(scope))
            missing = Answer(b"Findes ikke", "text/plain; charset=utf-8", "no-store", 404)
            answer = found or missing
        await reply.send(answer, scope, send)


def main() -> int:
    """Compress Streamlit's files ahead of the first visitor. A folder that cannot be written is no error."""
    try:
        written = precompress()
    except OSError as error:
        print(f"Kan ikke gemme komprimerede filer ({error.strerror}); de komprimeres undervejs.")
    else:
        print(f"{written} filer komprimeret" if written else "Filerne er komprimeret i forvejen")
    return 0


if __name__ == "__main__":
    sys.exit(main())
