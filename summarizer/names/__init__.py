"""Names of running text: how they look, how they sound in another script, and what stands where they stood."""
