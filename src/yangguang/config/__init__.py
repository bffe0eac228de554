"""Settings, addresses, server and tasks: the only place that knows every room."""
