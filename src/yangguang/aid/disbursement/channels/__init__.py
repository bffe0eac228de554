"""Ways by which money leaves: one deletable folder a channel."""
