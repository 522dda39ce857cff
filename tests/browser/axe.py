"""axe-core in the page: the accessibility rules that a machine can judge."""

from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
_RUN = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.map((rule) => ({
    rule: rule.id, help: rule.help,
    where: rule.nodes.slice(0, 5).map((node) => [
      node.target.join(" "), node.html.slice(0, 160),
      node.failureSummary.split("\\n").slice(1).join("; ").slice(0, 300),
    ].join("\\n      ")),
    count: rule.nodes.length,
  }));
}"""


@cache
def _source() -> str:
    return Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")


def violations(page: Page, *, rules: list[str] | None = None) -> list[str]:
    """What WCAG 2.1 A and AA forbid on the page as it stands, one text a rule; `rules` runs only those."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_source())
    only: dict[str, Any] = (
        {"type": "rule", "values": rules} if rules else {"type": "tag", "values": LEVELS}
    )
    return [
        f"{one['rule']} ({one['count']}): {one['help']}\n    " + "\n    ".join(one["where"])
        for one in page.evaluate(_RUN, only)
    ]
