"""Who did which verb, when, why and on what legal ground."""
