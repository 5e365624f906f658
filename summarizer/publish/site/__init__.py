"""A static site of published summaries: no script, no request to anywhere else."""

from summarizer.publish.site.builder import Built, build_site
from summarizer.publish.site.stories import Change, Gone, Site, Story
from summarizer.publish.site.strings import site_languages, strings

__all__ = ["Built", "Change", "Gone", "Site", "Story", "build_site", "site_languages", "strings"]
