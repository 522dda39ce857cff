"""Bestilt og leveret: nothing is guessed, and the counts are those of the log."""

from datetime import date

from dashboard import agreements, decision_log, read
from dashboard.decision_log import STATUSES


def test_the_sentence_counts_the_log() -> None:
    release = read.current()
    counts = decision_log.count(release)
    assert sum(counts.values()) == len(release.decisions)
    sentence = decision_log.headline(release)
    for number in (len(release.decisions), *counts.values()):
        assert decision_log.in_words(number) in sentence


def test_small_counts_are_words() -> None:
    assert [decision_log.in_words(n) for n in (0, 1, 2, 12, 13, 1200)] == [
        "ingen",
        "én",
        "to",
        "tolv",
        "13",
        "1.200",
    ]


def test_each_status_filters_and_all_shows_all_newest_first() -> None:
    release = read.current()
    everything = decision_log.selected(release, {"status": ("alle",)})
    assert everything == list(reversed(release.decisions))
    for status, (slug, _, _) in STATUSES.items():
        assert all(d.status == status for d in decision_log.selected(release, {"status": (slug,)}))


def test_days_stand_only_where_both_days_are_known() -> None:
    for decision in read.current().decisions:
        both = len(decision.ordered) == len(decision.answered) == 10
        assert (decision.days is not None) == both, decision.id
        if both:
            between = date.fromisoformat(decision.answered) - date.fromisoformat(decision.ordered)
            assert decision.days == between.days


def test_what_is_not_found_has_no_answer_and_no_days() -> None:
    release = read.current()
    for decision in release.decisions:
        if decision.status == "ikke fundet i materialet":
            row = decision_log._row(release, decision)
            assert ("–" in row[3], "–" in row[4], "ikke fundet" in row[5]) == (True, True, True)


def test_every_decision_has_its_anchor() -> None:
    release = read.current()
    html = decision_log.table(release, release.decisions)
    assert all(f'id="b-{d.id}"' in html for d in release.decisions)


def test_every_recommendation_is_followed_in_the_log() -> None:
    release = read.current()
    for point in agreements.points(release, "anbefaling"):
        assert "/beslutninger#b-" in agreements._followed(release, point), point.id


def test_votes_are_as_many_squares_as_votes() -> None:
    release = read.current()
    html = agreements.minutes(release)
    votes = agreements.points(release, "afstemning")
    assert html.count('class="stemme fyldt"') == sum(v.votes_for or 0 for v in votes)
    assert html.count('class="stemme tom"') == sum(
        (v.votes_against or 0) + (v.abstained or 0) for v in votes
    )
    for vote in votes:
        counted = {f.group: f.value for f in map(release.figure, vote.figures)}
        assert (vote.votes_for, vote.votes_against, vote.abstained) == (
            counted["for"],
            counted["imod"],
            counted["undlod"],
        )


def test_every_statement_names_its_parties() -> None:
    release = read.current()
    html = agreements.minutes(release)
    for statement in agreements.points(release, "protokolbemærkning"):
        assert statement.parties
        assert statement.title in html
