"""Files that belong to the dashboard itself, once."""

from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
FONTS = ASSETS / "fonts"
