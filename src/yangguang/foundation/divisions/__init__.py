"""Areas in time; service bodies, departments and the leading group."""
