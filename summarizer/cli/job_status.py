"""`summarizer job status`: what is published, held, in review or waiting."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from summarizer.cli.job import job_of, use_job_file
from summarizer.cli.printable import printable
from summarizer.cli.table import table
from summarizer.job import status_of_job
from summarizer.job.results import ArticleStatus
from summarizer.settings import Settings


def run(options: argparse.Namespace) -> int:
    """Print counts, then a line for each article that wants a person or another attempt."""
    use_job_file(options)
    settings = Settings.load(options.config)
    job = job_of(options, settings)
    articles = list(status_of_job(job.output))
    languages = sum(len(article.live) for article in articles)
    print(f"{len(articles)} articles · {languages} texts published · desk: {job.desk_folder}")
    rows = [row for article in articles for row in _rows(article)]
    if rows:
        print(printable(table(rows)))
    return 0


def _rows(article: ArticleStatus) -> Iterator[tuple[str, str, str]]:
    if article.review:
        yield "review", article.key, ", ".join(article.review)
    if article.stale:
        yield "stale edit", article.key, "the text has changed since it was edited or reviewed"
    if article.withdrawn:
        yield "withdrawn", article.key, ", ".join(article.withdrawn)
    if article.state == "gone":
        yield "gone", article.key, f"{article.reason}; withdraw it, or leave it"
    elif article.state == "again":
        yield "again", article.key, f"{article.attempts} attempts" + (f", next {article.due}" if article.due else "")
    elif not article.live and not article.withdrawn:
        yield "not published", article.key, article.reason
