"""`python -m sim.cli`, for where the command is not installed."""

import sys

from sim.cli import main

sys.exit(main())
