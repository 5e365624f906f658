"""The scheduled job: articles in, summaries on disk, unchanged ones left alone, and people have the last word."""

from summarizer.job.listing import Decided, Published, decided_articles, published_articles
from summarizer.job.results import Tally
from summarizer.job.runner import Job, due_articles, run_job
from summarizer.job.standing import next_due, status_of_job

__all__ = [
    "Decided",
    "Job",
    "Published",
    "Tally",
    "decided_articles",
    "due_articles",
    "next_due",
    "published_articles",
    "run_job",
    "status_of_job",
]
