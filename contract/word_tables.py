"""The public tables of words: events, decisions, points, story, questions, run sheets and glossary.

Columns, types, keys and named rules, as in `contract.tables`, which lists them all.
"""

import dataframely as dy


class Events(dy.Schema):
    """What happened and when, as precisely as the source says."""

    id = dy.String(primary_key=True)
    date = dy.String()
    date_start = dy.Date()
    date_end = dy.Date()
    precision = dy.String()
    title = dy.String(min_length=1)
    text = dy.String()
    body = dy.String()
    theme = dy.String()
    kind = dy.String()
    source = dy.String()
    locator = dy.String(min_length=1)
    indicators = dy.List(dy.String())
    figures = dy.List(dy.String())


class Decisions(dy.Schema):
    """Ordered → delivered. `days` is null unless both dates are known to the day."""

    id = dy.String(primary_key=True)
    ordered_by = dy.String(min_length=1)
    ordered = dy.String()
    precision = dy.String()
    title = dy.String(min_length=1)
    text = dy.String()
    source = dy.String()
    locator = dy.String(min_length=1)
    status = dy.String()
    answer = dy.String()
    answered = dy.String()
    answer_source = dy.String()
    days = dy.Int64(nullable=True)
    theme = dy.String()
    figures = dy.List(dy.String())
    event = dy.String()


class Points(dy.Schema):
    """Principles, groups, recommendations, votes and statements."""

    id = dy.String(primary_key=True)
    kind = dy.String()
    number = dy.Int64(nullable=True)
    field = dy.String()
    title = dy.String(min_length=1)
    text = dy.String()
    parties = dy.List(dy.String())
    votes_for = dy.Int64(nullable=True)
    votes_against = dy.Int64(nullable=True)
    abstained = dy.Int64(nullable=True)
    date = dy.String()
    source = dy.String()
    locator = dy.String(min_length=1)
    figures = dy.List(dy.String())


class Story(dy.Schema):
    """Sentences and headings built from figures, pinned with the numbers."""

    id = dy.String(primary_key=True)
    text = dy.String(min_length=1)
    figures = dy.List(dy.String())


class Questions(dy.Schema):
    """Questions people ask, each with its answer as templates. `figures`: all that its texts name."""

    id = dy.String(primary_key=True)
    rank = dy.Int64(min=0)
    question = dy.String(min_length=1)
    answer = dy.String(min_length=1)
    figure = dy.String()
    picture = dy.List(
        dy.Struct({"figure": dy.String(), "label": dy.String(), "colour": dy.String()})
    )
    how = dy.String(min_length=1)
    unknown = dy.String(min_length=1)
    page = dy.String()
    topic = dy.String()
    words = dy.List(dy.String())
    figures = dy.List(dy.String())


class Runsheets(dy.Schema):
    """Run sheets for meetings: views in order, with titles and talking points as templates."""

    id = dy.String(primary_key=True)
    rank = dy.Int64(min=0)
    title = dy.String(min_length=1)
    date = dy.String(min_length=10)
    items = dy.List(
        dy.Struct({
            "key": dy.String(), "page": dy.String(), "figure": dy.String(),
            "params": dy.List(dy.Struct({"key": dy.String(), "value": dy.String()})),
            "figures": dy.List(dy.String()), "title": dy.String(), "note": dy.String(), "talk": dy.String(),
        })
    )  # fmt: skip
    figures = dy.List(dy.String())


class Glossary(dy.Schema):
    """Words of the field."""

    id = dy.String(primary_key=True)
    term = dy.String(min_length=1)
    text = dy.String(min_length=1)
    source = dy.String()
    locator = dy.String()
    also = dy.List(dy.String())
