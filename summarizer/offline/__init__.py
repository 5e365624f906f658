"""The embedded engine: it writes with the sentences of the article and translates between close languages."""
