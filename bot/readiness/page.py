"""The readiness report as one page of HTML: self-contained, without scripts, in its reader's language."""

from jinja2 import Environment, StrictUndefined

from conversations.findings import SECTIONS
from conversations.messages import short
from conversations.model import Language
from conversations.setting_up import Report
from locales.phrases import say

_TEMPLATE = """<!doctype html>
<html lang="{{ language }}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ figures[0] }}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733 }
h1, h2 { line-height: 1.2 }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #c5ccd3 }
th { background: #eef2f6 }
td:nth-child(2) { white-space: nowrap }
</style>
<h1>{{ figures[0] }}</h1>
{% for line in figures[1:] %}
<p>{{ line }}</p>
{% endfor %}
{% for section in sections %}
<h2>{{ section.title }} ({{ section.rows | length }})</h2>
<table>
<tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr>
{% for row in section.rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}
</table>
{% endfor %}
</html>
"""
_HEADS = (
    short("head of a column", "Sheet"),
    short("head of a column", "Row"),
    short("head of a column", "Column"),
    short("head of a column", "Name"),
    short("head of a column", "What is so"),
    short("head of a column", "What to do"),
)


def page(report: Report, language: Language) -> str:
    """The page; the first of the figures is its title. All that an author wrote is escaped."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    sections = []
    for title, kinds in SECTIONS:
        rows = [
            (
                each.sheet,
                "" if each.row is None else str(each.row),
                each.column,
                each.name,
                say(each.problem, language),
                say(each.remedy, language),
            )
            for each in report.findings
            if each.kind in kinds
        ]
        if rows:
            sections.append({"title": say(title, language), "rows": rows})
    return environment.from_string(_TEMPLATE).render(
        language=str(language),
        figures=[say(each, language) for each in report.figures],
        heads=[say(each, language) for each in _HEADS],
        sections=sections,
    )
