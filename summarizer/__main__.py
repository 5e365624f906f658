"""`python -m summarizer` is the command `summarizer`."""

import sys

from summarizer.cli import main

sys.exit(main())
