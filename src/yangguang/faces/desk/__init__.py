"""Staff screens, one folder a stage."""
