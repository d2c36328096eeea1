"""What people and bot say to each other: places, words, transitions. Pure; no clock, no database, no network."""
