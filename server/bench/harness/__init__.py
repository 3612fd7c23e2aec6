"""The comparative benchmark of Sluice: see ../README.md for what is measured and why."""
