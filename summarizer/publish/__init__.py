"""Writers: a summary as JSON, Markdown or ninjs, and as files that are whole or not there."""

from summarizer.publish.files import Claims, file_names, slug, sweep, write_atomically, write_if_changed, write_summary
from summarizer.publish.json_output import failure_json, summary_json, summary_schema
from summarizer.publish.markdown import findings_of, lines_of, markdown, published_languages
from summarizer.publish.ninjs import History, cancelled_json, document_uri, languages_of, ninjs, ninjs_json

__all__ = [
    "Claims",
    "History",
    "cancelled_json",
    "document_uri",
    "failure_json",
    "file_names",
    "findings_of",
    "languages_of",
    "lines_of",
    "markdown",
    "ninjs",
    "ninjs_json",
    "published_languages",
    "slug",
    "summary_json",
    "summary_schema",
    "sweep",
    "write_atomically",
    "write_if_changed",
    "write_summary",
]
