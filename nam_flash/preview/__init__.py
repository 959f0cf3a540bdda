"""The site of facts that are being written: rebuilt at each save, shown on this machine alone."""
