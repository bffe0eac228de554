"""Ground floor: what every room above stands on."""
