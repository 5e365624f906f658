"""Pages and feeds from the web: politely, within bounds, never from a private address, never against a site's will."""

from summarizer.fetch.client import Fetched, Fetcher
from summarizer.fetch.pages import page_article

__all__ = ["Fetched", "Fetcher", "page_article"]
