"""The library of policies: versions, their content in words, and a working calendar more."""
