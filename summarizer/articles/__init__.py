"""Bytes to cleaned, language-tagged articles: plain text, Markdown, HTML, JSON and JSON Lines."""

from summarizer.articles.decode import MAX_BYTES
from summarizer.articles.notices import is_sponsored
from summarizer.articles.parsed import ArticleMeta
from summarizer.articles.readers import SUFFIXES, article_from_text, read_articles, read_bytes, read_stream

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "ArticleMeta",
    "article_from_text",
    "is_sponsored",
    "read_articles",
    "read_bytes",
    "read_stream",
]
