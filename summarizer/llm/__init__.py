"""The engine that asks a language model at an OpenAI-compatible endpoint."""
