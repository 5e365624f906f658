"""The scheduled job: a folder of articles in, summaries on disk, unchanged files left alone."""

from summarizer.job.runner import Job, Tally, due_articles, run_job

__all__ = ["Job", "Tally", "due_articles", "run_job"]
