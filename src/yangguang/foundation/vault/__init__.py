"""What the installation must never lose: keys turned online, back-ups made and restored."""
