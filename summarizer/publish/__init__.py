"""Writers: a summary as JSON or Markdown, and as files that are whole or not there."""

from summarizer.publish.files import Claims, file_names, slug, sweep, write_atomically, write_summary
from summarizer.publish.json_output import failure_json, summary_json, summary_schema
from summarizer.publish.markdown import markdown, published_languages

__all__ = [
    "Claims",
    "failure_json",
    "file_names",
    "markdown",
    "published_languages",
    "slug",
    "summary_json",
    "summary_schema",
    "sweep",
    "write_atomically",
    "write_summary",
]
