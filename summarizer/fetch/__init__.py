"""Pages and feeds from the web: politely, within bounds, never from a private address, never against a site's will."""

from summarizer.fetch.client import Fetched, Fetcher

__all__ = ["Fetched", "Fetcher"]
